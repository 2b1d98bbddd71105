using Harrier.Domain;
using Harrier.Features.Bars;

namespace Harrier.Tests.Support;

/// <summary>Trades made from a seed.</summary>
internal static class SampleTrades
{
    public static readonly Instrument Instrument = new(new InstrumentId(0), new InstrumentDefinition
    {
        Venue = new VenueId("sim-test"),
        Symbol = "BTCUSDT",
        Base = new Asset("BTC"),
        Quote = new Asset("USDT"),
        TickSize = 0.01m,
        LotSize = 0.00000001m,
    });

    /// <summary>
    /// The trades of the performance anchors, the same bits as their harnesses make (SplitMix64; Steele, Lea, Flood 2014): milliseconds apart by less than
    /// 60, prices around 60,000 in cents, sizes below 1.
    /// </summary>
    public static TradePrint[] Anchor(int count)
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

    /// <summary>One trade a second at these prices in ticks, of one unit each, bought unless the price fell.</summary>
    public static TradePrint[] At(params long[] prices) =>
        [.. prices.Select((price, i) => new TradePrint(Timestamp.FromUnixSeconds(i), new PriceTicks(price), 1, price * 0.01, i > 0 && price < prices[i - 1]))];

    /// <summary>All bars that trades make.</summary>
    public static List<Bar> Build(BarBuilder builder, IEnumerable<TradePrint> trades)
    {
        List<Bar> bars = [];
        foreach (TradePrint trade in trades)
        {
            bars.AddRange(builder.Update(in trade));
        }

        return bars;
    }

    /// <summary>A builder for bars written as text.</summary>
    public static BarBuilder Builder(string spec) => BarBuilder.Create(Instrument, BarSpec.TryParse(spec, out BarSpec parsed) ? parsed : throw new ArgumentException(spec));
}
