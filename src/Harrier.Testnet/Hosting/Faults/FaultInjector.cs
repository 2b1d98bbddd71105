using System.Collections.Immutable;
using Harrier.Simulation.Randomness;

namespace Harrier.Testnet.Hosting.Faults;

/// <summary>Decides, from the plans in force and a seed, what goes wrong. Without plans it costs one read.</summary>
/// <param name="seed">Same seed, plans and occasions: same faults.</param>
public sealed class FaultInjector(long seed)
{
    private const int Purpose = 0x4641;

    private readonly Lock _gate = new();
    private readonly RandomStream _random = new(seed, Purpose);
    private ImmutableArray<Entry> _entries = [];

    /// <summary>Whether no plan is in force.</summary>
    public bool IsIdle => _entries.IsEmpty;

    /// <summary>Faults done so far.</summary>
    public long Injected { get; private set; }

    /// <summary>The plans in force with how often each struck.</summary>
    public IReadOnlyList<(FaultPlan Plan, int Struck)> Plans
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries.Select(e => (e.Plan, e.Struck))];
            }
        }
    }

    /// <summary>Puts a plan in force.</summary>
    public void Add(FaultPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        lock (_gate)
        {
            _entries = _entries.Add(new Entry(plan));
        }
    }

    /// <summary>Ends all plans; what is held or silent already stays so until its connection ends.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _entries = [];
        }
    }

    /// <summary>The fault for a request, if any.</summary>
    /// <param name="venue">Venue asked.</param>
    /// <param name="subject"><c>METHOD /path</c>, or the name of a request over a socket.</param>
    public FaultPlan? ForRequest(string venue, string subject) => IsIdle ? null : Draw(venue, subject, isFrame: false);

    /// <summary>The fault for a frame that is about to be pushed, if any.</summary>
    /// <param name="venue">Venue that pushes.</param>
    /// <param name="subject">Name of the stream, or of the event of an account.</param>
    public FaultPlan? ForFrame(string venue, string subject) => IsIdle ? null : Draw(venue, subject, isFrame: true);

    private FaultPlan? Draw(string venue, string subject, bool isFrame)
    {
        lock (_gate)
        {
            foreach (Entry entry in _entries)
            {
                if (!entry.Concerns(venue, subject, isFrame) || _random.NextDouble() >= entry.Plan.Probability)
                {
                    continue;
                }

                entry.Struck++;
                Injected++;
                if (entry.Plan.Count > 0 && entry.Struck >= entry.Plan.Count)
                {
                    _entries = _entries.Remove(entry);
                }

                return entry.Plan;
            }

            return null;
        }
    }

    // What a venue does for all of its markets, told by its name alone, concerns a plan for one of them too.
    private sealed class Entry(FaultPlan plan)
    {
        public FaultPlan Plan { get; } = plan;

        public int Struck { get; set; }

        public bool Concerns(string venue, string subject, bool isFrame) =>
            (isFrame ? FaultNames.IsForFrames(Plan.Kind) : FaultNames.IsForRequests(Plan.Kind))
            && (venue.StartsWith(Plan.Venue, StringComparison.OrdinalIgnoreCase) || Plan.Venue.StartsWith(venue + "-", StringComparison.OrdinalIgnoreCase))
            && (Plan.Match.Length == 0 || subject.Contains(Plan.Match, StringComparison.OrdinalIgnoreCase))
            && (Plan.Kind != FaultKind.Gap || subject.Contains("depth", StringComparison.OrdinalIgnoreCase) || subject.Contains("orderbook", StringComparison.OrdinalIgnoreCase));
    }
}
