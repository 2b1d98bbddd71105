using Harrier.Domain;
using Harrier.Features;
using Harrier.Features.Indicators;
using Harrier.Features.Levels;
using Harrier.Strategies.Setups;

namespace Harrier.Strategies.Scanning;

/// <summary>What bars say of a market after the last of them.</summary>
public static class BarMeasures
{
    private const int Widths = 100;
    private const int Returns = 96;
    private static readonly TimeSpan _day = TimeSpan.FromDays(1);
    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);

    /// <summary>Measures a market; what its bars are too few or too long for is not known.</summary>
    /// <param name="bars">Closed bars of one length, at most an hour for what is measured by the hour.</param>
    /// <param name="minTouches">Touches that a level has at least.</param>
    public static MarketFacts Of(BarSeries bars, int minTouches)
    {
        ArgumentNullException.ThrowIfNull(bars);
        MarketFacts facts = new() { Symbol = bars.Instrument.Symbol };
        if (bars.Count == 0)
        {
            return facts;
        }

        Atr atr = new(14);
        BollingerBands bands = new();
        BarWindow window = new();
        LevelDetector levels = new(new LevelSettings { MinTouches = minTouches });
        List<double> widths = [];
        foreach (ref readonly Bar bar in bars.Bars)
        {
            ClosedBar closed = ClosedBar.From(in bar, bars.Instrument);
            Ohlcv values = closed.Values;
            atr.Update(in values);
            bands.Update(in values);
            window.Add(in values);
            levels.OnBar(in closed);
            if (bands.IsReady)
            {
                widths.Add(bands.Bandwidth);
            }
        }

        double close = bars.Instrument.ToDouble(bars[bars.Count - 1].Close);
        return facts with
        {
            Close = close,
            Volume24H = Sum(bars, _day, ValueOf),
            TradesPerMinute = Sum(bars, _hour, static (series, i) => series[i].TradeCount >= 0 ? series[i].TradeCount : double.NaN) / _hour.TotalMinutes,
            AtrRange = atr.IsReady ? atr.Value / close : double.NaN,
            BandWidthPercentile = Percentile(widths),
            Surge1H = HourlySurge(bars),
            Surge5M = window.VolumeSurge,
            LevelStrength = levels.IsReady ? levels.Levels.Select(level => level.Strength).DefaultIfEmpty(0).Max() : double.NaN,
        };
    }

    /// <summary>
    /// Pearson's correlation of the log returns of bars that close together, over the last 96 of them, with means taken first; NaN with fewer than 20, or when one
    /// of the two did not move.
    /// </summary>
    public static double Correlation(BarSeries one, BarSeries other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        List<(double X, double Y)> pairs = [];
        int i = one.Count - 1;
        int j = other.Count - 1;
        while (i > 0 && j > 0 && pairs.Count < Returns)
        {
            int order = one[i].CloseTime.Nanos.CompareTo(other[j].CloseTime.Nanos);
            if (order == 0)
            {
                pairs.Add((Return(one, i), Return(other, j)));
            }

            i -= order >= 0 ? 1 : 0;
            j -= order <= 0 ? 1 : 0;
        }

        return pairs.Count < BarWindow.Length ? double.NaN : Correlation(pairs);
    }

    private static double Correlation(List<(double X, double Y)> pairs)
    {
        double meanX = pairs.Average(pair => pair.X);
        double meanY = pairs.Average(pair => pair.Y);
        double xx = 0;
        double yy = 0;
        double xy = 0;
        foreach ((double x, double y) in pairs)
        {
            xx += (x - meanX) * (x - meanX);
            yy += (y - meanY) * (y - meanY);
            xy += (x - meanX) * (y - meanY);
        }

        return xx > 0 && yy > 0 ? xy / Math.Sqrt(xx * yy) : double.NaN;
    }

    private static double Return(BarSeries bars, int index) =>
        Math.Log(bars.Instrument.ToDouble(bars[index].Close) / bars.Instrument.ToDouble(bars[index - 1].Close));

    // Without the venue's own sum, a bar's value is its volume at its close.
    private static double ValueOf(BarSeries bars, int index)
    {
        ref readonly Bar bar = ref bars[index];
        return double.IsNaN(bar.QuoteVolume) || bar.QuoteVolume == 0 ? bar.Volume * bars.Instrument.ToDouble(bar.Close) : bar.QuoteVolume;
    }

    // Over a time that ends with the last bar; not known where the bars do not reach back so far.
    private static double Sum(BarSeries bars, TimeSpan span, Func<BarSeries, int, double> value, TimeSpan skipped = default)
    {
        Timestamp end = bars[bars.Count - 1].CloseTime + -skipped;
        Timestamp start = end + -span;
        if (bars.Spec.IntervalNanos > span.Ticks * 100 || bars[0].OpenTime > start)
        {
            return double.NaN;
        }

        double sum = 0;
        for (int i = bars.Count - 1; i >= 0 && bars[i].OpenTime >= start; i--)
        {
            sum += bars[i].CloseTime <= end ? value(bars, i) : 0;
        }

        return sum;
    }

    private static double HourlySurge(BarSeries bars)
    {
        double usual = Sum(bars, _day, VolumeOf, _hour) / 24;
        return usual > 0 ? Sum(bars, _hour, VolumeOf) / usual : double.NaN;

        static double VolumeOf(BarSeries series, int i) => series[i].Volume;
    }

    private static double Percentile(List<double> widths)
    {
        if (widths.Count < Widths)
        {
            return double.NaN;
        }

        double last = widths[^1];
        return 100.0 * widths.Skip(widths.Count - Widths).Count(width => width <= last) / Widths;
    }
}
