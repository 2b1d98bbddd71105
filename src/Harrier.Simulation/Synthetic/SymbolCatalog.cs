using Harrier.Domain;
using Harrier.Simulation.Randomness;

namespace Harrier.Simulation.Synthetic;

/// <summary>Plausible properties of any symbol: those of well-known ones about as in 2024 and 2025, made up from the name for all others.</summary>
public static class SymbolCatalog
{
    // Base: price in dollars, beta, own daily volatility, dollars traded a day in millions.
    private static readonly Dictionary<string, (double Price, double Beta, double Own, double Millions)> Known = new()
    {
        ["BTC"] = (64_000, 1.0, 0.008, 1900),
        ["ETH"] = (3200, 1.15, 0.014, 1100),
        ["SOL"] = (150, 1.4, 0.026, 450),
        ["BNB"] = (590, 0.9, 0.014, 150),
        ["XRP"] = (0.58, 1.1, 0.028, 200),
        ["DOGE"] = (0.125, 1.4, 0.035, 150),
        ["ADA"] = (0.42, 1.3, 0.026, 60),
        ["AVAX"] = (27, 1.4, 0.028, 60),
        ["LINK"] = (13.5, 1.3, 0.026, 60),
        ["DOT"] = (5.6, 1.3, 0.024, 40),
        ["LTC"] = (72, 1.0, 0.02, 40),
        ["TRX"] = (0.13, 0.6, 0.016, 50),
        ["SHIB"] = (0.000018, 1.4, 0.035, 60),
        ["PEPE"] = (0.0000095, 1.6, 0.05, 150),
        ["USDC"] = (1, 0, 0.00005, 600),
    };

    private static readonly Dictionary<string, double> Dollars = new() { ["BTC"] = 64_000, ["ETH"] = 3200, ["BNB"] = 590, ["EUR"] = 1.08 };

    /// <summary>The properties of a pair.</summary>
    /// <param name="baseAsset">Asset traded.</param>
    /// <param name="quoteAsset">Asset prices are in.</param>
    public static SyntheticSymbol Find(Asset baseAsset, Asset quoteAsset)
    {
        (double price, double beta, double own, double millions) = Known.TryGetValue(baseAsset.Code, out (double, double, double, double) known) ? known : MadeUp(baseAsset.Code);
        double quoteDollars = Dollars.GetValueOrDefault(quoteAsset.Code, 1);
        double start = price / quoteDollars;
        double tradesPerDay = 700_000 * Math.Sqrt(millions / 500);
        double volume = millions * 1e6 / price;
        return new SyntheticSymbol
        {
            Base = baseAsset,
            Quote = quoteAsset,
            TickSize = TickFor(start),
            LotSize = LotFor(price),
            StartPrice = start,
            Beta = beta,
            OwnVolatility = own,
            DailyVolume = volume,
            TradeSize = volume / tradesPerDay,
        };
    }

    /// <summary>A tick between a thousandth and a ten-millionth of the price, 0.01 for everything from 10 to 100,000.</summary>
    public static decimal TickFor(double price) => price >= 10 ? 0.01m : PowerOfTen((int)Math.Floor(Math.Log10(price)) - 3);

    /// <summary>A lot worth up to a dollar.</summary>
    /// <param name="price">In dollars.</param>
    public static decimal LotFor(double price) => PowerOfTen(Math.Min(0, -(int)Math.Ceiling(Math.Log10(Math.Max(price, 1)))));

    private static (double Price, double Beta, double Own, double Millions) MadeUp(string code)
    {
        long seed = 17;
        foreach (char letter in code)
        {
            seed = unchecked((seed * 31) + letter);
        }

        RandomStream random = new(seed);
        double price = Math.Round(Math.Pow(10, -2 + (4 * random.NextDouble())), 4);
        return (price, 0.9 + (0.7 * random.NextDouble()), 0.02 + (0.025 * random.NextDouble()), 3 + (40 * random.NextDouble()));
    }

    private static decimal PowerOfTen(int exponent)
    {
        decimal value = 1;
        for (int i = 0; i > exponent && i > -12; i--)
        {
            value /= 10;
        }

        return value;
    }
}
