using System.Text.Json;
using Harrier.Domain;
using Harrier.Engine.Risk;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Bots;
using Harrier.Hosting.Portfolio;
using Harrier.Research.Reports;

namespace Harrier.Hosting.Control;

/// <summary>What happens in a run, as JSON. Money, prices and sizes are texts.</summary>
public static class EventJson
{
    /// <summary>Writes the members of an event into an object that was begun.</summary>
    public static void Write(Utf8JsonWriter json, AccountEvent happened)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(happened);
        json.WriteString("type", TypeOf(happened));
        json.WriteString("time", RunText.Of(happened.Time));
        json.WriteString("account", happened.Account);
        switch (happened)
        {
            case BotFilled filled:
                Fill(json, filled);
                break;
            case BotRoundTrip ended:
                Trip(json, ended);
                break;
            case BotMoved moved:
                json.WriteString("bot", moved.Bot);
                json.WriteString("from", BotLifecycle.Word(moved.Step.From));
                json.WriteString("to", BotLifecycle.Word(moved.Step.To));
                json.WriteString("reason", moved.Step.Reason);
                break;
            case AccountAlerted alert:
                json.WriteString("bot", alert.Bot);
                json.WriteString("alert", RiskWords.Of(alert.Kind));
                json.WriteString("text", alert.Text);
                break;
            case BotRefused refused:
                json.WriteString("bot", refused.Bot);
                json.WriteString("symbol", refused.Symbol);
                Refusal(json, refused.Reason);
                break;
            case DecisionChanged changed:
                PortfolioText.Write(json, changed.Decision);
                break;
            default:
                json.WriteString("text", RunText.Of(happened));
                break;
        }
    }

    private static string TypeOf(AccountEvent happened) => happened switch
    {
        BotFilled => "fill",
        BotRoundTrip => "round_trip",
        BotMoved => "state",
        AccountAlerted => "alert",
        BotRefused => "refusal",
        DecisionChanged => "decision",
        _ => "note",
    };

    private static void Fill(Utf8JsonWriter json, BotFilled filled)
    {
        json.WriteString("bot", filled.Bot);
        json.WriteString("symbol", filled.Instrument.Symbol);
        json.WriteString("side", filled.Fill.Side == OrderSide.Buy ? "buy" : "sell");
        StatusJson.Number(json, "price", filled.Fill.Price);
        StatusJson.Number(json, "quantity", filled.Fill.Quantity);
        StatusJson.Number(json, "fee", filled.Fill.Fee);
        json.WriteString("reason", InvariantText.Of(filled.Fill.Purpose));
    }

    private static void Trip(Utf8JsonWriter json, BotRoundTrip ended)
    {
        RoundTrip trip = ended.Trip;
        json.WriteString("bot", ended.Bot);
        json.WriteNumber("id", trip.Id);
        json.WriteString("symbol", ended.Symbol);
        json.WriteString("side", trip.IsLong ? "long" : "short");
        json.WriteString("entry_time", RunText.Of(trip.EntryTime));
        json.WriteString("exit_time", RunText.Of(trip.ExitTime));
        StatusJson.Number(json, "entry_price", trip.EntryPrice);
        StatusJson.Number(json, "exit_price", trip.ExitPrice);
        StatusJson.Number(json, "quantity", trip.Quantity);
        StatusJson.Number(json, "fees", trip.Fees);
        StatusJson.Number(json, "pnl", trip.Pnl);
        json.WriteString("exit_reason", InvariantText.Of(trip.ExitReason));
    }

    private static void Refusal(Utf8JsonWriter json, in DenyReason reason)
    {
        json.WriteString("rule", RiskWords.Of(reason.Rule));
        StatusJson.Number(json, "value", reason.Value);
        StatusJson.Number(json, "limit", reason.Limit);
    }
}
