using System.Globalization;
using Harrier.Engine;
using Harrier.Engine.Risk;

namespace Harrier.Hosting.Accounts;

/// <summary>Rules, limits and alerts in the words of people.</summary>
public static class RiskWords
{
    private static readonly DenyRule[] Fractions = [DenyRule.KillSwitch, DenyRule.MaxDrawdown, DenyRule.DailyLoss, DenyRule.PriceCollar];

    /// <summary>What an account may do: ACTIVE, REDUCING, HALTED.</summary>
    public static string Of(TradingState state) => state.ToString().ToUpperInvariant();

    /// <summary>How much of a limit is used up: well, near, reached.</summary>
    public static string Of(LimitState state) => state.ToString().ToLowerInvariant();

    /// <summary>The name of a rule as configurations and programs read it: max_drawdown.</summary>
    public static string Of(DenyRule rule) => Snake(rule.ToString());

    /// <summary>The name of an alert as programs read it: kill_switch_fired.</summary>
    public static string Of(AlertKind kind) => Snake(kind.ToString());

    /// <summary>Rule, value and limit: max_drawdown 26.1 % of 25 %.</summary>
    public static string Of(in DenyReason reason) => $"{Of(reason.Rule)}: {Number(reason.Rule, reason.Value)} against a limit of {Number(reason.Rule, reason.Limit)}";

    /// <summary>A measured limit: max_drawdown 12.5 % of 25 %.</summary>
    public static string Of(LimitReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        string until = reading.EndsAt is { } end ? string.Create(CultureInfo.InvariantCulture, $" until {end.ToDateTimeOffset():yyyy-MM-dd'T'HH:mm:ss'Z'}") : "";
        return $"{Of(reading.Rule)} {Number(reading.Rule, reading.Value)} of {Number(reading.Rule, reading.Limit)}{until}";
    }

    /// <summary>An alert, with the limits that it is about.</summary>
    /// <param name="kind">What happened.</param>
    /// <param name="standing">The limits of the account as they stand.</param>
    public static string Of(AlertKind kind, IReadOnlyList<LimitReading> standing)
    {
        ArgumentNullException.ThrowIfNull(standing);
        DenyRule rule = RuleOf(kind);
        LimitReading? reading = standing.FirstOrDefault(one => one.Rule == rule);
        string words = Of(kind).Replace('_', ' ');
        return reading is null ? words : $"{words}: {Of(reading)}";
    }

    private static DenyRule RuleOf(AlertKind kind) => kind switch
    {
        AlertKind.KillSwitchFired or AlertKind.KillSwitchNear => DenyRule.KillSwitch,
        AlertKind.DrawdownReached or AlertKind.DrawdownNear => DenyRule.MaxDrawdown,
        AlertKind.DailyLossReached or AlertKind.DailyLossNear => DenyRule.DailyLoss,
        AlertKind.LossesInARow or AlertKind.LossesInARowNear => DenyRule.LossesInARow,
        AlertKind.TradeRateReached or AlertKind.TradeRateNear => DenyRule.TradeRate,
        _ => DenyRule.None,
    };

    private static string Number(DenyRule rule, decimal value) => Fractions.Contains(rule)
        ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.####} %")
        : value.ToString("0.########", CultureInfo.InvariantCulture);

    private static string Snake(string name) =>
        string.Concat(name.Select(static (letter, i) => char.IsAsciiLetterUpper(letter) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(letter) : letter.ToString()));
}
