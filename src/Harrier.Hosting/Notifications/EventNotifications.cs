using System.Globalization;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Bots;
using Harrier.Hosting.Control;
using Harrier.Research.Reports;

namespace Harrier.Hosting.Notifications;

/// <summary>What of a run's events is worth a notification, and as what.</summary>
internal static class EventNotifications
{
    private static readonly AlertKind[] Near = [AlertKind.KillSwitchNear, AlertKind.DailyLossNear, AlertKind.LossesInARowNear, AlertKind.DrawdownNear, AlertKind.TradeRateNear];

    /// <summary>The notification of an event; null where it is worth none.</summary>
    public static Notification? Of(AccountEvent happened, string? json) => happened switch
    {
        BotFilled filled => Fill(filled, json),
        BotRoundTrip ended => Trade(ended, json),
        BotMoved moved => Move(moved, json),
        AccountAlerted alert => Alert(alert, json),
        BotRefused refused => New(refused, NotificationKind.Risk, json, $"refused {refused.Account}/{refused.Bot} {refused.Reason.Rule}", new LocalText(
            "risk_refused", ("bot", $"{refused.Account}/{refused.Bot}"), ("symbol", refused.Symbol), ("rule", RiskWords.Of(refused.Reason)))),
        AccountNote { Account: Notifier.Name } note => New(note, NotificationKind.Errors, json, note.Text, new LocalText("note", ("account", note.Account), ("text", note.Text))),
        AccountNote note => New(note, NotificationKind.Notes, json, $"{note.Account} {note.Text}", new LocalText("note", ("account", note.Account), ("text", note.Text))),
        _ => New(happened, NotificationKind.Notes, json, null, new LocalText("note", ("account", happened.Account), ("text", RunText.Of(happened)))),
    };

    /// <summary>A number with its sign.</summary>
    public static string Signed(decimal amount) => amount.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);

    /// <summary>A price or a quantity.</summary>
    public static string Number(decimal value) => value.ToString("0.########", CultureInfo.InvariantCulture);

    private static Notification Fill(BotFilled filled, string? json) => New(
        filled,
        NotificationKind.Fills,
        json,
        $"fill {filled.Account}/{filled.Bot} {filled.Instrument.Symbol} {filled.Fill.Side}",
        new LocalText(
            filled.Fill.Side == OrderSide.Buy ? "fill_buy" : "fill_sell",
            ("bot", $"{filled.Account}/{filled.Bot}"),
            ("quantity", Number(filled.Fill.Quantity)),
            ("symbol", filled.Instrument.Symbol),
            ("price", Number(filled.Fill.Price))));

    private static Notification Trade(BotRoundTrip ended, string? json) => New(
        ended,
        NotificationKind.Trades,
        json,
        null,
        new LocalText(
            ended.Trip.IsLong ? "trade_long" : "trade_short",
            ("bot", $"{ended.Account}/{ended.Bot}"),
            ("symbol", ended.Symbol),
            ("pnl", Signed(ended.Trip.Pnl)),
            ("entry", Number(ended.Trip.EntryPrice)),
            ("exit", Number(ended.Trip.ExitPrice)),
            ("reason", InvariantText.Of(ended.Trip.ExitReason))));

    // That a bot holds a position or is flat again is told by its fills and trades.
    private static Notification? Move(BotMoved moved, string? json)
    {
        (string Key, NotificationKind Kind)? told = (moved.Step.From, moved.Step.To) switch
        {
            (_, BotState.Error) => ("bot_error", NotificationKind.Errors),
            (_, BotState.Emergency) => ("bot_emergency", NotificationKind.Alerts),
            (_, BotState.Paused) => ("bot_paused", NotificationKind.Bots),
            (_, BotState.Stopped) => ("bot_stopped", NotificationKind.Bots),
            (BotState.Initializing or BotState.Paused or BotState.Error, BotState.Scanning or BotState.Managing) => ("bot_runs", NotificationKind.Bots),
            _ => null,
        };
        return told is { } text
            ? New(moved, text.Kind, json, $"{text.Key} {moved.Account}/{moved.Bot}", new LocalText(text.Key, ("bot", $"{moved.Account}/{moved.Bot}"), ("reason", moved.Step.Reason)))
            : null;
    }

    private static Notification Alert(AccountAlerted alert, string? json)
    {
        string where = alert.Bot is null ? alert.Account : $"{alert.Account}/{alert.Bot}";
        int detail = alert.Text.IndexOf(": ", StringComparison.Ordinal);
        NotificationKind kind = alert.Kind switch
        {
            AlertKind.StrategyFailed or AlertKind.StrategyHung => NotificationKind.Errors,
            AlertKind.StrategyRestarted => NotificationKind.Bots,
            _ => Near.Contains(alert.Kind) ? NotificationKind.Risk : NotificationKind.Alerts,
        };
        return New(alert, kind, json, $"alert {where} {alert.Kind}", new LocalText(
            "alert_" + RiskWords.Of(alert.Kind), ("where", where), ("detail", detail < 0 ? "" : alert.Text[(detail + 2)..])));
    }

    private static Notification New(AccountEvent happened, NotificationKind kind, string? json, string? topic, LocalText line) =>
        new() { Kind = kind, Time = happened.Time, Topic = topic, Lines = [line], Json = json };
}
