using Harrier.Domain;
using Harrier.Research.Backtests;
using Harrier.Research.Checks;

namespace Harrier.Research.Portfolios;

/// <summary>What a backtest of portfolios proves of itself.</summary>
internal static class PortfolioChecks
{
    /// <summary>Of every asset there is at the end what there was at the start and what conversions brought and took, to the last decimal.</summary>
    public static CheckResult Conservation(IReadOnlyList<PortfolioRun> runs)
    {
        foreach (PortfolioRun run in runs)
        {
            HashSet<Asset> assets = [.. run.Start.Concat(run.End).Concat(run.Trades.SelectMany(trade => new[] { trade.From, trade.To })).Select(money => money.Asset)];
            foreach (Asset asset in assets)
            {
                decimal moved = run.Trades.Sum(trade => Of(trade.To, asset) - Of(trade.From, asset));
                decimal expected = run.Start.Sum(money => Of(money, asset)) + moved;
                decimal held = run.End.Sum(money => Of(money, asset));
                if (held != expected || held < 0)
                {
                    return new CheckResult("conservation", false, FormattableString.Invariant($"{run.Name}: {held} {asset} at the end, {expected} follow from the conversions"));
                }
            }
        }

        return new CheckResult("conservation", true, $"holdings at the end of {runs.Count} runs follow from those at the start and the conversions to the last decimal");
    }

    /// <summary>At some moments each run is repeated up to there with every later bar corrupted: its decisions must be the same.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="repeat">Repeats the run of a name on bars up to an instant.</param>
    /// <param name="series">The true bars.</param>
    /// <param name="moments">Instants.</param>
    public static CheckResult Leakage(
        IReadOnlyList<PortfolioRun> runs, Func<string, IReadOnlyList<BarHistory>, Timestamp, PortfolioRun?> repeat, IReadOnlyList<BarHistory> series, IReadOnlyList<Timestamp> moments)
    {
        foreach (Timestamp moment in moments)
        {
            BarHistory[] corrupted = [.. series.Select(one => new CorruptedHistory(one, moment))];
            foreach (PortfolioRun run in runs)
            {
                var expected = run.Decisions.Where(decision => decision.Time <= moment);
                if (!expected.SequenceEqual(repeat(run.Name, corrupted, moment)?.Decisions ?? []))
                {
                    return new CheckResult("leakage", false, $"{run.Name}: decisions up to {moment} change when only later bars are corrupted: it knows the future");
                }
            }
        }

        return new CheckResult("leakage", true, $"decisions of {runs.Count} runs up to {moments.Count} sampled moments do not change when all later bars are corrupted");
    }

    private static decimal Of(Money money, Asset asset) => money.Asset == asset ? money.Amount : 0;
}
