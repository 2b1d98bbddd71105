using Harrier.Features;

namespace Harrier.Tests.Features.Patterns;

/// <summary>Accumulations as the textbooks draw them: a fall, a climax, a rally, a test, a range, a spring, its test, strength, a pull-back, a rise.</summary>
internal static class Textbook
{
    /// <summary>Makes one.</summary>
    /// <param name="seed">Noise of prices and volumes.</param>
    /// <param name="support">Low of the climax.</param>
    /// <param name="height">Height of the range as a fraction of the support.</param>
    /// <param name="depth">Depth of the spring as a fraction of the support.</param>
    /// <param name="comesBackLater">Whether the spring closes below the support and comes back with the next bar.</param>
    public static ClosedBar[] Accumulation(int seed, double support = 100, double height = 0.12, double depth = 0.02, bool comesBackLater = false)
    {
        Random random = new(seed);
        List<(double O, double H, double L, double C, double V)> rows = [];
        double Noise(double size) => (random.NextDouble() - 0.5) * size * support;
        double last = support * 1.25;
        double step = support * height / 8;
        void Bar(double close, double volume, double? low = null, double? high = null)
        {
            double wick = step * (0.1 + (0.15 * random.NextDouble()));
            rows.Add((last, high ?? (Math.Max(last, close) + wick), low ?? (Math.Min(last, close) - wick), close, volume * (0.95 + (0.1 * random.NextDouble()))));
            last = close;
        }

        // The fall, steady, on ordinary volume; then the climax and the rally from it.
        for (int i = 0; i < 40; i++)
        {
            Bar((support * (1.25 - (0.0052 * i))) + Noise(0.002), 1000);
        }

        Bar(support * 1.025, 4500, low: support);
        double top = support * (1 + height);
        foreach (double part in (double[])[0.5, 0.75, 0.93])
        {
            Bar(support + (part * (top - support)), 1500);
        }

        Bar(support + (0.9 * (top - support)), 1300, high: top);
        foreach (double part in (double[])[0.7, 0.45, 0.22])
        {
            Bar(support + (part * (top - support)), 900);
        }

        // The range: two and a half waves that stay inside, on volume that dries up.
        for (int i = 0; i < 30; i++)
        {
            double part = 0.5 + (0.3 * Math.Sin((i + 3) / 2.0));
            Bar(support + (part * (top - support)) + Noise(0.002), 900 - (12 * i));
        }

        Bar(support * 1.012, 700);
        SpringTestAndStrength(Bar, support, top, depth, comesBackLater);
        for (int i = 1; i <= 12; i++)
        {
            Bar(top + (i * (top - support) * 0.11), 1300);
        }

        return ClosedBars.Of(rows);
    }

    public static ClosedBar[] UpsideDown(ClosedBar[] bars, double around) => [.. bars.Select(bar => bar with
    {
        Values = bar.Values with { Open = around - bar.Open, High = around - bar.Low, Low = around - bar.High, Close = around - bar.Close },
    })];

    private static void SpringTestAndStrength(Action<double, double, double?, double?> bar, double support, double top, double depth, bool comesBackLater)
    {
        double At(double part) => support + (part * (top - support));
        double springLow = support * (1 - depth);
        if (comesBackLater)
        {
            bar(support * (1 - (0.6 * depth)), 1600, springLow, null);
            bar(At(0.15), 1900, null, null);
        }
        else
        {
            bar(At(0.08), 1600, springLow, null);
        }

        bar(At(0.12), 600, At(0.05), null);
        foreach (double part in (double[])[0.3, 0.5, 0.7, 0.85])
        {
            bar(At(part), 1200, null, null);
        }

        bar(At(1.22), 3200, At(0.84), At(1.25));
        bar(At(1.15), 1100, null, null);
        bar(At(1.08), 900, null, null);
        bar(At(1.3), 1500, null, null);
    }
}
