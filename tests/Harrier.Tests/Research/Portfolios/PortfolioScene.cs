using Harrier.Domain;
using Harrier.Features.Portfolio;
using Harrier.Research.Portfolios;

namespace Harrier.Tests.Research.Portfolios;

/// <summary>Small markets of hourly bars, made by the test.</summary>
internal static class PortfolioScene
{
    public static readonly Asset Usdt = new("USDT");

    public static readonly BarSpec Hour = new(3600 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue);

    /// <summary>No costs, so that figures can be told in the head.</summary>
    public static readonly ConversionCosts Free = new(0, 0, 0);

    /// <summary>Hourly bars of opens and closes; an hour without a bar is null.</summary>
    public static BarSeries Series(int index, string asset, params (decimal Open, decimal Close)?[] bars) => Quoted(index, asset, "USDT", bars);

    public static BarSeries Quoted(int index, string asset, string inAsset, params (decimal Open, decimal Close)?[] bars)
    {
        Instrument instrument = new(new InstrumentId(index), new InstrumentDefinition
        {
            Venue = new VenueId("sim-spot"),
            Symbol = asset + inAsset,
            Base = new Asset(asset),
            Quote = new Asset(inAsset),
            TickSize = 0.01m,
            LotSize = 0.0001m,
        });
        Bar[] made = [.. bars.Select((bar, hour) => (bar, hour)).Where(one => one.bar is not null).Select(one => new Bar
        {
            OpenTime = At(one.hour),
            Open = instrument.ToTicks(one.bar!.Value.Open),
            High = instrument.ToTicks(Math.Max(one.bar.Value.Open, one.bar.Value.Close)),
            Low = instrument.ToTicks(Math.Min(one.bar.Value.Open, one.bar.Value.Close)),
            Close = instrument.ToTicks(one.bar.Value.Close),
            Volume = 1,
            Spec = Hour,
            TradeCount = -1,
            Instrument = instrument.Id,
        })];
        return new BarSeries(instrument, Hour, made, made.Length);
    }

    /// <summary>Random walks of several assets with trends in them; the same seed, the same bars.</summary>
    public static BarSeries[] Walks(int bars, int seed, params string[] assets) => [.. assets.Select((asset, index) =>
    {
        Random random = new(seed + index);
        decimal last = 100;
        double drift = 0;
        (decimal Open, decimal Close)?[] made = new (decimal, decimal)?[bars];
        for (int i = 0; i < bars; i++)
        {
            drift = i % 24 == 0 ? (random.NextDouble() - 0.5) * 0.03 : drift;
            decimal open = last;
            last = Math.Round(Math.Max(last * (decimal)(1 + drift + ((random.NextDouble() - 0.5) * 0.01)), 1), 2);
            made[i] = (open, last);
        }

        return Series(index, asset, made);
    })];

    public static Timestamp At(int hour) => Timestamp.FromUnixSeconds(1_700_006_400 + (3600L * hour));

    public static PortfolioBacktestSettings Settings(ConversionCosts? costs = null, params Money[] holdings) =>
        new() { Numeraire = Usdt, Costs = costs ?? Free, Holdings = holdings, Bot = new PortfolioBotSettings { MinNotional = 0 } };

    /// <summary>A plan that does what the test says.</summary>
    public sealed class Scripted(Func<PlanMoment, IReadOnlyList<PlannedConversion>> decide) : IPortfolioPlan
    {
        public string Name => "scripted";

        public IReadOnlyList<PlannedConversion> Decide(PlanMoment moment) => decide(moment);
    }
}
