using System.Text.Json;
using Harrier.Api.Orders;
using Harrier.Api.Status;
using Harrier.Domain;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Bots;
using Harrier.Hosting.Control;
using Harrier.Research.Reports;

namespace Harrier.Api.Live;

/// <summary>The messages of <c>/ws</c>: the names of guide 001, each with time and data.</summary>
internal static class EngineMessages
{
    /// <summary>How an account and its bots stand.</summary>
    public static void EngineUpdate(Utf8JsonWriter json, AccountStatus account) => LiveJson.Typed(json, "ENGINE_UPDATE", account.Time, data =>
    {
        data.WriteString("account", account.Name);
        data.WriteString("state", RiskWords.Of(account.Risk.State));
        LiveJson.Amount(data, "equity", account.Equity);
        data.WriteStartArray("bots");
        foreach (BotStatus bot in account.Bots)
        {
            data.WriteStartObject();
            data.WriteString("bot", bot.Name);
            data.WriteString("state", BotLifecycle.Word(bot.State));
            LiveJson.Amount(data, "equity", bot.Equity);
            LiveJson.Amount(data, "pnl", bot.Pnl);
            data.WriteEndObject();
        }

        data.WriteEndArray();
    });

    /// <summary>What a strategy thinks.</summary>
    public static void Signal(Utf8JsonWriter json, BotSignal signal) => LiveJson.Typed(json, "SIGNAL", signal.Time, data =>
    {
        data.WriteString("account", signal.Account);
        data.WriteString("bot", signal.Bot);
        data.WriteString("strategy", signal.Strategy);
        data.WriteString("symbol", signal.Symbol);
        data.WriteString("signal", signal.Signal.Side.ToString().ToUpperInvariant());
        data.WriteNumber("confidence", signal.Signal.Confidence);
    });

    /// <summary>A position as it is.</summary>
    public static void Position(Utf8JsonWriter json, string type, Timestamp time, PositionAnswer position) => LiveJson.Typed(json, type, time, data => PositionMessages.Write(data, position));

    /// <summary>A step of an order.</summary>
    public static void Order(Utf8JsonWriter json, BotOrder order) =>
        LiveJson.Typed(json, order.Step switch { "placed" => "ORDER_PLACED", "canceled" => "ORDER_CANCELED", _ => "ORDER_UPDATED" }, order.Time, data =>
        {
            LiveOrderAnswer row = LiveOrderAnswer.Of(order);
            Whose(data, row.Account, row.Bot);
            data.WriteString("order_id", row.OrderId);
            data.WriteString("symbol", row.Symbol);
            data.WriteString("status", row.Status);
            data.WriteString("side", row.Side);
            data.WriteString("order_type", row.Type);
            LiveJson.Amount(data, "price", row.Price);
            LiveJson.Amount(data, "trigger_price", row.TriggerPrice);
            LiveJson.Amount(data, "quantity", row.Quantity);
            LiveJson.Amount(data, "filled", row.Filled);
            data.WriteString("purpose", row.Purpose);
            data.WriteString("reason", row.Reason);
        });

    /// <summary>What came out of a scan of markets.</summary>
    /// <param name="json">Takes it.</param>
    /// <param name="time">When.</param>
    /// <param name="result">A JSON object; its members become those of the data.</param>
    public static void Scan(Utf8JsonWriter json, Timestamp time, string result) => LiveJson.Typed(json, "SCAN_RESULT", time, data =>
    {
        using JsonDocument document = JsonDocument.Parse(result);
        foreach (JsonProperty member in document.RootElement.EnumerateObject())
        {
            member.WriteTo(data);
        }
    });

    /// <summary>True for what has a type; notes have none.</summary>
    public static bool IsTold(AccountEvent happened) => happened is not AccountNote;

    /// <summary>What happened.</summary>
    public static void Happened(Utf8JsonWriter json, AccountEvent happened)
    {
        switch (happened)
        {
            case BotFilled filled:
                LiveJson.Typed(json, "ORDER_UPDATE", filled.Time, data => Fill(data, filled));
                break;
            case BotRoundTrip ended:
                LiveJson.Typed(json, "POSITION_CLOSE", ended.Time, data => Trip(data, ended));
                break;
            case BotRefused refused:
                LiveJson.Typed(json, "ORDER_UPDATE", refused.Time, data => Refusal(data, refused));
                break;
            case BotMoved moved:
                LiveJson.Typed(json, "BOT_STATE", moved.Time, data =>
                {
                    Whose(data, moved.Account, moved.Bot);
                    data.WriteString("from", BotLifecycle.Word(moved.Step.From));
                    data.WriteString("to", BotLifecycle.Word(moved.Step.To));
                    data.WriteString("reason", moved.Step.Reason);
                });
                break;
            case AccountAlerted alert:
                LiveJson.Typed(json, "ALERT", alert.Time, data =>
                {
                    Whose(data, alert.Account, alert.Bot);
                    data.WriteString("alert", RiskWords.Of(alert.Kind));
                    data.WriteString("text", alert.Text);
                });
                break;
        }
    }

    private static void Whose(Utf8JsonWriter data, string account, string? bot)
    {
        data.WriteString("account", account);
        data.WriteString("bot", bot);
    }

    private static void Fill(Utf8JsonWriter data, BotFilled filled)
    {
        Whose(data, filled.Account, filled.Bot);
        data.WriteString("symbol", filled.Instrument.Symbol);
        data.WriteString("status", "filled");
        data.WriteString("side", filled.Fill.Side == OrderSide.Buy ? "buy" : "sell");
        LiveJson.Amount(data, "price", filled.Fill.Price);
        LiveJson.Amount(data, "quantity", filled.Fill.Quantity);
        LiveJson.Amount(data, "fee", filled.Fill.Fee);
        data.WriteString("reason", InvariantText.Of(filled.Fill.Purpose));
    }

    private static void Trip(Utf8JsonWriter data, BotRoundTrip ended)
    {
        Whose(data, ended.Account, ended.Bot);
        data.WriteNumber("id", ended.Trip.Id);
        data.WriteString("symbol", ended.Symbol);
        data.WriteString("side", ended.Trip.IsLong ? "long" : "short");
        LiveJson.Amount(data, "entry_price", ended.Trip.EntryPrice);
        LiveJson.Amount(data, "exit_price", ended.Trip.ExitPrice);
        LiveJson.Amount(data, "quantity", ended.Trip.Quantity);
        LiveJson.Amount(data, "pnl", ended.Trip.Pnl);
        data.WriteString("reason", InvariantText.Of(ended.Trip.ExitReason));
    }

    private static void Refusal(Utf8JsonWriter data, BotRefused refused)
    {
        Whose(data, refused.Account, refused.Bot);
        data.WriteString("symbol", refused.Symbol);
        data.WriteString("status", "refused");
        data.WriteString("rule", RiskWords.Of(refused.Reason.Rule));
        data.WriteString("text", RiskWords.Of(refused.Reason));
    }
}
