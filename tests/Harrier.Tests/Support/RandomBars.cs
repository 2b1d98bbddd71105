using Harrier.Domain;

namespace Harrier.Tests.Support;

/// <summary>Seeded random walks on a grid of whole ticks.</summary>
internal static class RandomBars
{
    public static IReadOnlyList<(decimal O, decimal H, decimal L, decimal C, double V)> Walk(int seed, int count, int start = 1000, int step = 8)
    {
        Random random = new(seed);
        List<(decimal, decimal, decimal, decimal, double)> bars = [];
        int last = start;
        for (int i = 0; i < count; i++)
        {
            int open = Math.Max(50, last + (random.Next(8) == 0 ? random.Next(-step, step + 1) : 0));
            int close = Math.Max(50, open + random.Next(-step, step + 1));
            int high = Math.Max(open, close) + random.Next(0, step);
            int low = Math.Max(1, Math.Min(open, close) - random.Next(0, step));
            bars.Add((open, high, low, close, random.Next(0, 400)));
            last = close;
        }

        return bars;
    }

    /// <summary>One-minute bars from an instant on, each of them missing with a probability; volumes from 0 to 40.</summary>
    public static BarSeries Minutes(int count, int seed, long firstMinute = 0, double missing = 0, Instrument? instrument = null)
    {
        const long Minute = 60 * Timestamp.NanosPerSecond;
        instrument ??= SampleTrades.Instrument;
        Random random = new(seed);
        BarSpec spec = new(Minute, BarKind.Time, BarSource.Venue);
        Bar[] bars = [.. Walk(seed, count).Select((bar, i) => new Bar
        {
            OpenTime = new Timestamp((firstMinute + i) * Minute),
            Open = new PriceTicks((long)bar.O),
            High = new PriceTicks((long)bar.H),
            Low = new PriceTicks((long)bar.L),
            Close = new PriceTicks((long)bar.C),
            Volume = bar.V / 10,
            QuoteVolume = random.Next(1000) / 8.0,
            TakerBuyVolume = bar.V / 20,
            TradeCount = random.Next(50) == 0 ? -1 : random.Next(20),
            Spec = spec,
            Instrument = instrument.Id,
        }).Where(_ => random.NextDouble() >= missing)];
        return new BarSeries(instrument, spec, bars, bars.Length);
    }
}
