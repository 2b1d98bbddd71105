using Harrier.Domain;

namespace Harrier.Research.Metrics;

/// <summary>What became of the planned entries of one kind. Undefined is null.</summary>
/// <param name="Name">The setup, or what agreed on the entries: <c>level+volume</c>; <c>none</c> for nothing.</param>
/// <param name="Trades">How many positions ended.</param>
/// <param name="WinRate">Winning ones / all, 0 to 1.</param>
/// <param name="MeanR">Mean of PnL / initial risk; null unless each had an initial risk.</param>
/// <param name="Pnl">Sum of the PnL in the numeraire.</param>
/// <param name="ProfitFactor">Sum of wins / size of the sum of losses; null without a loss.</param>
public sealed record OutcomeStatistics(string Name, int Trades, double? WinRate, double? MeanR, decimal Pnl, double? ProfitFactor)
{
    /// <summary>Outcomes by setup, in the order of the names. Positions without a plan are in none.</summary>
    public static IReadOnlyList<OutcomeStatistics> BySetup(IReadOnlyList<RoundTrip> trades) => By(trades, trade => trade.Setup);

    /// <summary>Outcomes by what agreed on the entry, in the order of the names. Positions without a plan are in none.</summary>
    public static IReadOnlyList<OutcomeStatistics> ByConfluence(IReadOnlyList<RoundTrip> trades) =>
        By(trades, trade => trade.Confluence is { Length: 0 } ? "none" : trade.Confluence);

    private static OutcomeStatistics[] By(IReadOnlyList<RoundTrip> trades, Func<RoundTrip, string?> name)
    {
        ArgumentNullException.ThrowIfNull(trades);
        return
        [
            .. trades.Where(trade => name(trade) is not null)
                .GroupBy(trade => name(trade)!, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => Of(group.Key, [.. group])),
        ];
    }

    private static OutcomeStatistics Of(string name, RoundTrip[] trades) => new(
        name,
        trades.Length,
        TradeStatistics.WinRate(trades),
        trades.All(trade => trade.InitialRisk > 0) ? trades.Average(trade => (double)(trade.Pnl / trade.InitialRisk!.Value)) : null,
        trades.Sum(trade => trade.Pnl),
        TradeStatistics.ProfitFactor(trades));
}
