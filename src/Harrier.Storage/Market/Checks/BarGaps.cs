using Harrier.Domain;

namespace Harrier.Storage.Market.Checks;

/// <summary>Finds the bars that are missing on the grid of a series, and tells those that the source has not from those that are worth asking for.</summary>
internal static class BarGaps
{
    /// <summary>Adds what is missing.</summary>
    /// <param name="times">The open times there are, in order.</param>
    /// <param name="interval">Length of the bars.</param>
    /// <param name="covered">Spans that the source was asked for.</param>
    /// <param name="lost">Spans whose rows are lost, though the source was asked for them.</param>
    /// <param name="findings">Where findings are added.</param>
    /// <returns>The spans worth asking for.</returns>
    public static IReadOnlyList<TimeRange> Find(long[] times, BarSpec interval, IReadOnlyList<TimeRange> covered, IReadOnlyList<TimeRange> lost, FindingList findings)
    {
        IReadOnlyList<TimeRange> known = [.. covered.SelectMany(range => range.Except(lost))];
        List<TimeRange> missing = [];
        foreach (TimeRange hole in Holes(times, interval).Concat(lost.SelectMany(span => Outside(span, times, interval))))
        {
            foreach (TimeRange gap in hole.Except(known).Select(gap => OnGrid(gap, interval)).Where(gap => !gap.IsEmpty))
            {
                missing.Add(gap);
            }
        }

        IReadOnlyList<TimeRange> all = TimeRange.Union(missing);
        foreach (TimeRange gap in all)
        {
            findings.Add(StoreFindingKind.Gap, Bars(gap, interval), gap.From, $"{gap}");
        }

        foreach (TimeRange hole in Holes(times, interval))
        {
            long none = Bars(hole, interval) - all.Sum(gap => Bars(Overlap(gap, hole), interval));
            if (none > 0)
            {
                findings.Add(StoreFindingKind.SourceHasNone, none, hole.From, $"{hole}");
            }
        }

        return all;
    }

    private static IEnumerable<TimeRange> Holes(long[] times, BarSpec interval)
    {
        long last = long.MinValue;
        foreach (long time in times)
        {
            if (last != long.MinValue && time > last + interval.IntervalNanos)
            {
                yield return OnGrid(new TimeRange(new Timestamp(last + 1), new Timestamp(time)), interval);
            }

            last = time;
        }
    }

    // Lost files at either end leave no hole between two rows.
    private static IEnumerable<TimeRange> Outside(TimeRange span, long[] times, BarSpec interval) =>
        times.Length == 0
        ? [OnGrid(span, interval)]
        : OnGrid(span, interval).Except([new TimeRange(new Timestamp(times[0]), new Timestamp(times[^1] + interval.IntervalNanos))]);

    // From the first to the end of the last bar that opens in a span.
    private static TimeRange OnGrid(TimeRange range, BarSpec interval)
    {
        Timestamp From(Timestamp time)
        {
            Timestamp bucket = interval.BucketStart(time);
            return bucket == time ? time : new Timestamp(bucket.Nanos + interval.IntervalNanos);
        }

        return new TimeRange(From(range.From), From(range.To));
    }

    private static TimeRange Overlap(TimeRange left, TimeRange right) => new(left.From > right.From ? left.From : right.From, left.To < right.To ? left.To : right.To);

    private static long Bars(TimeRange range, BarSpec interval) => range.IsEmpty ? 0 : (range.To.Nanos - range.From.Nanos) / interval.IntervalNanos;
}
