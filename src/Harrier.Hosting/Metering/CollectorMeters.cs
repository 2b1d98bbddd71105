using System.Diagnostics.Metrics;

namespace Harrier.Hosting.Metering;

/// <summary>The longest that the garbage collector has held everything up for its oldest generation, of which a long run has to show that it stays short.</summary>
internal sealed class CollectorMeters
{
    private long? _full;
    private long? _background;
    private TimeSpan _longest;

    public CollectorMeters(Meter meter) => meter.CreateObservableGauge(
        "harrier_gc_gen2_longest_pause_seconds", () => _longest.TotalSeconds, null, "Longest pause of a collection of the oldest generation since the run has traded.");

    /// <summary>Looks at the last collections; often, so that none is missed: they are rare.</summary>
    public void Look()
    {
        _full = Take(GC.GetGCMemoryInfo(GCKind.FullBlocking), _full);
        _background = Take(GC.GetGCMemoryInfo(GCKind.Background), _background);
    }

    // What was before the first look belongs to the start, when nothing is traded yet.
    private long Take(GCMemoryInfo last, long? seen)
    {
        if (seen is not null && last.Index != seen)
        {
            foreach (TimeSpan pause in last.PauseDurations)
            {
                _longest = pause > _longest ? pause : _longest;
            }
        }

        return last.Index;
    }
}
