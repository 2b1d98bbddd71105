using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Trading;

/// <summary>
/// The calls of one account at one venue, in symbols and decimals. No call throws for reasons of the venue or the network; a write
/// whose answer is lost comes back with <see cref="Outcome.Unknown"/> and must be asked after, never sent again.
/// </summary>
public abstract class TradingClient
{
    /// <summary>Sends an order.</summary>
    public abstract Task<VenueResult<VenueOrder>> PlaceAsync(OrderRequest request, CancellationToken cancellation);

    /// <summary>Changes a working order.</summary>
    public abstract Task<VenueResult<VenueOrder>> AmendAsync(OrderAmendment amendment, CancellationToken cancellation);

    /// <summary>Cancels an order. "Not found" does not mean canceled: it may just have filled, so ask.</summary>
    public abstract Task<VenueResult<VenueOrder>> CancelAsync(OrderKey key, CancellationToken cancellation);

    /// <summary>Cancels all orders of a symbol, those that wait for a trigger too.</summary>
    public abstract Task<VenueResult<bool>> CancelAllAsync(string symbol, CancellationToken cancellation);

    /// <summary>Reads an order.</summary>
    public abstract Task<VenueResult<VenueOrder>> QueryAsync(OrderKey key, CancellationToken cancellation);

    /// <summary>Reads all working orders, those that wait for a trigger too.</summary>
    /// <param name="symbol">Of this symbol only; null for all, which costs more.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public abstract Task<VenueResult<IReadOnlyList<VenueOrder>>> OpenOrdersAsync(string? symbol, CancellationToken cancellation);

    /// <summary>Reads orders of the past, oldest first.</summary>
    public abstract Task<VenueResult<IReadOnlyList<VenueOrder>>> OrderHistoryAsync(HistoryQuery query, CancellationToken cancellation);

    /// <summary>Reads our executions, oldest first.</summary>
    public abstract Task<VenueResult<IReadOnlyList<OwnTrade>>> TradesAsync(HistoryQuery query, CancellationToken cancellation);

    /// <summary>Reads the account.</summary>
    public abstract Task<VenueResult<AccountSnapshot>> AccountAsync(CancellationToken cancellation);

    /// <summary>Reads positions that are not flat; empty where there are none by nature.</summary>
    public abstract Task<VenueResult<IReadOnlyList<VenuePosition>>> PositionsAsync(CancellationToken cancellation);

    /// <summary>Reads what trading a symbol costs this account.</summary>
    public abstract Task<VenueResult<FeeRates>> FeesAsync(string symbol, CancellationToken cancellation);

    /// <summary>Reads what the key may do.</summary>
    public abstract Task<VenueResult<KeyPermissions>> KeyPermissionsAsync(CancellationToken cancellation);
}
