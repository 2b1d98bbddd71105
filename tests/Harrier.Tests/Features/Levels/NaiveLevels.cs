using Harrier.Features;
using Harrier.Features.Levels;

namespace Harrier.Tests.Features.Levels;

/// <summary>The level detector as the specification says it, over the whole list of bars with no regard to speed.</summary>
internal static class NaiveLevels
{
    public sealed record Level(LevelKind Kind, double Price, int Touches, double Strength, double BaseHeight);

    public static List<Level> Of(IReadOnlyList<ClosedBar> all, LevelSettings settings)
    {
        if (all.Count < settings.MinBars)
        {
            return [];
        }

        double atr = Atr(all, settings.AtrPeriod);
        List<ClosedBar> bars = [.. all.TakeLast(settings.Window)];
        List<Level> accepted = [];
        foreach (LevelKind kind in Enum.GetValues<LevelKind>())
        {
            List<List<double>> groups = [];
            foreach (double price in Candidates(bars, kind, settings).Order())
            {
                List<double>? group = groups.FirstOrDefault(g => Math.Abs(price - g.Average()) <= settings.TouchToleranceAtr * atr);
                if (group is null)
                {
                    groups.Add([price]);
                }
                else
                {
                    group.Add(price);
                }
            }

            accepted.AddRange(groups.Select(g => Measure(bars, kind, g.Average(), settings.TouchToleranceAtr * atr)).Where(l => l.Touches >= settings.MinTouches));
        }

        List<Level> kept = [];
        foreach (Level level in accepted.OrderByDescending(l => l.Strength).ThenBy(l => l.Price))
        {
            if (!kept.Any(k => k.Kind == level.Kind && Math.Abs(k.Price - level.Price) < settings.OverlapAtr * atr))
            {
                kept.Add(level);
            }
        }

        return kept;
    }

    private static double Atr(IReadOnlyList<ClosedBar> bars, int period)
    {
        double average = bars[0].High - bars[0].Low;
        for (int i = 1; i < bars.Count; i++)
        {
            double last = bars[i - 1].Close;
            double range = new[] { bars[i].High - bars[i].Low, Math.Abs(bars[i].High - last), Math.Abs(bars[i].Low - last) }.Max();
            average += 2.0 / (period + 1) * (range - average);
        }

        return average;
    }

    private static IEnumerable<double> Candidates(List<ClosedBar> bars, LevelKind kind, LevelSettings settings)
    {
        double Extreme(ClosedBar bar) => kind == LevelKind.Resistance ? bar.High : bar.Low;
        double Outer(IEnumerable<ClosedBar> some) => kind == LevelKind.Resistance ? some.Max(b => b.High) : some.Min(b => b.Low);
        foreach (int period in settings.DonchianPeriods)
        {
            for (int end = bars.Count - settings.DonchianBars; end < bars.Count; end++)
            {
                if (end - period + 1 >= 0)
                {
                    yield return Outer(bars.Skip(end - period + 1).Take(period));
                }
            }
        }

        int width = settings.SwingWidth;
        for (int i = width; i < bars.Count - width; i++)
        {
            IEnumerable<ClosedBar> beside = bars.Skip(i - width).Take((2 * width) + 1).Where((_, at) => at != width);
            if (beside.All(b => kind == LevelKind.Resistance ? b.High < bars[i].High : b.Low > bars[i].Low))
            {
                yield return Extreme(bars[i]);
            }
        }

        List<double> volumes = [.. bars.Select(b => b.Volume).Order()];
        double place = (volumes.Count - 1) * settings.VolumeQuantile;
        int floor = (int)Math.Floor(place);
        double above = volumes[Math.Min(floor + 1, volumes.Count - 1)];
        double threshold = volumes[floor] + ((above - volumes[floor]) * (place - floor));
        foreach (ClosedBar bar in bars.Where(b => b.Volume >= threshold))
        {
            yield return Extreme(bar);
        }
    }

    private static Level Measure(List<ClosedBar> bars, LevelKind kind, double price, double tolerance)
    {
        bool isResistance = kind == LevelKind.Resistance;
        List<ClosedBar> touching = [.. bars.Where(b => Math.Abs((isResistance ? b.High : b.Low) - price) <= tolerance)];
        if (touching.Count == 0)
        {
            return new Level(kind, price, 0, 0, double.NaN);
        }

        double hours = (touching[^1].OpenTime - touching[0].OpenTime).TotalHours;
        double mean = bars.Average(b => b.Volume);
        double pierced = bars.Count(b => isResistance ? b.Close > price * 1.002 : b.Close < price * 0.998) / (double)bars.Count;
        double strength = (0.4 * Math.Min(1, touching.Count / 5.0)) + (0.2 * Math.Min(1, hours / 168))
            + (0.2 * Math.Min(1, touching.Average(b => b.Volume) / mean)) + (0.2 * (1 - Math.Min(1, 5 * pierced)));
        List<double> reaches = [.. bars.TakeLast(20).Select(b => isResistance ? b.Low : b.High).Where(p => isResistance ? p < 0.95 * price : p > 1.05 * price)];
        double height = reaches.Count == 0 ? double.NaN : reaches.Min(p => Math.Abs(price - p));
        return new Level(kind, price, touching.Count, strength, height);
    }
}
