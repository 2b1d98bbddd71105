using Harrier.Domain;
using Harrier.Research.Metrics;

namespace Harrier.Research.Reports;

/// <summary>Chooses what to draw of more data than a screen has pixels, so that no peak or trough gets lost.</summary>
internal static class Thinning
{
    /// <summary>Indices of the points to draw, ascending: all when they are few, else first, lowest, highest and last of equal buckets.</summary>
    public static int[] KeepExtremes(ReadOnlySpan<EquityPoint> points, int limit)
    {
        if (points.Length <= limit)
        {
            return [.. Enumerable.Range(0, points.Length)];
        }

        int buckets = limit / 4;
        SortedSet<int> kept = [];
        for (int bucket = 0; bucket < buckets; bucket++)
        {
            int from = (int)((long)points.Length * bucket / buckets);
            int to = (int)((long)points.Length * (bucket + 1) / buckets);
            int lowest = from;
            int highest = from;
            for (int i = from; i < to; i++)
            {
                lowest = points[i].Equity < points[lowest].Equity ? i : lowest;
                highest = points[i].Equity > points[highest].Equity ? i : highest;
            }

            kept.UnionWith([from, lowest, highest, to - 1]);
        }

        return [.. kept];
    }

    /// <summary>The bars themselves when they are few, else equal runs of bars merged to one each; read in one pass.</summary>
    public static List<PriceBucket> Buckets(BarHistory series, int limit)
    {
        long bars = series.Extent.Count;
        long count = Math.Min(bars, limit);
        List<PriceBucket> buckets = new((int)count);
        long index = 0;
        long end = 0;
        foreach (ReadOnlyMemory<Bar> block in series.ReadPrices())
        {
            foreach (ref readonly Bar bar in block.Span)
            {
                if (index++ == end)
                {
                    end = bars * (buckets.Count + 1) / count;
                    buckets.Add(PriceBucket.Of(in bar));
                }
                else
                {
                    buckets[^1] = buckets[^1].With(in bar);
                }
            }
        }

        return buckets;
    }

    /// <summary>
    /// All trades when they are few; else, in their order, a fifth each of the first, the last, the best and the worst, and the rest
    /// evenly spread over the run.
    /// </summary>
    public static IReadOnlyList<RoundTrip> Select(IReadOnlyList<RoundTrip> trades, int limit)
    {
        if (trades.Count <= limit)
        {
            return trades;
        }

        int share = limit / 5;
        int[] byPnl = [.. Enumerable.Range(0, trades.Count).OrderBy(i => trades[i].Pnl)];
        SortedSet<int> kept =
        [
            .. Enumerable.Range(0, share),
            .. Enumerable.Range(trades.Count - share, share),
            .. byPnl.Take(share),
            .. byPnl.TakeLast(share),
            .. Enumerable.Range(0, share).Select(i => (int)((long)trades.Count * i / share)),
        ];
        return [.. kept.Select(i => trades[i])];
    }
}

/// <summary>One or more bars in a row as one.</summary>
internal readonly record struct PriceBucket
{
    /// <summary>Open time of the first bar.</summary>
    public required Timestamp Start { get; init; }

    /// <summary>Close time of the last bar.</summary>
    public required Timestamp End { get; init; }

    /// <summary>First price.</summary>
    public required PriceTicks Open { get; init; }

    /// <summary>Highest price.</summary>
    public required PriceTicks High { get; init; }

    /// <summary>Lowest price.</summary>
    public required PriceTicks Low { get; init; }

    /// <summary>Last price.</summary>
    public required PriceTicks Close { get; init; }

    /// <summary>A single bar.</summary>
    public static PriceBucket Of(in Bar bar) => new() { Start = bar.OpenTime, End = bar.CloseTime, Open = bar.Open, High = bar.High, Low = bar.Low, Close = bar.Close };

    /// <summary>The same with the bar that follows.</summary>
    public PriceBucket With(in Bar bar) => this with
    {
        End = bar.CloseTime,
        High = bar.High > High ? bar.High : High,
        Low = bar.Low < Low ? bar.Low : Low,
        Close = bar.Close,
    };
}
