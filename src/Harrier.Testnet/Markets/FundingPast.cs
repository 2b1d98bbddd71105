using Harrier.Simulation.Randomness;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Markets;

/// <summary>Fundings that perpetual contracts paid in the made-up history: near the interest of 0.01 % for eight hours, at the prices of the candles.</summary>
internal static class FundingPast
{
    private const int Purpose = 0x4675_6E64;
    private const int RateDecimals = 8;
    private const double EightHours = 8;
    private const double Interest = 0.0001;
    private const double Spread = 0.00005;
    private const double HighestRate = 0.003;

    // Half a year and more than ten months, whichever length the funding has; older ones are forgotten by the exchange's own memory of 1,200.
    private static readonly TimeSpan _reach = TimeSpan.FromDays(340);

    /// <summary>Gives the contracts of a core their past; spot has none.</summary>
    /// <param name="core">The core.</param>
    /// <param name="pasts">The made-up history of its symbols.</param>
    public static void Seed(ExchangeCore core, IReadOnlyDictionary<string, PastCandles> pasts)
    {
        if (core.Kind != MarketKind.Linear)
        {
            return;
        }

        foreach (ListedInstrument instrument in core.Listings)
        {
            core.SeedFunding(instrument.Symbol, Stamps(pasts[instrument.Symbol], core.Options.FundingInterval, instrument.Symbol));
        }
    }

    private static IEnumerable<FundingStamp> Stamps(PastCandles past, TimeSpan interval, string symbol)
    {
        long step = interval.Ticks * 100;
        long start = Math.Max(past.From?.Nanos ?? long.MaxValue, past.Until.Nanos - (_reach.Ticks * 100));
        RandomStream random = new(symbol.Aggregate(0L, static (sum, letter) => (sum * 31) + letter), Purpose);
        double scale = interval.TotalHours / EightHours;
        foreach (Candle hour in past.Between(CandleInterval.Hour, start, past.Until.Nanos))
        {
            double surprise = random.NextNormal();
            if (hour.OpenTime.Nanos % step == 0)
            {
                double rate = Math.Clamp((Interest + (Spread * surprise)) * scale, -HighestRate, HighestRate);
                yield return new FundingStamp(hour.OpenTime, Math.Round((decimal)rate, RateDecimals), hour.Open);
            }
        }
    }
}
