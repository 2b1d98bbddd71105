using Harrier.Domain;
using Harrier.Features;
using Harrier.Tests.Features.Indicators;

namespace Harrier.Tests.Features;

/// <summary>Series of closed bars for the tests of features on bars.</summary>
internal static class ClosedBars
{
    private static readonly TimeSpan _interval = TimeSpan.FromMinutes(5);

    public static ClosedBar[] Lcg(int count, uint seed = 42, double amplitude = 0.02) => Of(SampleBars.Lcg(count, seed, amplitude));

    public static ClosedBar[] Rough(int count) => Of(SampleBars.Rough(count));

    /// <summary>Bars from rows of open, high, low, close, volume.</summary>
    public static ClosedBar[] Of(IEnumerable<(double O, double H, double L, double C, double V)> rows) =>
        Of(rows.Select((row, i) => new Ohlcv(row.O, row.H, row.L, row.C, row.V, Timestamp.FromUnixSeconds(300L * i))));

    /// <summary>Bars from a text: rows by ·, values by commas.</summary>
    public static ClosedBar[] Parse(string rows) => Of(rows.Split('·').Select(row =>
    {
        double[] v = [.. row.Split(',').Select(cell => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture))];
        return (v[0], v[1], v[2], v[3], v.Length > 4 ? v[4] : 0);
    }));

    /// <summary>
    /// A random walk with bursts of volume and range, on a grid of whole tens so that ties happen, with the taker-buy volume of every third stretch.
    /// </summary>
    public static ClosedBar[] Walk(int seed, int count)
    {
        Random random = new(seed);
        List<(double, double, double, double, double)> rows = [];
        double last = 1000;
        for (int i = 0; i < count; i++)
        {
            double burst = random.Next(12) == 0 ? 3 : 1;
            double open = last;
            double close = Math.Max(100, open + Math.Round((random.NextDouble() - 0.5) * 12 * burst));
            double high = Math.Max(open, close) + random.Next(0, (int)(5 * burst));
            double low = Math.Min(open, close) - random.Next(0, (int)(5 * burst));
            rows.Add((open, high, low, close, Math.Round(random.NextDouble() * 400 * burst)));
            last = close;
        }

        ClosedBar[] bars = Of(rows);
        for (int i = 0; i < count; i++)
        {
            if (i / 50 % 3 == 1)
            {
                bars[i] = bars[i] with { TakerBuyVolume = Math.Round(bars[i].Volume * random.NextDouble()) };
            }
        }

        return bars;
    }

    public static ClosedBar[] Of(IEnumerable<Ohlcv> values) => [.. values.Select(v => new ClosedBar(v, v.OpenTime + _interval))];
}
