using Harrier.Engine.Positions;
using Harrier.Engine.Risk;

namespace Harrier.Research.Backtests;

/// <summary>Exit rules and limits of the account in words; nothing where none are set.</summary>
internal static class RulesText
{
    public static IEnumerable<KeyValuePair<string, object?>> Of(BacktestSettings settings)
    {
        if (settings.Rules is { } rules)
        {
            yield return new("targets", $"{Of(rules.FirstTarget)}, {Of(rules.SecondTarget)}; then the stop at the entry + {Text(rules.Breakeven)}");
            yield return new("chandelier", FormattableString.Invariant($"{rules.ChandelierMultiple} ATR, {rules.ChandelierBars} bars"));
            yield return new("ages", $"time stop {rules.TimeStop}, longest {rules.MaxHold}, without progress {rules.NoProgressAfter} below {Text(rules.NoProgressR)} R");
            yield return new("panic_drop", rules.PanicDrop);
            yield return new("add_on", rules.AddOn is { } more ? $"{Text(more.Share)} from {Text(more.FromR)} R" : null);
        }

        RiskLimits limits = settings.Limits;
        if (limits != new RiskLimits())
        {
            yield return new("max_positions", limits.MaxPositions);
            yield return new("max_daily_loss", limits.MaxDailyLoss);
            yield return new("max_correlation", limits.MaxCorrelation);
            yield return new("max_losses_in_a_row", limits.MaxLossesInARow);
            yield return new("kill_switch_loss", limits.KillSwitchLoss);
        }

        if (settings.Entries.MaxValue is { } most)
        {
            yield return new("max_position_value", most);
        }
    }

    private static string Of(ProfitTarget? target) => target is { } one ? $"{Text(one.Share)} at {Text(one.R)} R" : "none";

    private static string Text(decimal? value) => FormattableString.Invariant($"{value}");
}
