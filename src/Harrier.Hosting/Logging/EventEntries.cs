using Harrier.Domain;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Bots;
using Harrier.Hosting.Control;
using Harrier.Hosting.Portfolio;
using Harrier.Research.Reports;
using Microsoft.Extensions.Logging;

namespace Harrier.Hosting.Logging;

/// <summary>Writes what happens on accounts to a log, with account, bot, symbol and figures as values.</summary>
public static class EventEntries
{
    private const string Template = "{OriginalFormat}";

    /// <summary>Writes each event of a run from here on.</summary>
    public static void Follow(EventLog events, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(events);
        events.Happened += (happened, _) => Write(log, happened);
    }

    /// <summary>Writes an event. It never waits.</summary>
    public static void Write(ILogger log, AccountEvent happened)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(happened);
        LogLevel level = happened is AccountAlerted or BotRefused ? LogLevel.Warning : LogLevel.Information;
        if (!log.IsEnabled(level))
        {
            return;
        }

        (int number, string name, string template, KeyValuePair<string, object?>[] values) = EntryOf(happened);
        log.Log(level, new EventId(number, name), (KeyValuePair<string, object?>[])[new("Account", happened.Account), .. values, new(Template, template)], null, static (state, _) => (string)state[^1].Value!);
    }

    private static (int Number, string Name, string Template, KeyValuePair<string, object?>[] Values) EntryOf(AccountEvent happened) => happened switch
    {
        BotFilled { Fill: var fill } filled => (
            200,
            "Filled",
            "{Account}/{Bot}: {Side} {Quantity} {Symbol} at {Price}, fee {Fee} ({Purpose})",
            [
                new("Bot", filled.Bot), new("Side", fill.Side == OrderSide.Buy ? "buy" : "sell"), new("Quantity", fill.Quantity), new("Symbol", filled.Instrument.Symbol), new("Price", fill.Price),
                new("Fee", fill.Fee), new("Purpose", InvariantText.Of(fill.Purpose)),
            ]),
        BotRoundTrip { Trip: var trip } ended => (
            201,
            "RoundTripEnded",
            "{Account}/{Bot}: {Side} {Quantity} {Symbol} from {EntryPrice} to {ExitPrice}, profit {Profit} ({ExitReason})",
            [
                new("Bot", ended.Bot), new("Side", trip.IsLong ? "long" : "short"), new("Quantity", trip.Quantity), new("Symbol", ended.Symbol), new("EntryPrice", trip.EntryPrice),
                new("ExitPrice", trip.ExitPrice), new("Profit", trip.Pnl), new("ExitReason", InvariantText.Of(trip.ExitReason)),
            ]),
        BotMoved { Step: var step } moved => (
            202,
            "StateChanged",
            "{Account}/{Bot}: {From} to {To}: {Reason}",
            [new("Bot", moved.Bot), new("From", BotLifecycle.Word(step.From)), new("To", BotLifecycle.Word(step.To)), new("Reason", step.Reason)]),
        AccountAlerted alert => (203, "Alerted", "{Account}: alert {Alert}: {Text}", [new("Bot", alert.Bot), new("Alert", RiskWords.Of(alert.Kind)), new("Text", alert.Text)]),
        BotRefused { Reason: var reason } refused => (
            204,
            "OrderRefused",
            "{Account}/{Bot}: order on {Symbol} refused by {Rule}: {Value}, limit {Limit}",
            [new("Bot", refused.Bot), new("Symbol", refused.Symbol), new("Rule", RiskWords.Of(reason.Rule)), new("Value", reason.Value), new("Limit", reason.Limit)]),
        DecisionChanged { Decision: var decision } => (205, "Decided", "{Account}/{Bot}: {Decision}", [new("Bot", decision.Bot), new("Decision", PortfolioText.Of(decision))]),
        AccountNote note => (206, "Noted", "{Account}: {Text}", [new("Text", note.Text)]),
        _ => (207, "Happened", "{Text}", [new("Text", RunText.Of(happened))]),
    };
}
