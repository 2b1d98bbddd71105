using Harrier.Domain;

namespace Harrier.Storage.Bars;

/// <summary>The length of the bars in the files and of those asked for.</summary>
/// <param name="File">Length in the files.</param>
/// <param name="Inferred">True when it was measured, false when a name or the caller says it.</param>
/// <param name="Asked">Length asked for; equal to <paramref name="File"/> when nothing was asked.</param>
internal sealed record BarIntervals(BarSpec File, bool Inferred, BarSpec Asked)
{
    /// <summary>Takes the interval from the name, else from the most frequent distance of open times.</summary>
    /// <exception cref="BarDataException">The interval cannot be told, contradicts the name, or does not divide the one asked for.</exception>
    public static BarIntervals Of(BarOrder order, BarFileGroup group, BarSpec? asked, List<BarFinding> findings)
    {
        ReadOnlySpan<Bar> bars = order.Bars.AsSpan(0, order.Count);
        long distance = order.MajorityDistance > 0 ? order.MajorityDistance : MostFrequentDistance(bars);
        BarSpec file = (distance, group.Interval) switch
        {
            (_, { } named) => CheckName(named, distance, group, findings),
            (0, null) => asked ?? throw new BarDataException("interval", "none given", "an interval, because one row does not show it: 1m, 1h, 1d"),
            _ => new BarSpec(distance, BarKind.Time, BarSource.Venue),
        };
        BarSpec wanted = asked ?? file;
        if (wanted.IntervalNanos % file.IntervalNanos != 0)
        {
            throw new BarDataException("interval", wanted.ToString(), $"a multiple of {file}, the interval of the data");
        }

        if (wanted != file)
        {
            CheckAlignment(bars, file, wanted);
            wanted = wanted with { Source = BarSource.Aggregated };
        }

        return new BarIntervals(file, group.Interval is null && distance > 0, wanted);
    }

    /// <summary>The distance of neighboring open times that occurs most often, the smaller one of two; 0 with fewer than two bars.</summary>
    private static long MostFrequentDistance(ReadOnlySpan<Bar> bars)
    {
        Dictionary<long, int> counts = [];
        for (int i = 1; i < bars.Length; i++)
        {
            long distance = bars[i].OpenTime.Nanos - bars[i - 1].OpenTime.Nanos;
            counts[distance] = counts.GetValueOrDefault(distance) + 1;
        }

        return counts.Count == 0 ? 0 : counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).First().Key;
    }

    private static BarSpec CheckName(BarSpec named, long distance, BarFileGroup group, List<BarFinding> findings)
    {
        if (distance > 0 && distance < named.IntervalNanos)
        {
            throw new BarDataException(
                "data", $"{group.Files[0].Name}: rows are {new BarSpec(distance, BarKind.Time, BarSource.Venue)} apart", $"rows {named} apart, as the name says");
        }

        if (distance > named.IntervalNanos)
        {
            findings.Add(new BarFinding(
                BarFindingKind.SparseRows, 1, $"rows are mostly {new BarSpec(distance, BarKind.Time, BarSource.Venue)} apart, though the name says {named}", []));
        }

        return named;
    }

    private static void CheckAlignment(ReadOnlySpan<Bar> bars, BarSpec file, BarSpec wanted)
    {
        foreach (ref readonly Bar bar in bars)
        {
            long bucket = wanted.BucketStart(bar.OpenTime).Nanos;
            if (bar.OpenTime.Nanos + file.IntervalNanos > bucket + wanted.IntervalNanos)
            {
                throw new BarDataException("interval", wanted.ToString(), $"an interval whose borders no bar crosses, unlike the bar of {file} at {bar.OpenTime}");
            }
        }
    }
}
