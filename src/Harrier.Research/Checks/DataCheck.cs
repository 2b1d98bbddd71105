using Harrier.Domain;

namespace Harrier.Research.Checks;

/// <summary>
/// Looks at bars before anything is traded on them. Fails on what makes results wrong: more than 0.5 % of bars missing, overlapping bars, rows
/// refused or contradicting each other, and prices that jump away without volume and come back in the next bar. Everything else informs: gaps below that
/// share, bars without volume, jumps that stay, long wicks, duplicates that agree, rows out of order, a doubtful grid.
/// </summary>
public static class DataCheck
{
    private const int Shown = 10;
    private const double FewSubTicks = 0.01;
    private const int CoarseTicks = 200;

    /// <summary>Checks one series.</summary>
    /// <param name="series">The bars.</param>
    /// <param name="intake">What the reader had to do; all zero for bars that did not come from rows.</param>
    /// <param name="settings">Limits; null for the defaults.</param>
    public static DataCheckReport Run(BarSeries series, DataIntake intake = default, DataCheckSettings? settings = null)
    {
        settings ??= new DataCheckSettings();
        List<DataFinding> findings = [];
        if (series.Count == 0)
        {
            findings.Add(new DataFinding(DataFindingKind.NoBars, true, 1, "there are no bars", []));
        }

        GapCount gaps = CheckTimes(series, settings, findings);
        int zeroVolumeBars = CheckVolume(series, findings);
        OutlierCheck.Run(series, settings, findings);
        CheckGrid(series, findings);
        CheckIntake(intake, findings);
        return new DataCheckReport
        {
            Symbol = series.Instrument.Symbol,
            Bars = series.Count,
            Gaps = gaps.Gaps,
            MissingBars = gaps.Missing,
            LongestGap = gaps.Longest,
            ZeroVolumeBars = zeroVolumeBars,
            Findings = [.. findings.OrderByDescending(finding => finding.Fails)],
        };
    }

    /// <summary>Adds a finding when there is one.</summary>
    internal static void Add(List<DataFinding> findings, DataFindingKind kind, bool fails, FindingRows rows, string detail)
    {
        if (rows.Count > 0)
        {
            findings.Add(new DataFinding(kind, fails, rows.Count, FormattableString.Invariant($"{rows.Count} {detail}"), rows.First));
        }
    }

    private static GapCount CheckTimes(BarSeries series, DataCheckSettings settings, List<DataFinding> findings)
    {
        ReadOnlySpan<Bar> bars = series.Bars;
        long interval = series.Spec.IntervalNanos;
        GapCount count = default;
        FindingRows gaps = new();
        FindingRows overlaps = new();
        FindingRows misaligned = new();
        Timestamp longestAt = default;
        for (int i = 0; i < bars.Length; i++)
        {
            if (series.Spec.BucketStart(bars[i].OpenTime) != bars[i].OpenTime)
            {
                misaligned.Add(bars[i].OpenTime);
            }

            long distance = i == 0 ? interval : bars[i].OpenTime.Nanos - bars[i - 1].OpenTime.Nanos;
            if (distance < interval)
            {
                overlaps.Add(bars[i].OpenTime);
            }
            else if (distance > interval)
            {
                Timestamp firstMissing = bars[i - 1].CloseTime;
                longestAt = count.Add((distance - 1) / interval) ? firstMissing : longestAt;
                gaps.Add(firstMissing);
            }
        }

        double share = count.Missing / Math.Max(1.0, bars.Length + count.Missing);
        Add(findings, DataFindingKind.Gap, share > settings.MaxMissingShare, gaps, FormattableString.Invariant($"gaps with {count.Missing} missing bars ({share:0.###%}, allowed {settings.MaxMissingShare:0.###%}), the longest {count.Longest} bars from {longestAt}"));
        Add(findings, DataFindingKind.Overlap, true, overlaps, $"bars open before the one before them has closed, the first at {overlaps.FirstTime}");
        Add(findings, DataFindingKind.Misaligned, false, misaligned, $"bars do not open on a multiple of {series.Spec}, the first at {misaligned.FirstTime}");
        return count;
    }

    private static int CheckVolume(BarSeries series, List<DataFinding> findings)
    {
        FindingRows runs = new();
        int zeros = 0;
        int run = 0;
        int longest = 0;
        foreach (ref readonly Bar bar in series.Bars)
        {
            bool empty = bar.Volume == 0;
            if (empty && run == 0)
            {
                runs.Add(bar.OpenTime);
            }

            run = empty ? run + 1 : 0;
            zeros += empty ? 1 : 0;
            longest = Math.Max(longest, run);
        }

        Add(findings, DataFindingKind.ZeroVolume, false, runs, FormattableString.Invariant($"runs of bars without volume ({zeros} bars, the longest run {longest})"));
        return zeros;
    }

    // A grid that was inferred from prices is as fine as the oddest price of all.
    private static void CheckGrid(BarSeries series, List<DataFinding> findings)
    {
        FindingRows fine = new();
        FindingRows coarse = new();
        foreach (ref readonly Bar bar in series.Bars)
        {
            if (bar.Open.Value % 10 != 0 || bar.High.Value % 10 != 0 || bar.Low.Value % 10 != 0 || bar.Close.Value % 10 != 0)
            {
                fine.Add(bar.OpenTime);
            }

            if (bar.Close.Value < CoarseTicks)
            {
                coarse.Add(bar.OpenTime);
            }
        }

        if (fine.Count < FewSubTicks * series.Count)
        {
            decimal tick = series.Instrument.Definition.TickSize;
            Add(findings, DataFindingKind.SubTick, false, fine, FormattableString.Invariant($"of {series.Count} bars have a price that is not a multiple of {tick * 10} (tick size {tick}); the grid may be coarser"));
        }

        Add(findings, DataFindingKind.CoarseTick, false, coarse, FormattableString.Invariant($"bars close below {CoarseTicks} ticks: returns are rounded to more than {1.0 / CoarseTicks:0.#%}"));
    }

    private static void CheckIntake(DataIntake intake, List<DataFinding> findings)
    {
        (DataFindingKind Kind, bool Fails, long Count, string Detail)[] items =
        [
            (DataFindingKind.RefusedRow, true, intake.Refused, "rows break the rules of a bar and were refused"),
            (DataFindingKind.ConflictingDuplicate, true, intake.ConflictingDuplicates, "rows contradict another with the same open time; the first one was kept"),
            (DataFindingKind.EqualDuplicate, false, intake.EqualDuplicates, "rows repeat another and were dropped"),
            (DataFindingKind.OutOfOrder, false, intake.OutOfOrder, "rows were out of order and were sorted"),
        ];
        foreach ((DataFindingKind kind, bool fails, long count, string detail) in items)
        {
            if (count > 0)
            {
                findings.Add(new DataFinding(kind, fails, count, FormattableString.Invariant($"{count} {detail}"), []));
            }
        }
    }

    /// <summary>Counts findings and keeps the first.</summary>
    internal sealed class FindingRows
    {
        private readonly List<Timestamp> _first = [];

        /// <summary>How many.</summary>
        public long Count { get; private set; }

        /// <summary>The first ones.</summary>
        public IReadOnlyList<Timestamp> First => _first;

        /// <summary>The very first one; the epoch when there is none.</summary>
        public Timestamp FirstTime => _first.Count > 0 ? _first[0] : default;

        /// <summary>Counts one more.</summary>
        public void Add(Timestamp time)
        {
            if (Count++ < Shown)
            {
                _first.Add(time);
            }
        }
    }

    private record struct GapCount(int Gaps, long Missing, long Longest)
    {
        public bool Add(long missing)
        {
            bool longest = missing > Longest;
            Gaps++;
            Missing += missing;
            Longest = Math.Max(Longest, missing);
            return longest;
        }
    }
}
