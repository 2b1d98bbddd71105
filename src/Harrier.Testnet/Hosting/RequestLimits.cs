using System.Collections.Concurrent;
using Harrier.Domain;

namespace Harrier.Testnet.Hosting;

/// <summary>A limit on something counted in windows that are aligned to the clock.</summary>
/// <param name="Type">What is counted, in the venue's word, such as <c>REQUEST_WEIGHT</c>.</param>
/// <param name="Unit">The window's unit in the venue's word: <c>SECOND</c>, <c>MINUTE</c>, <c>DAY</c>.</param>
/// <param name="Count">Units in a window.</param>
/// <param name="Limit">Most that one window takes.</param>
public sealed record RateRule(string Type, string Unit, int Count, int Limit)
{
    /// <summary>Length of the window.</summary>
    public TimeSpan Window => Count * Unit switch
    {
        "SECOND" => TimeSpan.FromSeconds(1),
        "MINUTE" => TimeSpan.FromMinutes(1),
        "HOUR" => TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(1),
    };

    /// <summary>The window in the form of the venue's headers: <c>1M</c>, <c>10S</c>, <c>1D</c>.</summary>
    public string Suffix { get; } = $"{Count}{Unit[0]}";
}

/// <summary>Counts of one rule for each of many subjects: addresses or accounts.</summary>
/// <param name="rule">The rule.</param>
public sealed class RateWindow(RateRule rule)
{
    private readonly ConcurrentDictionary<string, Counter> _counters = new(StringComparer.Ordinal);

    /// <summary>The rule.</summary>
    public RateRule Rule { get; } = rule;

    /// <summary>What the subject used in the current window.</summary>
    public int Used(string subject, Timestamp now) => _counters.TryGetValue(subject, out Counter? counter) ? counter.Read(WindowOf(now)) : 0;

    /// <summary>Adds to the current window, also beyond the limit; negative amounts give back, never below 0.</summary>
    /// <returns>What is used now.</returns>
    public int Add(string subject, int amount, Timestamp now) => _counters.GetOrAdd(subject, static _ => new Counter()).Add(WindowOf(now), amount);

    /// <summary>Forgets what everybody used.</summary>
    public void Clear() => _counters.Clear();

    /// <summary>Time until the current window ends.</summary>
    public TimeSpan Remaining(Timestamp now)
    {
        long window = Rule.Window.Ticks * 100;
        return TimeSpan.FromTicks((window - (now.Nanos % window)) / 100);
    }

    private long WindowOf(Timestamp now) => now.Nanos / (Rule.Window.Ticks * 100);

    private sealed class Counter
    {
        private readonly Lock _gate = new();
        private long _window;
        private int _used;

        public int Read(long window)
        {
            lock (_gate)
            {
                return window == _window ? _used : 0;
            }
        }

        public int Add(long window, int amount)
        {
            lock (_gate)
            {
                if (window != _window)
                {
                    _window = window;
                    _used = 0;
                }

                _used = Math.Max(0, _used + amount);
                return _used;
            }
        }
    }
}

/// <summary>When an address is banned.</summary>
/// <param name="Patience">Refusals in one window before the ban.</param>
/// <param name="Shortest">Length of the first ban; each further one is twice as long.</param>
/// <param name="Longest">Longest ban.</param>
public sealed record BanRule(int Patience, TimeSpan Shortest, TimeSpan Longest);

/// <summary>What a limit said about a request.</summary>
/// <param name="Status">0 when the request may pass, else 429 or 418.</param>
/// <param name="Rule">The limit that was exceeded.</param>
/// <param name="Until">When requests pass again.</param>
public readonly record struct LimitVerdict(int Status, RateRule? Rule, Timestamp Until);

/// <summary>
/// The limits of one front end: weights and raw requests for each address, orders for each account; and the ban of addresses that do not stop when told to.
/// </summary>
/// <param name="weight">Weight for each address.</param>
/// <param name="raw">Requests for each address.</param>
/// <param name="orders">Orders for each account.</param>
public sealed class RequestLimits(RateRule weight, RateRule raw, IReadOnlyList<RateRule> orders)
{
    /// <summary>Requests after a 429 that are answered by another 429 before the address is banned.</summary>
    public const int Patience = 10;

    private readonly ConcurrentDictionary<string, Offender> _offenders = new(StringComparer.Ordinal);

    /// <summary>Who is banned, and for how long.</summary>
    public BanRule Bans { get; init; } = new(Patience, TimeSpan.FromMinutes(2), TimeSpan.FromDays(3));

    /// <summary>Weight for each address.</summary>
    public RateWindow Weight { get; } = new(weight);

    /// <summary>Requests for each address.</summary>
    public RateWindow Raw { get; } = new(raw);

    /// <summary>Orders for each account.</summary>
    public IReadOnlyList<RateWindow> Orders { get; } = [.. orders.Select(o => new RateWindow(o))];

    /// <summary>All rules in the order in which the venue lists them.</summary>
    public IEnumerable<RateRule> Rules => [Weight.Rule, .. Orders.Select(o => o.Rule), Raw.Rule];

    /// <summary>Charges a request. A request that goes beyond a limit is refused, and counted.</summary>
    /// <param name="address">Who asks.</param>
    /// <param name="weightOfRequest">What it costs.</param>
    /// <param name="now">The venue's time.</param>
    public LimitVerdict Charge(string address, int weightOfRequest, Timestamp now)
    {
        if (_offenders.TryGetValue(address, out Offender? known) && known.BannedUntil > now)
        {
            return new LimitVerdict(418, Weight.Rule, known.BannedUntil);
        }

        int used = Weight.Add(address, weightOfRequest, now);
        if (used > Weight.Rule.Limit)
        {
            return Refuse(address, Weight, now);
        }

        return Raw.Add(address, 1, now) > Raw.Rule.Limit ? Refuse(address, Raw, now) : default;
    }

    /// <summary>The order limit that one more order of the account would exceed, if any.</summary>
    public RateWindow? OrderLimitReached(string account, Timestamp now)
    {
        foreach (RateWindow window in Orders)
        {
            if (window.Used(account, now) >= window.Rule.Limit)
            {
                return window;
            }
        }

        return null;
    }

    /// <summary>Counts orders of an account; -1 when an order that was counted gets its first fill.</summary>
    public void CountOrders(string account, int orders, Timestamp now)
    {
        foreach (RateWindow window in Orders)
        {
            _ = window.Add(account, orders, now);
        }
    }

    /// <summary>Lifts all bans and forgets what was used, for tests and the admin port.</summary>
    public void Pardon()
    {
        _offenders.Clear();
        foreach (RateWindow window in (RateWindow[])[Weight, Raw, .. Orders])
        {
            window.Clear();
        }
    }

    private LimitVerdict Refuse(string address, RateWindow window, Timestamp now)
    {
        Offender offender = _offenders.GetOrAdd(address, static _ => new Offender());
        lock (offender)
        {
            Timestamp end = now + window.Remaining(now);
            offender.Refusals = offender.Window == end ? offender.Refusals + 1 : 1;
            offender.Window = end;
            if (offender.Refusals <= Bans.Patience)
            {
                return new LimitVerdict(429, window.Rule, end);
            }

            // Each further ban is longer, up to the longest that the venue names.
            offender.Bans++;
            double factor = Math.Pow(2, Math.Min(20, offender.Bans - 1));
            TimeSpan ban = TimeSpan.FromTicks(Math.Min(Bans.Longest.Ticks, (long)(Bans.Shortest.Ticks * factor)));
            offender.Refusals = 0;
            offender.BannedUntil = now + ban;
            return new LimitVerdict(418, window.Rule, offender.BannedUntil);
        }
    }

    private sealed class Offender
    {
        public Timestamp Window { get; set; }

        public int Refusals { get; set; }

        public int Bans { get; set; }

        public Timestamp BannedUntil { get; set; }
    }
}
