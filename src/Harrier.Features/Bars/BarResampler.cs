using Harrier.Domain;

namespace Harrier.Features.Bars;

/// <summary>The outcome of an aggregation.</summary>
/// <param name="Series">The longer bars, with <see cref="BarSource.Aggregated"/>; may be empty.</param>
/// <param name="DroppedFirst">Source bars before the first bucket whose start is there.</param>
/// <param name="DroppedLast">Source bars behind the last bucket whose end is there.</param>
public sealed record ResampledBars(BarSeries Series, int DroppedFirst, int DroppedLast);

/// <summary>Makes longer bars of shorter ones.</summary>
public static class BarResampler
{
    /// <summary>
    /// Aggregates to buckets aligned by <see cref="BarSpec.BucketStart"/>. A first bucket without its first source bar and a last one without
    /// its last are dropped, because nothing says whether bars are missing or out of reach; a bucket with a hole inside is kept, as venues do.
    /// </summary>
    /// <param name="source">The shorter bars.</param>
    /// <param name="intervalNanos">Length of the longer bars in nanoseconds; a multiple of the source's.</param>
    /// <exception cref="ArgumentException">The length is not a multiple, or a source bar crosses a border.</exception>
    public static ResampledBars Aggregate(BarSeries source, long intervalNanos)
    {
        BarSpec spec = source.Spec with { IntervalNanos = intervalNanos, Source = BarSource.Aggregated };
        if (intervalNanos <= 0 || intervalNanos % source.Spec.IntervalNanos != 0)
        {
            throw new ArgumentException($"{spec} is not a multiple of {source.Spec}", nameof(intervalNanos));
        }

        ReadOnlySpan<Bar> bars = source.Bars;
        int start = FirstComplete(bars, spec);
        int end = LastComplete(bars, spec);
        if (end <= start)
        {
            return new ResampledBars(new BarSeries(source.Instrument, spec, [], 0), bars.Length, 0);
        }

        Bar[] result = new Bar[((bars[end - 1].OpenTime.Nanos - bars[start].OpenTime.Nanos) / intervalNanos) + 1];
        int count = 0;
        for (int i = start; i < end;)
        {
            int next = BucketEnd(bars[..end], i, spec);
            result[count++] = Merge(bars[i..next], spec);
            i = next;
        }

        return new ResampledBars(new BarSeries(source.Instrument, spec, result, count), start, bars.Length - end);
    }

    private static int FirstComplete(ReadOnlySpan<Bar> bars, BarSpec spec) =>
        bars.IsEmpty || spec.BucketStart(bars[0].OpenTime) == bars[0].OpenTime ? 0 : BucketEnd(bars, 0, spec);

    private static int LastComplete(ReadOnlySpan<Bar> bars, BarSpec spec)
    {
        if (bars.IsEmpty)
        {
            return 0;
        }

        Timestamp lastBucket = spec.BucketStart(bars[^1].OpenTime);
        int end = bars.Length;
        if (bars[^1].CloseTime.Nanos == lastBucket.Nanos + spec.IntervalNanos)
        {
            return end;
        }

        while (end > 0 && bars[end - 1].OpenTime >= lastBucket)
        {
            end--;
        }

        return end;
    }

    private static int BucketEnd(ReadOnlySpan<Bar> bars, int start, BarSpec spec)
    {
        long border = spec.BucketStart(bars[start].OpenTime).Nanos + spec.IntervalNanos;
        int end = start;
        while (end < bars.Length && bars[end].OpenTime.Nanos < border)
        {
            if (bars[end].CloseTime.Nanos > border)
            {
                throw new ArgumentException($"the bar of {bars[end].Spec} at {bars[end].OpenTime} crosses a border of {spec}", nameof(bars));
            }

            end++;
        }

        return end;
    }

    private static Bar Merge(ReadOnlySpan<Bar> bars, BarSpec spec)
    {
        PriceTicks high = bars[0].High;
        PriceTicks low = bars[0].Low;
        double volume = 0;
        double quoteVolume = 0;
        double takerBuyVolume = 0;
        long tradeCount = 0;
        bool countKnown = true;
        foreach (ref readonly Bar bar in bars)
        {
            high = bar.High > high ? bar.High : high;
            low = bar.Low < low ? bar.Low : low;
            volume += bar.Volume;
            quoteVolume += bar.QuoteVolume;
            takerBuyVolume += bar.TakerBuyVolume;
            tradeCount += bar.TradeCount;
            countKnown &= bar.TradeCount >= 0;
        }

        return new Bar
        {
            OpenTime = spec.BucketStart(bars[0].OpenTime),
            Open = bars[0].Open,
            High = high,
            Low = low,
            Close = bars[^1].Close,
            Volume = volume,
            QuoteVolume = quoteVolume,
            TakerBuyVolume = takerBuyVolume,
            TradeCount = countKnown ? (int)Math.Min(tradeCount, int.MaxValue) : -1,
            Spec = spec,
            Instrument = bars[0].Instrument,
        };
    }
}
