using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Requests;

/// <summary>
/// One venue's limits, shared by all who call it from this process and, with a <see cref="MachineLedger"/>, from this machine.
/// Requests that find no room wait in order of priority: one of a lower class never takes room that a higher one waits for, yet requests of
/// different rules do not hold each other up. A reserve of each limit is kept for cancels and closes. Thread-safe.
/// </summary>
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "Leases belong to those who asked for them.")]
public sealed partial class RequestBudget : IDisposable
{
    private static readonly TimeSpan LedgerPoll = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, UsageWindow> _windows = new(StringComparer.Ordinal);
    private readonly SortedSet<BudgetWaiter> _line = [];
    private readonly List<BudgetWaiter> _granted = [];
    private readonly Dictionary<string, int> _earmarked = new(StringComparer.Ordinal);
    private readonly HashSet<string> _short = new(StringComparer.Ordinal);
    private readonly BanBook _bans = new();
    private readonly AdaptiveThrottle _throttle = new();
    private readonly RequestBudgetOptions _options;
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly ITimer _alarm;
    private TimeSpan _nextSlot;
    private TimeSpan? _wake;
    private long _sequence;
    private long _total;
    private long _blocked;
    private long _queued;
    private bool _disposed;

    /// <summary>A budget with nothing spent.</summary>
    public RequestBudget(RequestBudgetOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _options = options;
        _time = time;
        _origin = time.GetTimestamp();
        Circuit = new ApiCircuitBreaker(options.Circuit, time);
        foreach (BudgetRule rule in options.Rules)
        {
            Revise(rule);
        }

        _alarm = time.CreateTimer(_ => OnAlarm(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The breaker that all requests pass.</summary>
    public ApiCircuitBreaker Circuit { get; }

    /// <summary>The figures of this moment.</summary>
    public RequestBudgetStatistics Statistics
    {
        get
        {
            lock (_gate)
            {
                TimeSpan now = Now();
                TimeSpan banned = BannedUntil([]) - now;
                return new RequestBudgetStatistics
                {
                    TotalRequests = _total,
                    BlockedRequests = _blocked,
                    QueuedRequests = _queued,
                    QueueSize = _line.Count,
                    CircuitState = Circuit.State,
                    CircuitTrips = Circuit.Trips,
                    AdaptiveDelay = _throttle.Delay,
                    Windows = _windows.ToImmutableSortedDictionary(w => w.Key, w => w.Value.Used(now), StringComparer.Ordinal),
                    Limits = _windows.ToImmutableSortedDictionary(w => w.Key, w => w.Value.Rule.Limit, StringComparer.Ordinal),
                    BannedFor = banned > TimeSpan.Zero ? banned : TimeSpan.Zero,
                };
            }
        }
    }

    /// <summary>Adds a rule or replaces the one of the same name; what was spent stays spent.</summary>
    /// <exception cref="ArgumentException">The limit or the window is not above zero.</exception>
    public void Revise(BudgetRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (rule.Limit < 1 || rule.Window <= TimeSpan.Zero)
        {
            throw new ArgumentException($"rule {rule.Name} needs a limit and a window above zero, got {rule.Limit} per {rule.Window}", nameof(rule));
        }

        lock (_gate)
        {
            if (_windows.TryGetValue(rule.Name, out UsageWindow? window))
            {
                window.Rule = rule;
                Pump();
            }
            else
            {
                _windows[rule.Name] = new UsageWindow(rule);
            }
        }
    }

    /// <summary>Waits for room in every rule that the costs name; a critical request may spend the reserve.</summary>
    public ValueTask<BudgetLease> AcquireAsync(RequestPriority priority, ReadOnlyMemory<RequestCost> costs, CancellationToken cancellation) =>
        AcquireAsync(new BudgetRequest(priority, costs), cancellation);

    /// <summary>Waits for room in every rule that the costs name.</summary>
    /// <returns>A lease that is granted, or refused with the reason.</returns>
    /// <exception cref="ArgumentException">A cost names no rule of this budget or is negative.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; nothing was spent.</exception>
    public ValueTask<BudgetLease> AcquireAsync(BudgetRequest request, CancellationToken cancellation)
    {
        Check(request.Costs.Span);
        cancellation.ThrowIfCancellationRequested();
        BudgetWaiter waiter;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _total++;
            if (RefusalOf(request) is BudgetLease refused)
            {
                _blocked++;
                return ValueTask.FromResult(refused);
            }

            waiter = new BudgetWaiter(request, _sequence++);
            _line.Add(waiter);
            Pump();
            if (waiter.Answer.Task.IsCompletedSuccessfully)
            {
                return new ValueTask<BudgetLease>(waiter.Answer.Task);
            }

            if (!MakeRoomInLine(waiter))
            {
                _blocked++;
                return ValueTask.FromResult(new BudgetLease(BudgetRefusal.QueueFull, null));
            }

            _queued++;
            waiter.Deadline = _time.CreateTimer(_ => GiveUp(waiter), null, _options.AcquireTimeout, Timeout.InfiniteTimeSpan);
        }

        return new ValueTask<BudgetLease>(cancellation.CanBeCanceled ? WaitAsync(waiter, cancellation) : waiter.Answer.Task);
    }

    /// <summary>Refuses all who wait and takes no more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            foreach (BudgetWaiter waiter in _line.ToArray())
            {
                Refuse(waiter, BudgetRefusal.Timeout);
            }

            _alarm.Dispose();
        }
    }

    internal void Complete(BudgetTicket ticket, in RequestFeedback feedback)
    {
        lock (_gate)
        {
            TimeSpan now = Now();
            TimeSpan latency = ticket.Spends.Length > 0 ? now - ticket.Spends[0].Sent : TimeSpan.Zero;
            Book(ticket, feedback, now);
            _throttle.Record(IsLoad(feedback.Kind), latency);
            bool limited = feedback.Kind is VenueErrorKind.RateLimited or VenueErrorKind.Banned;
            if (Circuit.Leave(ticket.Pass, limited, feedback.Status != 0))
            {
                _throttle.Tripped();
            }

            if (limited)
            {
                Stop(feedback, now);
            }

            Pump();
        }
    }

    internal void Return(BudgetTicket ticket)
    {
        lock (_gate)
        {
            for (int i = 0; i < ticket.Spends.Length; i++)
            {
                UsageWindow window = _windows[ticket.Costs.Span[i].Rule];
                window.Refund(ticket.Spends[i]);
                _options.Ledger?.Refund(ClaimOf(window, ticket.Spends[i].Weight), ticket.LedgerEpoch);
            }

            _ = Circuit.Leave(ticket.Pass, rateLimited: false, answered: false);
            Pump();
        }
    }

    private static bool IsLoad(VenueErrorKind kind) => kind is VenueErrorKind.RateLimited or VenueErrorKind.Banned
        or VenueErrorKind.Overloaded or VenueErrorKind.Timeout or VenueErrorKind.Network or VenueErrorKind.Maintenance;

    private TimeSpan Now() => _time.GetElapsedTime(_origin);

    private void Check(ReadOnlySpan<RequestCost> costs)
    {
        lock (_gate)
        {
            foreach (RequestCost cost in costs)
            {
                if (cost.Weight < 0 || cost.Rule is null || !_windows.ContainsKey(cost.Rule))
                {
                    throw new ArgumentException($"the cost '{cost.Rule}' {cost.Weight} needs a weight of 0 or more and a rule among: {string.Join(", ", _windows.Keys)}");
                }
            }
        }
    }

    private BudgetLease? RefusalOf(in BudgetRequest request)
    {
        foreach (RequestCost cost in request.Costs.Span)
        {
            if (cost.Weight > _windows[cost.Rule].Ceiling(request.MaySpendReserve, _options.Reserve))
            {
                return new BudgetLease(BudgetRefusal.CannotFit, null);
            }
        }

        TimeSpan ban = BannedUntil(request.Costs.Span) - Now();
        if (ban > _options.AcquireTimeout)
        {
            return new BudgetLease(BudgetRefusal.Banned, ban);
        }

        return Circuit.CanEnter ? null : new BudgetLease(BudgetRefusal.CircuitOpen, Circuit.Remaining);
    }

    private TimeSpan BannedUntil(ReadOnlySpan<RequestCost> costs)
    {
        TimeSpan until = _bans.Until(costs);
        if (_options.Ledger is MachineLedger ledger)
        {
            TimeSpan shared = ledger.BanLeft(null);
            foreach (RequestCost cost in costs)
            {
                TimeSpan left = ledger.BanLeft(ClaimOf(_windows[cost.Rule], 0));
                shared = left > shared ? left : shared;
            }

            until = shared > TimeSpan.Zero && Now() + shared > until ? Now() + shared : until;
        }

        return until;
    }

    // A newcomer of a higher class takes the place of the last one in line.
    private bool MakeRoomInLine(BudgetWaiter newcomer)
    {
        if (_line.Count <= _options.QueueLimit)
        {
            return true;
        }

        BudgetWaiter last = _line.Max!;
        Refuse(last, BudgetRefusal.QueueFull);
        return !ReferenceEquals(last, newcomer);
    }

    private void Refuse(BudgetWaiter waiter, BudgetRefusal reason)
    {
        _line.Remove(waiter);
        waiter.Deadline?.Dispose();
        TimeSpan ban = BannedUntil(waiter.Request.Costs.Span) - Now();
        if (waiter.Answer.TrySetResult(new BudgetLease(reason, ban > TimeSpan.Zero ? ban : null)) && waiter.Deadline is not null)
        {
            _blocked++;
        }
    }

    private void GiveUp(BudgetWaiter waiter)
    {
        lock (_gate)
        {
            Refuse(waiter, waiter.HeldBy);
            Pump();
        }
    }

    private async Task<BudgetLease> WaitAsync(BudgetWaiter waiter, CancellationToken cancellation)
    {
        await using (cancellation.UnsafeRegister(_ => Abandon(waiter, cancellation), null).ConfigureAwait(false))
        {
            return await waiter.Answer.Task.ConfigureAwait(false);
        }
    }

    private void Abandon(BudgetWaiter waiter, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_line.Remove(waiter))
            {
                waiter.Deadline?.Dispose();
                waiter.Answer.TrySetCanceled(cancellation);
                Pump();
            }
        }
    }

    private void OnAlarm()
    {
        lock (_gate)
        {
            Pump();
        }
    }
}
