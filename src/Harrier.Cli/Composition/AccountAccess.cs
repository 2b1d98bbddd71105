using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Trading;

namespace Harrier.Cli.Composition;

/// <summary>What the calls of an account need and nobody else owns.</summary>
/// <param name="Http">The transport.</param>
/// <param name="Clock">The venue's clock.</param>
/// <param name="Ledger">What other processes of this machine use; null for an exchange of our own.</param>
/// <param name="Place">Where the venue is reached.</param>
internal sealed record AccountParts(HttpMessageInvoker Http, ServerClock Clock, MachineLedger? Ledger, Uri Place);

/// <summary>The calls of an account, with what has to be closed afterwards.</summary>
internal sealed class AccountAccess(TradingClient client, RequestBudget budget, AccountParts parts) : IDisposable
{
    /// <summary>The calls.</summary>
    public TradingClient Client { get; } = client;

    /// <summary>The venue's clock.</summary>
    public ServerClock Clock { get; } = parts.Clock;

    /// <summary>Where the venue is reached.</summary>
    public Uri Place { get; } = parts.Place;

    /// <inheritdoc/>
    public void Dispose()
    {
        budget.Dispose();
        parts.Ledger?.Dispose();
        parts.Http.Dispose();
        parts.Clock.Dispose();
    }
}
