namespace Harrier.Exchanges.Requests;

/// <summary>One venue's limits, shared by all who call it from this process.</summary>
public sealed class RequestBudget(RequestBudgetOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, BudgetRule> _rules = options.Rules.ToDictionary(r => r.Name);
    private readonly Queue<(DateTimeOffset At, RequestCost Cost)> _log = new();
    private long _total;
    private long _blocked;

    /// <summary>The figures of this moment.</summary>
    public RequestBudgetStatistics Statistics
    {
        get
        {
            lock (_gate)
            {
                return new RequestBudgetStatistics
                {
                    TotalRequests = _total,
                    BlockedRequests = _blocked,
                    QueuedRequests = 0,
                    QueueSize = 0,
                    CircuitState = CircuitState.Closed,
                    CircuitTrips = 0,
                    AdaptiveDelay = TimeSpan.Zero,
                    Windows = _rules.Keys.ToDictionary(n => n, Used),
                };
            }
        }
    }

    /// <summary>Adds a rule or replaces the one of the same name.</summary>
    public void Revise(BudgetRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        lock (_gate)
        {
            _rules[rule.Name] = rule;
        }
    }

    /// <summary>Waits for room in every rule that the costs name.</summary>
    public async ValueTask<BudgetLease> AcquireAsync(RequestPriority priority, ReadOnlyMemory<RequestCost> costs, CancellationToken cancellation)
    {
        DateTimeOffset deadline = time.GetUtcNow() + options.AcquireTimeout;
        while (true)
        {
            lock (_gate)
            {
                _total++;
                if (TrySpend(priority, costs))
                {
                    return new BudgetLease(new BudgetTicket(costs));
                }
            }

            if (time.GetUtcNow() >= deadline)
            {
                _blocked++;
                return new BudgetLease(BudgetRefusal.Timeout, null);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellation).ConfigureAwait(false);
        }
    }

    private bool TrySpend(RequestPriority priority, ReadOnlyMemory<RequestCost> costs)
    {
        double share = priority == RequestPriority.Critical ? 1 : 1 - options.Reserve;
        foreach (RequestCost cost in costs.Span)
        {
            if (Used(cost.Rule) + cost.Weight > _rules[cost.Rule].Limit * share)
            {
                return false;
            }
        }

        foreach (RequestCost cost in costs.Span)
        {
            _log.Enqueue((time.GetUtcNow(), cost));
        }

        return true;
    }

    private int Used(string rule)
    {
        DateTimeOffset from = time.GetUtcNow() - _rules[rule].Window;
        return _log.Where(e => e.Cost.Rule == rule && e.At >= from).Sum(e => e.Cost.Weight);
    }
}
