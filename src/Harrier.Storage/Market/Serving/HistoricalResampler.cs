using Harrier.Domain;

namespace Harrier.Storage.Market.Serving;

/// <summary>
/// Makes longer bars of shorter ones with every number exact, by the rules of <see cref="Features.Bars.BarResampler"/>: buckets aligned to UTC, weeks on
/// Mondays; a first bucket without its beginning and a last one without its end do not come, one with a hole inside does. What one bar does not say,
/// the longer one does not either.
/// </summary>
public static class HistoricalResampler
{
    /// <summary>Aggregates while it is read; memory does not grow with the number of bars.</summary>
    /// <param name="bars">The shorter bars, oldest first.</param>
    /// <param name="source">Their length.</param>
    /// <param name="target">The length wanted.</param>
    /// <exception cref="ArgumentException">One of them is no length of time, or the longer no multiple of the shorter.</exception>
    public static IEnumerable<HistoricalBar> Aggregate(IEnumerable<HistoricalBar> bars, BarSpec source, BarSpec target)
    {
        ArgumentNullException.ThrowIfNull(bars);
        return source.IsTime && target.IsTime && source.IntervalNanos > 0 && target.IntervalNanos > 0 && target.IntervalNanos % source.IntervalNanos == 0
            ? Merge(bars, source.IntervalNanos, target)
            : throw new ArgumentException($"{target} is not a multiple of {source}", nameof(target));
    }

    private static IEnumerable<HistoricalBar> Merge(IEnumerable<HistoricalBar> bars, long sourceNanos, BarSpec target)
    {
        HistoricalBar? open = null;
        long border = long.MinValue;
        long? from = null;
        foreach (HistoricalBar bar in bars)
        {
            long start = target.BucketStart(bar.OpenTime).Nanos;
            from ??= start == bar.OpenTime.Nanos ? start : start + target.IntervalNanos;
            if (bar.OpenTime.Nanos < from)
            {
                continue;
            }

            if (open is { } whole && bar.OpenTime.Nanos >= border)
            {
                yield return whole;
                open = null;
            }

            border = start + target.IntervalNanos;
            open = open is { } before ? Join(in before, in bar) : bar with { OpenTime = new Timestamp(start) };
            if (bar.OpenTime.Nanos + sourceNanos == border)
            {
                yield return open.Value;
                open = null;
            }
        }
    }

    private static HistoricalBar Join(in HistoricalBar before, in HistoricalBar bar) => before with
    {
        High = Math.Max(before.High, bar.High),
        Low = Math.Min(before.Low, bar.Low),
        Close = bar.Close,
        Volume = before.Volume + bar.Volume,
        QuoteVolume = before.QuoteVolume + bar.QuoteVolume,
        TradeCount = before.TradeCount + bar.TradeCount,
        TakerBuyVolume = before.TakerBuyVolume + bar.TakerBuyVolume,
        TakerBuyQuoteVolume = before.TakerBuyQuoteVolume + bar.TakerBuyQuoteVolume,
    };
}
