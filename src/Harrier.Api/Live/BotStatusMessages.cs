using System.Globalization;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Features.Portfolio;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Portfolio;
using Harrier.Storage.Records.Rows;

namespace Harrier.Api.Live;

/// <summary>The messages of <c>/ws/bot/status/</c>, as guide 003 has them. What the run does not know is null.</summary>
internal static class BotStatusMessages
{
    /// <summary>Said first.</summary>
    public static ReadOnlyMemory<byte> Connection { get; } = LiveJson.Encode(static json =>
    {
        json.WriteString("type", "connection");
        json.WriteString("message", "Connected to bot status stream");
    });

    /// <summary>An execution.</summary>
    /// <param name="json">Takes it.</param>
    /// <param name="filled">The execution.</param>
    /// <param name="confidence">Confidence of the bot's last signal; null before the first.</param>
    public static void TradeExecuted(Utf8JsonWriter json, BotFilled filled, double? confidence)
    {
        bool isBuy = filled.Fill.Side == OrderSide.Buy;
        (Asset from, Asset to) = isBuy ? (filled.Instrument.Quote, filled.Instrument.Base) : (filled.Instrument.Base, filled.Instrument.Quote);
        json.WriteString("type", "trade_executed");
        json.WriteStartObject("data");
        json.WriteString("from_pair", from.ToString());
        json.WriteString("to_pair", to.ToString());
        LiveJson.Amount(json, "amount", filled.Fill.Quantity);
        Number(json, "confidence", confidence);
        json.WriteNull("risk");
        json.WriteNull("expected_return");
        json.WriteString("symbol", filled.Instrument.Symbol);
        json.WriteString("bot", filled.Bot);
        LiveJson.Amount(json, "price", filled.Fill.Price);
        json.WriteEndObject();
        LiveJson.Time(json, "timestamp", filled.Time);
    }

    /// <summary>Executions as rows of a table, newest first.</summary>
    public static void Trades(Utf8JsonWriter json, string name, IEnumerable<FillRow> fills)
    {
        json.WriteStartArray(name);
        foreach (FillRow fill in fills)
        {
            json.WriteStartObject();
            json.WriteString("id", fill.TradeId);
            json.WriteString("pair", fill.Symbol);
            json.WriteString("bot", fill.Bot);
            json.WriteString("decision", fill.Side.ToUpperInvariant());
            json.WriteString("status", "EXECUTED");
            LiveJson.Amount(json, "amount", fill.Quantity);
            LiveJson.Amount(json, "price", fill.Price);
            json.WriteNull("confidence");
            json.WriteNull("risk");
            json.WriteNull("volatility");
            json.WriteString("reason", fill.Purpose);
            LiveJson.Time(json, "created_at", fill.Time);
            LiveJson.Time(json, "executed_at", fill.Time);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A conversion of a portfolio bot, exactly as guide 003 has it.</summary>
    /// <param name="json">Takes it.</param>
    /// <param name="happened">The decision that was executed.</param>
    public static void TradeExecuted(Utf8JsonWriter json, DecisionChanged happened)
    {
        PortfolioDecision decision = happened.Decision;
        json.WriteString("type", "trade_executed");
        json.WriteStartObject("data");
        json.WriteString("from_pair", decision.From.Asset.Code);
        json.WriteString("to_pair", decision.To.Asset.Code);
        json.WriteNumber("amount", decision.From.Amount);
        json.WriteNumber("confidence", decision.Figures.Confidence);
        json.WriteNumber("risk", decision.Figures.Risk);
        json.WriteString("expected_return", decision.Figures.ExpectedReturn.ToString("0.############", CultureInfo.InvariantCulture));
        json.WriteEndObject();
        LiveJson.Time(json, "timestamp", happened.Time);
    }

    /// <summary>Decisions of portfolio bots, newest first.</summary>
    public static void Decisions(Utf8JsonWriter json, string name, IEnumerable<DecisionRow> decisions)
    {
        json.WriteStartArray(name);
        foreach (DecisionRow row in decisions)
        {
            json.WriteStartObject();
            json.WriteNumber("id", row.Number);
            json.WriteString("from_pair", row.FromAsset);
            json.WriteString("to_pair", row.ToAsset);
            json.WriteString("decision", row.Decision);
            json.WriteString("status", row.Status);
            LiveJson.Amount(json, "amount", row.Amount);
            LiveJson.Amount(json, "from_price", row.FromPrice);
            LiveJson.Amount(json, "to_price", row.ToPrice);
            json.WriteNumber("confidence", row.Confidence);
            json.WriteNumber("risk", row.Risk);
            json.WriteNumber("volatility", row.Volatility);
            json.WriteString("reason", row.Reason);
            LiveJson.Time(json, "created_at", row.CreatedAt);
            if (row.ExecutedAt is { } ended)
            {
                LiveJson.Time(json, "executed_at", ended);
            }
            else
            {
                json.WriteNull("executed_at");
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Conversions that a portfolio bot considered, the best first.</summary>
    public static void Opportunities(Utf8JsonWriter json, string name, IEnumerable<TradeOpportunity> opportunities)
    {
        json.WriteStartArray(name);
        foreach (TradeOpportunity one in opportunities)
        {
            json.WriteStartObject();
            json.WriteString("from_pair", one.From.Asset.Code);
            json.WriteString("to_pair", one.To.Asset.Code);
            json.WriteString("decision", one.Direction == TradeDirection.Buy ? "BUY" : "SELL");
            LiveJson.Amount(json, "amount", one.From.Amount);
            LiveJson.Amount(json, "from_price", one.FromPrice);
            LiveJson.Amount(json, "to_price", one.ToPrice);
            json.WriteNumber("confidence", one.Confidence);
            json.WriteNumber("risk", one.Risk);
            json.WriteNumber("volatility", one.Volatility);
            json.WriteNumber("expected_return", one.ExpectedReturn);
            json.WriteNumber("score", one.Score);
            json.WriteBoolean("passes", one.Passes);
            json.WriteString("reason", one.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
