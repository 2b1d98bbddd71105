using Harrier.Domain;
using Harrier.Features.Bars;

namespace Harrier.Bench.History;

/// <summary>The trades on which the anchors aggregate, the same bits. Generator: SplitMix64 (Steele, Lea, Flood 2014).</summary>
internal static class AnchorTrades
{
    /// <summary>What is traded: prices in cents.</summary>
    public static readonly Instrument Instrument = new(new InstrumentId(0), new InstrumentDefinition
    {
        Venue = new VenueId("sim-anchor"),
        Symbol = "BTCUSDT",
        Base = new Asset("BTC"),
        Quote = new Asset("USDT"),
        TickSize = 0.01m,
        LotSize = 0.00000001m,
    });

    /// <summary>Makes the trades.</summary>
    public static TradePrint[] Make(int count)
    {
        ulong state = 9;
        double Uniform()
        {
            ulong mixed = state += 0x9E3779B97F4A7C15UL;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / 9007199254740992.0);
        }

        TradePrint[] trades = new TradePrint[count];
        long milliseconds = 1_600_000_000_000;
        long cents = 6_000_000;
        for (int i = 0; i < count; i++)
        {
            milliseconds += (long)(Uniform() * 60);
            cents += Uniform() < 0.3 ? (int)((Uniform() - 0.5) * 40) : 0;
            double quantity = Uniform() * Uniform();
            trades[i] = new TradePrint(Timestamp.FromUnixMilliseconds(milliseconds), new PriceTicks(cents), quantity, quantity * cents / 100, Uniform() >= 0.5);
        }

        return trades;
    }
}
