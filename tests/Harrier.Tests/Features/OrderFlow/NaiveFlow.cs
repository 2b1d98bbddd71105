using Harrier.Features;

namespace Harrier.Tests.Features.OrderFlow;

/// <summary>The flow of orders at the last bar of a list, computed from the whole list.</summary>
internal sealed class NaiveFlow
{
    private readonly IReadOnlyList<ClosedBar> _bars;
    private readonly double[] _deltas;

    public NaiveFlow(IReadOnlyList<ClosedBar> bars)
    {
        _bars = bars;
        _deltas = [.. bars.Select((bar, i) => double.IsNaN(bar.TakerBuyVolume) ? Estimate(bar, i == 0 ? null : bars[i - 1].Close) : bar.TakerBuyVolume - (bar.Volume - bar.TakerBuyVolume))];
    }

    public double Cumulative => _deltas.Sum();

    public double Session => _deltas.Where((_, i) => _bars[i].OpenTime.UtcDay == _bars[^1].OpenTime.UtcDay).Sum();

    public double Momentum => _bars.Count < 10 || Volume(10) == 0 ? 0 : _deltas.TakeLast(9).Sum() / Volume(10);

    public double Imbalance => _bars.Count <= 10 || Volume(10) == 0 ? 0 : _deltas.TakeLast(10).Sum() / Volume(10);

    public double Buying => LastBars(120).Where(i => _deltas[i] > 0).Sum(i => _bars[i].Volume);

    public double Selling => LastBars(120).Where(i => _deltas[i] < 0).Sum(i => _bars[i].Volume);

    /// <summary>Every divergence, as text.</summary>
    public List<string> Divergences(int width, int maxDistance)
    {
        List<string> found = [];
        int? lastHigh = null;
        int? lastLow = null;
        for (int p = width; p + width < _bars.Count; p++)
        {
            int[] beside = [.. Enumerable.Range(p - width, (2 * width) + 1).Where(i => i != p)];
            if (beside.All(i => _bars[i].High < _bars[p].High))
            {
                if (lastHigh is { } first && p - first <= maxDistance && _bars[p].High > _bars[first].High && Sum(first, p) < 0)
                {
                    found.Add($"Bearish {first} {p}@{p + width}");
                }

                lastHigh = p;
            }

            if (beside.All(i => _bars[i].Low > _bars[p].Low))
            {
                if (lastLow is { } first && p - first <= maxDistance && _bars[p].Low < _bars[first].Low && Sum(first, p) > 0)
                {
                    found.Add($"Bullish {first} {p}@{p + width}");
                }

                lastLow = p;
            }
        }

        return found;
    }

    /// <summary>Imbalance zones that no later bar filled.</summary>
    public List<string> OpenZones()
    {
        List<string> open = [];
        for (int i = 21; i + 1 < _bars.Count; i++)
        {
            double Change(int at) => Math.Abs(_bars[at].Close - _bars[at - 1].Close);
            bool wide = Change(i) > 2 * Enumerable.Range(i - 20, 20).Average(Change) && _bars[i].Volume > 1.5 * Enumerable.Range(i - 20, 20).Average(at => _bars[at].Volume);
            (double low, double high, bool up) = _bars[i + 1].Low > _bars[i - 1].High
                ? (_bars[i - 1].High, _bars[i + 1].Low, true)
                : (_bars[i + 1].High, _bars[i - 1].Low, false);
            if (wide && high > low && !_bars.Skip(i + 2).Any(bar => up ? bar.Low <= low : bar.High >= high))
            {
                open.Add($"{low} {high} {(up ? "Bullish" : "Bearish")} {i}");
            }
        }

        return open;
    }

    /// <summary>Highs and lows of 21 bars that no later bar passed.</summary>
    public List<string> OpenLiquidity()
    {
        List<(int Known, int Order, string Text)> open = [];
        for (int i = 10; i + 10 < _bars.Count; i++)
        {
            List<ClosedBar> around = [.. _bars.Skip(i - 10).Take(21)];
            if (_bars[i].High == around.Max(b => b.High) && !_bars.Skip(i + 11).Any(b => b.High > _bars[i].High))
            {
                open.Add((i, 0, $"{_bars[i].High} Bearish {i} {around.Sum(b => b.Volume)}"));
            }

            if (_bars[i].Low == around.Min(b => b.Low) && !_bars.Skip(i + 11).Any(b => b.Low < _bars[i].Low))
            {
                open.Add((i, 1, $"{_bars[i].Low} Bullish {i} {around.Sum(b => b.Volume)}"));
            }
        }

        return [.. open.Order().Select(o => o.Text)];
    }

    /// <summary>Absorption and exhaustion that became known at the last bar.</summary>
    public List<string> Events()
    {
        List<string> events = [];
        int t = _bars.Count - 1;
        if (t >= 21)
        {
            List<int> before = [.. Enumerable.Range(t - 21, 20)];
            ClosedBar climax = _bars[t - 1];
            bool heavy = climax.Volume > 3 * before.Average(i => _bars[i].Volume);
            if (heavy && climax.Close > climax.Open && _bars[t].Close < _bars[t].Open && before.All(i => _bars[i].High <= climax.High))
            {
                events.Add($"Exhaustion Bearish {t - 1}");
            }

            if (heavy && climax.Close < climax.Open && _bars[t].Close > _bars[t].Open && before.All(i => _bars[i].Low >= climax.Low))
            {
                events.Add($"Exhaustion Bullish {t - 1}");
            }
        }

        if (t >= 21 && _deltas[t] != 0)
        {
            List<int> before = [.. Enumerable.Range(t - 20, 20)];
            bool narrow = _bars[t].Volume > 2 * before.Average(i => _bars[i].Volume) && _bars[t].Range < 0.5 * before.Average(i => _bars[i].Range);
            double mean = before.Average(i => _deltas[i]);
            double deviation = Math.Sqrt(before.Average(i => Math.Pow(_deltas[i] - mean, 2)));
            double atr = before.Average(i => Math.Max(_bars[i].High, _bars[i - 1].Close) - Math.Min(_bars[i].Low, _bars[i - 1].Close));
            bool held = deviation > 0 && Math.Abs(_deltas[t]) >= 2 * deviation && Math.Abs(_bars[t].Close - _bars[t - 1].Close) <= 0.25 * atr;
            if (narrow || held)
            {
                events.Add($"Absorption {(_deltas[t] > 0 ? "Bearish" : "Bullish")} {t}");
            }
        }

        return events;
    }

    private static double Estimate(ClosedBar bar, double? lastClose)
    {
        double a = bar.Close > bar.Open ? bar.Volume : bar.Close < bar.Open ? -bar.Volume : 0;
        double b = bar.Range == 0 ? 0 : bar.Volume * ((2 * (bar.Close - bar.Low) / bar.Range) - 1);
        double c = lastClose is null || bar.Close == lastClose ? 0 : bar.Close > lastClose ? bar.Volume : -bar.Volume;
        return (0.4 * a) + (0.4 * b) + (0.2 * c);
    }

    private double Volume(int count) => _bars.TakeLast(count).Sum(b => b.Volume);

    private double Sum(int after, int upTo) => _deltas.Skip(after + 1).Take(upTo - after).Sum();

    private IEnumerable<int> LastBars(int count) => Enumerable.Range(Math.Max(0, _bars.Count - count), Math.Min(count, _bars.Count));
}
