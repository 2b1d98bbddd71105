using Harrier.Domain;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Trading;

/// <summary>
/// The calls of one account at one venue, in symbols and decimals. No call throws for reasons of the venue or the network; a write
/// whose answer is lost comes back with <see cref="Outcome.Unknown"/> and must be asked after, never sent again.
/// </summary>
public abstract class TradingClient : AccountClient
{
    /// <summary>Sends an order.</summary>
    public abstract Task<VenueResult<VenueOrder>> PlaceAsync(OrderRequest request, CancellationToken cancellation);

    /// <summary>Changes a working order.</summary>
    public abstract Task<VenueResult<VenueOrder>> AmendAsync(OrderAmendment amendment, CancellationToken cancellation);

    /// <summary>Cancels an order. "Not found" does not mean canceled: it may just have filled, so ask.</summary>
    public abstract Task<VenueResult<VenueOrder>> CancelAsync(OrderKey key, CancellationToken cancellation);

    /// <summary>How many orders one call of <see cref="CancelManyAsync"/> takes; 1 where the venue, or the adapter, has no such call.</summary>
    public virtual int CancelBatchLimit => 1;

    /// <summary>Cancels several orders of one symbol in one call, which costs the budget less.</summary>
    /// <param name="symbol">Their symbol.</param>
    /// <param name="keys">The orders, 2 to <see cref="CancelBatchLimit"/>; none that waits for a trigger at a venue that keeps those apart.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What became of each, in the order of <paramref name="keys"/>.</returns>
    public virtual Task<VenueResult<IReadOnlyList<VenueResult<VenueOrder>>>> CancelManyAsync(string symbol, IReadOnlyList<OrderKey> keys, CancellationToken cancellation) =>
        throw new NotSupportedException("the venue has no call that cancels several orders");

    /// <summary>Cancels all orders of a symbol, those that wait for a trigger too.</summary>
    public abstract Task<VenueResult<bool>> CancelAllAsync(string symbol, CancellationToken cancellation);

    /// <summary>Reads an order.</summary>
    public abstract Task<VenueResult<VenueOrder>> QueryAsync(OrderKey key, CancellationToken cancellation);

    /// <summary>Reads orders of the past, oldest first.</summary>
    public abstract Task<VenueResult<IReadOnlyList<VenueOrder>>> OrderHistoryAsync(HistoryQuery query, CancellationToken cancellation);

    /// <summary>Reads our executions, oldest first.</summary>
    public abstract Task<VenueResult<IReadOnlyList<OwnTrade>>> TradesAsync(HistoryQuery query, CancellationToken cancellation);

    /// <summary>Reads the best prices of a symbol and what can be had at them, some fifty levels deep.</summary>
    public abstract Task<VenueResult<BestLevels>> BookAsync(string symbol, CancellationToken cancellation);

    /// <summary>Reads the funding that the account paid and received, of all symbols, oldest first; none in a market without funding.</summary>
    /// <param name="from">From when on; at most a week ago.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public virtual Task<VenueResult<IReadOnlyList<FundingPayment>>> FundingPaidAsync(Timestamp from, CancellationToken cancellation) =>
        Task.FromResult(VenueResult<IReadOnlyList<FundingPayment>>.Ok([]));
}
