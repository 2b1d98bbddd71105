using Harrier.Exchanges.Requests;

namespace Harrier.Exchanges.Venues;

/// <summary>What all calls to one place of a venue share: budget, clock, and what other processes of this machine use.</summary>
public sealed class VenueRequests : IDisposable
{
    private readonly MachineLedger? _ledger;

    /// <summary>Opens them; nothing is sent.</summary>
    /// <param name="place">Where the venue is reached.</param>
    /// <param name="rules">Its limits.</param>
    /// <param name="accountScope">Sets limits of one account apart from those of others; empty for public calls.</param>
    /// <param name="surroundings">The outside world.</param>
    public VenueRequests(Uri place, IReadOnlyList<BudgetRule> rules, string accountScope, VenueSurroundings surroundings)
    {
        ArgumentNullException.ThrowIfNull(surroundings);
        Place = place;
        _ledger = surroundings.LedgerOf(place);
        Budget = new RequestBudget(new RequestBudgetOptions { Rules = rules, Ledger = _ledger, AccountScope = accountScope, QueueLimit = surroundings.RequestQueue }, surroundings.Time);
        Clock = new ServerClock(surroundings.Time);
    }

    /// <summary>Where the venue is reached.</summary>
    public Uri Place { get; }

    /// <summary>The request budget.</summary>
    public RequestBudget Budget { get; }

    /// <summary>The venue's clock.</summary>
    public ServerClock Clock { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Budget.Dispose();
        Clock.Dispose();
        _ledger?.Dispose();
    }
}
