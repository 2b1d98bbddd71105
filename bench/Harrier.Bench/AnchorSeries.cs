using Harrier.Features;

namespace Harrier.Bench;

/// <summary>
/// The random walk on which the performance anchors are timed. Their C, JavaScript and C# harnesses make the same bits, so figures of
/// different programs speak about the same input. Generator: SplitMix64 (Steele, Lea, Flood 2014).
/// </summary>
public sealed class AnchorSeries
{
    /// <summary>Makes the series of the indicator anchors.</summary>
    /// <param name="length">Number of bars.</param>
    public AnchorSeries(int length)
    {
        const double volatility = 0.0005;
        Open = new double[length];
        High = new double[length];
        Low = new double[length];
        Close = new double[length];
        Volume = new double[length];
        Bars = new Ohlcv[length];
        SplitMix random = new(42);
        double price = 30_000;
        for (int i = 0; i < length; i++)
        {
            double open = price;
            double close = price * (1 + (volatility * random.NextNormal()));
            Open[i] = open;
            Close[i] = close;
            High[i] = Math.Max(open, close) * (1 + (0.5 * volatility * random.NextUniform()));
            Low[i] = Math.Min(open, close) * (1 - (0.5 * volatility * random.NextUniform()));
            Volume[i] = 100 * (0.1 + random.NextUniform());
            Bars[i] = new Ohlcv(open, High[i], Low[i], close, Volume[i]);
            price = close;
        }
    }

    public double[] Open { get; }

    public double[] High { get; }

    public double[] Low { get; }

    public double[] Close { get; }

    public double[] Volume { get; }

    public Ohlcv[] Bars { get; }

    private sealed class SplitMix(ulong seed)
    {
        private ulong _state = seed;

        public double NextUniform()
        {
            ulong mixed = _state += 0x9E3779B97F4A7C15UL;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / 9007199254740992.0);
        }

        // Twelve uniforms minus six: near enough to a normal variable and the same bits everywhere.
        public double NextNormal()
        {
            double sum = 0;
            for (int i = 0; i < 12; i++)
            {
                sum += NextUniform();
            }

            return sum - 6;
        }
    }
}
