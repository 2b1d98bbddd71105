using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Trading;

/// <summary>What can be read of one account at one venue, in symbols and decimals. No call throws for reasons of the venue or the network.</summary>
public abstract class AccountClient
{
    /// <summary>Reads the account.</summary>
    public abstract Task<VenueResult<AccountSnapshot>> AccountAsync(CancellationToken cancellation);

    /// <summary>Reads positions that are not flat; empty where there are none by nature.</summary>
    public abstract Task<VenueResult<IReadOnlyList<VenuePosition>>> PositionsAsync(CancellationToken cancellation);

    /// <summary>Reads all working orders, those that wait for a trigger too.</summary>
    /// <param name="symbol">Of this symbol only; null for all, which costs more.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public abstract Task<VenueResult<IReadOnlyList<VenueOrder>>> OpenOrdersAsync(string? symbol, CancellationToken cancellation);

    /// <summary>Reads what trading a symbol costs this account.</summary>
    public abstract Task<VenueResult<FeeRates>> FeesAsync(string symbol, CancellationToken cancellation);

    /// <summary>Reads what the key may do.</summary>
    public abstract Task<VenueResult<KeyPermissions>> KeyPermissionsAsync(CancellationToken cancellation);
}
