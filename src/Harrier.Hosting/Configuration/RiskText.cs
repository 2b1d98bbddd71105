using System.Globalization;
using System.Text.Json.Nodes;
using Harrier.Domain;
using Harrier.Engine.Risk;

namespace Harrier.Hosting.Configuration;

/// <summary>The limits of an account as a configuration says them, and what holds where it says nothing.</summary>
internal static class RiskText
{
    private const int MostCount = 1_000_000;
    private const decimal MostAmount = 1_000_000_000_000m;

    // In the order of the enumeration.
    private static readonly string[] Actions = ["refuse", "flatten"];

    /// <summary>The limits of an account that says nothing of its risk.</summary>
    public static RiskLimits Defaults { get; } = new()
    {
        MaxDrawdown = 0.25m,
        OnDrawdown = LimitAction.Flatten,
        MaxDailyLoss = 0.10m,
        MaxLossesInARow = 5,
        LossPause = TimeSpan.FromMinutes(60),
        MaxTradesPerHour = 20,
        MaxPositionFraction = 1m,
        MaxLeverage = 3m,
        MaxOrdersPerMinute = 120,
        PriceCollar = 0.05m,
    };

    /// <summary>Reads the limits.</summary>
    public static RiskLimits Read(Section section)
    {
        RiskLimits limits = new()
        {
            MaxDrawdown = section.Fraction("max_drawdown", Defaults.MaxDrawdown, 1),
            OnDrawdown = (LimitAction)section.Choice("on_drawdown", (int)Defaults.OnDrawdown, Actions),
            MaxDailyLoss = section.Fraction("max_daily_loss", Defaults.MaxDailyLoss, 1),
            OnDailyLoss = (LimitAction)section.Choice("on_daily_loss", (int)Defaults.OnDailyLoss, Actions),
            DayZone = ReadZone(section),
            KillSwitchLoss = section.Fraction("kill_switch_loss", Defaults.KillSwitchLoss, 1),
            OnKillSwitch = (LimitAction)section.Choice("on_kill_switch", (int)Defaults.OnKillSwitch, Actions),
            MaxLossesInARow = section.CountOrNone("max_losses_in_a_row", Defaults.MaxLossesInARow, 1, MostCount),
            LossPause = section.Length("loss_pause", "a length of time such as 60m")?.Interval ?? Defaults.LossPause,
            MaxTradesPerHour = section.CountOrNone("max_trades_per_hour", Defaults.MaxTradesPerHour, 1, 10_000),
            MaxOrdersPerMinute = section.CountOrNone("max_orders_per_minute", Defaults.MaxOrdersPerMinute, 1, 10_000),
            PriceCollar = section.Fraction("price_collar", Defaults.PriceCollar, 1),
            MaxPositions = section.CountOrNone("max_positions", Defaults.MaxPositions, 1, MostCount),
            MaxPositionFraction = section.NumberOrNone("max_position_fraction", Defaults.MaxPositionFraction, 0.0001m, 125),
            MaxExposure = section.NumberOrNone("max_exposure", Defaults.MaxExposure, 0.00000001m, MostAmount),
            MaxLeverage = section.NumberOrNone("max_leverage", Defaults.MaxLeverage, 0.01m, 125),
            MaxCorrelation = (double?)section.NumberOrNone("max_correlation", null, 0, 1),
            CorrelationBars = section.CountOrNone("correlation_bars", Defaults.CorrelationBars, 2, 10_000) ?? Defaults.CorrelationBars,
        };
        section.RefuseOthers();
        return limits;
    }

    /// <summary>Writes them as <see cref="Read"/> reads them.</summary>
    public static JsonObject Of(RiskLimits limits) => new()
    {
        ["max_drawdown"] = OrNone(limits.MaxDrawdown),
        ["on_drawdown"] = Actions[(int)limits.OnDrawdown],
        ["max_daily_loss"] = OrNone(limits.MaxDailyLoss),
        ["on_daily_loss"] = Actions[(int)limits.OnDailyLoss],
        ["day_zone"] = limits.DayZone.Id,
        ["kill_switch_loss"] = OrNone(limits.KillSwitchLoss),
        ["on_kill_switch"] = Actions[(int)limits.OnKillSwitch],
        ["max_losses_in_a_row"] = OrNone(limits.MaxLossesInARow),
        ["loss_pause"] = new BarSpec((long)limits.LossPause.TotalSeconds * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue).ToString(),
        ["max_trades_per_hour"] = OrNone(limits.MaxTradesPerHour),
        ["max_orders_per_minute"] = OrNone(limits.MaxOrdersPerMinute),
        ["price_collar"] = OrNone(limits.PriceCollar),
        ["max_positions"] = OrNone(limits.MaxPositions),
        ["max_position_fraction"] = OrNone(limits.MaxPositionFraction),
        ["max_exposure"] = OrNone(limits.MaxExposure),
        ["max_leverage"] = OrNone(limits.MaxLeverage),
        ["max_correlation"] = OrNone((decimal?)limits.MaxCorrelation),
        ["correlation_bars"] = limits.CorrelationBars.ToString(CultureInfo.InvariantCulture),
    };

    private static TimeZoneInfo ReadZone(Section section)
    {
        string name = section.Optional("day_zone") ?? "UTC";
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone))
        {
            return zone;
        }

        section.Fault("day_zone", name, "UTC, or the name of a time zone that this machine knows, such as Europe/Berlin");
        return TimeZoneInfo.Utc;
    }

    private static string OrNone(decimal? value) => value is { } given ? given.ToString(CultureInfo.InvariantCulture) : "none";
}
