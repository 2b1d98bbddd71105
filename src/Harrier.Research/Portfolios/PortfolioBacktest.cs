using System.Security.Cryptography;
using System.Text;
using Harrier.Domain;
using Harrier.Features.Bars;
using Harrier.Features.Portfolio;
using Harrier.Research.Checks;

namespace Harrier.Research.Portfolios;

/// <summary>Backtests the portfolio bot on many symbols at once, and beside it holding, equal weights and target weights, from the same holdings at the same costs.</summary>
public static class PortfolioBacktest
{
    private const int LeakageMoments = 3;

    /// <summary>Runs it.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="series">Bars of one length, a history for each symbol, joined to the numeraire by their quote assets.</param>
    /// <param name="stop">To give up.</param>
    /// <exception cref="PortfolioInputException">A setting is out of range, or the bars do not fit together.</exception>
    public static PortfolioResult Run(PortfolioBacktestSettings settings, IReadOnlyList<BarHistory> series, CancellationToken stop)
    {
        settings.Check();
        BarHistory[] ordered = [.. BarSeriesHash.InOrder(series)];
        RequireOneKind(ordered, settings.Numeraire);
        PortfolioRun Play(string name, IReadOnlyList<BarHistory> bars, Timestamp until) =>
            new PortfolioSimulator(settings, bars, PlanOf(name, settings, ordered)).Run(until, stop)
            ?? throw new PortfolioInputException("symbols", string.Join(", ", ordered.Select(one => one.Instrument.Symbol)), "symbols that have prices at the same time");

        Timestamp end = ordered.Max(one => one.Extent.Last.CloseTime);
        PortfolioRun[] runs = [.. Names(settings).Select(name => Play(name, ordered, end))];
        Timestamp first = runs[0].Equity.Points[0].Time;
        return new PortfolioResult
        {
            Settings = settings,
            Symbols = [.. ordered.Select(one => one.Instrument.Symbol)],
            Venue = ordered[0].Instrument.Definition.Venue,
            Interval = ordered[0].Spec.ToString(),
            From = first,
            To = runs[0].Equity.LastTime,
            Bars = ordered.Sum(one => one.Extent.Count),
            DataHash = BarSeriesHash.Compute(ordered),
            ConfigHash = HashOf(settings),
            InitialEquity = runs[0].Equity.Settings.InitialEquity,
            Runs = runs,
            Checks = [PortfolioChecks.Conservation(runs), PortfolioChecks.Leakage(runs, Play, ordered, Moments((first, end), settings.Seed))],
        };
    }

    private static IEnumerable<string> Names(PortfolioBacktestSettings settings) =>
        ["bot", "hold", "equal-weight", .. settings.Methods.Distinct().Select(method => new TargetPlan(settings, [], method).Name)];

    private static IPortfolioPlan PlanOf(string name, PortfolioBacktestSettings settings, BarHistory[] series)
    {
        Asset[] assets = [.. series.SelectMany(one => new[] { one.Instrument.Base, one.Instrument.Quote })
            .Distinct()
            .Where(asset => asset != settings.Numeraire)
            .OrderBy(asset => asset.Code, StringComparer.Ordinal)];
        return name switch
        {
            "bot" => new BotPlan(new PortfolioOptimizer(BotSettings(settings, series[0].Spec), [.. series.Select(one => PairOf(one.Instrument, settings))])),
            "hold" => new HoldPlan(),
            "equal-weight" => new TargetPlan(settings, assets, null),
            _ => settings.Methods.Select(method => new TargetPlan(settings, assets, method)).First(plan => plan.Name == name),
        };
    }

    // Prices of bars are as old as the bars are long when the next ones come.
    private static PortfolioBotSettings BotSettings(PortfolioBacktestSettings settings, BarSpec spec) => settings.Bot with
    {
        Fee = settings.Costs.ExpectedFee,
        Numeraire = settings.Numeraire,
        StaleAfter = spec.Interval < TimeSpan.FromDays(1) ? spec.Interval / 2 : TimeSpan.FromHours(12),
    };

    private static TradingPair PairOf(Instrument instrument, PortfolioBacktestSettings settings) =>
        new(instrument.Base, instrument.Quote, settings.Priorities.GetValueOrDefault(instrument.Symbol));

    private static void RequireOneKind(BarHistory[] series, Asset numeraire)
    {
        string symbols = string.Join(", ", series.Select(one => one.Instrument.Symbol));
        if (series.Length == 0 || series.Any(one => !one.Spec.IsTime || one.Spec.IntervalNanos != series[0].Spec.IntervalNanos || one.Extent.Count < 2))
        {
            throw new PortfolioInputException("data", symbols.Length == 0 ? "no symbol" : symbols, "two or more bars of time of each symbol, all of one length");
        }

        RateGraph graph = new([.. series.Select(one => new PairQuote(one.Instrument.Base, one.Instrument.Quote, 1, 1, default))]);
        if (graph.Assets.FirstOrDefault(asset => graph.Mid(asset, numeraire) is null) is { Code.Length: > 0 } lost)
        {
            throw new PortfolioInputException("numeraire", numeraire.Code, $"an asset that {symbols} lead to from {lost} in at most three conversions");
        }
    }

    private static IReadOnlyList<Timestamp> Moments((Timestamp First, Timestamp End) span, long seed)
    {
        long length = span.End.Nanos - span.First.Nanos;
        return [.. LeakageCheck.Moments(1_000_000, seed).Take(LeakageMoments).Select(part => new Timestamp(span.First.Nanos + (long)(length * (part / 1_000_000d))))];
    }

    private static string HashOf(PortfolioBacktestSettings settings) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(PortfolioJson.SettingsText(settings))));
}
