using Harrier.Domain;
using Harrier.Features;

namespace Harrier.Tests.Features.Indicators;

/// <summary>The shared deterministic series of the systems specification, section 0, as five-minute bars from the epoch.</summary>
public static class SampleBars
{
    public static Ohlcv[] Lcg(int count, uint seed = 42, double amplitude = 0.02)
    {
        ulong state = seed;
        double Next()
        {
            state = ((1103515245UL * state) + 12345UL) % 2147483648UL;
            return state / 2147483648.0;
        }

        Ohlcv[] bars = new Ohlcv[count];
        double open = 100;
        for (int i = 0; i < count; i++)
        {
            double close = open * (1 + ((Next() - 0.5) * amplitude));
            double high = Math.Max(open, close) * (1 + (0.005 * Next()));
            double low = Math.Min(open, close) * (1 - (0.005 * Next()));
            double volume = 1000 + (1000 * Next());
            bars[i] = new Ohlcv(open, high, low, close, volume, Timestamp.FromUnixSeconds(300L * i));
            open = close;
        }

        return bars;
    }

    /// <summary>The series with a flat stretch, equal highs and bars without volume in it: the cases where formulas divide by 0.</summary>
    public static Ohlcv[] Rough(int count)
    {
        Ohlcv[] bars = Lcg(count, 7, 0.03);
        for (int i = 60; i < 110; i++)
        {
            double price = bars[59].Close;
            bars[i] = new Ohlcv(price, price, price, price, i % 3 == 0 ? 0 : 5, bars[i].OpenTime);
        }

        for (int i = 115; i < count; i += 5)
        {
            bars[i] = bars[i - 1] with { OpenTime = bars[i].OpenTime };
        }

        return bars;
    }

    public static Ohlcv Scaled(in Ohlcv bar, double factor) =>
        bar with { Open = bar.Open * factor, High = bar.High * factor, Low = bar.Low * factor, Close = bar.Close * factor };
}
