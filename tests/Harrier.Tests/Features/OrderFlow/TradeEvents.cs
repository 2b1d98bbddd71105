using Harrier.Domain;

namespace Harrier.Tests.Features.OrderFlow;

/// <summary>Public trades for the tests of features on the tape.</summary>
internal static class TradeEvents
{
    public static MarketEvent At(double seconds, long ticks, long lots, bool isSell) => new()
    {
        ExchangeTime = new Timestamp((long)(seconds * Timestamp.NanosPerSecond)),
        ReceivedTime = new Timestamp((long)((seconds + 0.01) * Timestamp.NanosPerSecond)),
        Price = new PriceTicks(ticks),
        Size = new SizeLots(lots),
        Instrument = new InstrumentId(0),
        Kind = MarketEventKind.Trade,
        IsSell = isSell,
    };

    /// <summary>A random tape: a price that wanders by ticks, sizes of 1 to 50 lots, a few trades a second.</summary>
    public static MarketEvent[] Tape(int seed, int count, long start = 100_000)
    {
        Random random = new(seed);
        MarketEvent[] trades = new MarketEvent[count];
        long price = start;
        double seconds = 0;
        for (int i = 0; i < count; i++)
        {
            price = Math.Max(1, price + random.Next(-3, 4));
            seconds += random.NextDouble();
            trades[i] = At(seconds, price, random.Next(1, 51), random.Next(2) == 0);
        }

        return trades;
    }
}
