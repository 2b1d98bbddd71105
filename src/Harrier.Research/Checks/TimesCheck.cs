using Harrier.Domain;

namespace Harrier.Research.Checks;

/// <summary>Finds missing, overlapping and misaligned time bars.</summary>
/// <param name="spec">The bars.</param>
/// <param name="settings">How much may be missing.</param>
internal sealed class TimesCheck(BarSpec spec, DataCheckSettings settings)
{
    private readonly FindingRows _gaps = new();
    private readonly FindingRows _overlaps = new();
    private readonly FindingRows _misaligned = new();
    private long _bars;
    private long _last;
    private Timestamp _longestAt;

    /// <summary>Number of holes.</summary>
    public long Gaps => _gaps.Count;

    /// <summary>Number of bars that the holes would hold.</summary>
    public long Missing { get; private set; }

    /// <summary>Number of bars that the longest hole would hold.</summary>
    public long Longest { get; private set; }

    public void Add(ReadOnlySpan<Bar> bars)
    {
        long interval = spec.IntervalNanos;
        foreach (ref readonly Bar bar in bars)
        {
            // A bar that follows one that is aligned without a gap is aligned itself; the division is only for the others.
            long distance = _bars++ == 0 ? 0 : bar.OpenTime.Nanos - _last;
            if (distance != interval || _misaligned.Count > 0)
            {
                Look(bar.OpenTime, distance);
            }

            _last = bar.OpenTime.Nanos;
        }
    }

    public void Report(List<DataFinding> findings)
    {
        double share = Missing / Math.Max(1.0, _bars + Missing);
        _gaps.Report(findings, DataFindingKind.Gap, share > settings.MaxMissingShare, FormattableString.Invariant($"gaps with {Missing} missing bars ({share:0.###%}, allowed {settings.MaxMissingShare:0.###%}), the longest {Longest} bars from {_longestAt}"));
        _overlaps.Report(findings, DataFindingKind.Overlap, true, $"bars open before the one before them has closed, the first at {_overlaps.FirstTime}");
        _misaligned.Report(findings, DataFindingKind.Misaligned, false, $"bars do not open on a multiple of {spec}, the first at {_misaligned.FirstTime}");
    }

    private void Look(Timestamp time, long distance)
    {
        if (spec.BucketStart(time) != time)
        {
            _misaligned.Add(time);
        }

        if (_bars > 1 && distance < spec.IntervalNanos)
        {
            _overlaps.Add(time);
        }
        else if (distance > spec.IntervalNanos)
        {
            Timestamp firstMissing = new(_last + spec.IntervalNanos);
            long missing = (distance - 1) / spec.IntervalNanos;
            _longestAt = missing > Longest ? firstMissing : _longestAt;
            Longest = Math.Max(Longest, missing);
            Missing += missing;
            _gaps.Add(firstMissing);
        }
    }
}
