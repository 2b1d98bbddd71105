using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Venues;

namespace Harrier.Exchanges.History;

/// <summary>What the past of all venues has in common: the clock, and what is used of the limits.</summary>
public abstract class VenueHistory : IMarketHistory
{
    // Trading of the same machine goes first, and a wait behind it is no failure.
    private const int Attempts = 5;

    private readonly VenueRequests _requests;
    private HistoryFault _noTime = new(HistoryFaultKind.Unreachable, "the venue did not tell its time");

    /// <summary>The past of a venue; nothing is sent.</summary>
    /// <param name="venue">Whose.</param>
    /// <param name="requests">What its calls share; disposed of with it.</param>
    protected VenueHistory(VenueId venue, VenueRequests requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        Venue = venue;
        _requests = requests;
        requests.Clock.UseProbe(ProbeAsync);
    }

    /// <inheritdoc/>
    public VenueId Venue { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<BarSpec> Intervals { get; }

    /// <inheritdoc/>
    public abstract int BarPageSize { get; }

    /// <inheritdoc/>
    public virtual IBulkHistory? Bulk => null;

    /// <inheritdoc/>
    public HistoryUsage Usage
    {
        get
        {
            RequestBudgetStatistics statistics = _requests.Budget.Statistics;
            BudgetRule rule = Rule;
            return new HistoryUsage(statistics.TotalRequests - statistics.BlockedRequests, statistics.Windows.GetValueOrDefault(rule.Name), rule.Limit, rule.Window)
            {
                ShutOutFor = statistics.BannedFor,
            };
        }
    }

    /// <summary>The limit that binds history.</summary>
    protected abstract BudgetRule Rule { get; }

    /// <summary>The venue's clock.</summary>
    protected ServerClock Clock => _requests.Clock;

    /// <inheritdoc/>
    public async Task<HistoryAnswer<Timestamp>> TimeAsync(CancellationToken cancellation)
    {
        await Clock.RefreshIfNeededAsync(cancellation).ConfigureAwait(false);
        return Clock.RoundTrip is null ? HistoryAnswer<Timestamp>.Failed(_noTime) : HistoryAnswer<Timestamp>.Of(Clock.Now());
    }

    /// <inheritdoc/>
    public abstract Task<HistoryAnswer<IReadOnlyDictionary<string, HistoryListing>>> ListingsAsync(IReadOnlyList<string> symbols, CancellationToken cancellation);

    /// <inheritdoc/>
    public abstract Task<HistoryAnswer<HistoryPage<HistoricalBar>>> BarsAsync(BarHistoryQuery query, CancellationToken cancellation);

    /// <inheritdoc/>
    public abstract Task<HistoryAnswer<HistoryPage<HistoricalTrade>>> TradesAsync(TradeHistoryQuery query, CancellationToken cancellation);

    /// <inheritdoc/>
    public abstract Task<HistoryAnswer<HistoryPage<HistoricalFunding>>> FundingAsync(FundingHistoryQuery query, CancellationToken cancellation);

    /// <inheritdoc/>
    public abstract Task<HistoryAnswer<HistoricalBook>> BookAsync(string symbol, CancellationToken cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A caller of a place's REST interface that is patient with reads.</summary>
    protected static RestClient RestOf(Uri place, IRestDialect dialect, VenueRequests requests, VenueSurroundings surroundings)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentNullException.ThrowIfNull(surroundings);
        RestClientOptions options = new() { BaseAddress = place, Jitter = surroundings.Jitter, ReadAttempts = Attempts };
        return new RestClient(options, surroundings.Http, requests.Budget, dialect, requests.Clock);
    }

    /// <summary>Ends what its calls share.</summary>
    protected virtual void Dispose(bool isDisposing)
    {
        if (isDisposing)
        {
            _requests.Dispose();
        }
    }

    /// <summary>Asks for the venue's time.</summary>
    protected abstract Task<VenueResult<Timestamp>> AskTimeAsync(CancellationToken cancellation);

    private async ValueTask<Timestamp?> ProbeAsync(CancellationToken cancellation)
    {
        VenueResult<Timestamp> time = await AskTimeAsync(cancellation).ConfigureAwait(false);
        _noTime = time.IsOk ? _noTime : HistoryFaults.Of(time.Error);
        return time.IsOk ? time.Value : null;
    }
}
