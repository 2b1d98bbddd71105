using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Venues;

namespace Harrier.Exchanges.Trading;

/// <summary>One account at one venue as the venue's project gives it.</summary>
/// <param name="requests">What its calls share; disposed of with it.</param>
public abstract class AccountAccess(VenueRequests requests) : IDisposable
{
    /// <summary>The calls that only read.</summary>
    public abstract AccountClient Reader { get; }

    /// <summary>Where it is reached.</summary>
    public Uri Place => requests.Place;

    /// <summary>The request budget.</summary>
    public RequestBudget Budget => requests.Budget;

    /// <summary>The venue's clock.</summary>
    public ServerClock Clock => requests.Clock;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes what the account owns.</summary>
    /// <param name="disposing">False from a finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            requests.Dispose();
        }
    }
}
