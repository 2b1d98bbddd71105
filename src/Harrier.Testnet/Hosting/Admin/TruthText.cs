using System.Globalization;
using System.Text.Json;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Hosting.Admin;

/// <summary>What the exchange knows of an account, in no venue's form, for comparing with what a client believes.</summary>
internal static class TruthText
{
    private const int MostRows = 100_000;

    /// <summary>Writes orders, fills, balances and positions of an account of one market; called inside the gate.</summary>
    public static void Write(Utf8JsonWriter json, ExchangeCore core, ExchangeAccount account, IFrontEnd frontEnd)
    {
        HistoryRange all = new(FromId: 0, Limit: MostRows);
        json.WriteStartObject();
        json.WriteStartArray("orders");
        foreach (ExchangeOrder order in core.Listings.SelectMany(l => core.OrderHistory(account, l.Symbol, all)).OrderBy(o => o.Id))
        {
            WriteOrder(json, order);
        }

        json.WriteEndArray();
        json.WriteStartArray("fills");
        foreach (ExchangeFill fill in core.Listings.SelectMany(l => core.Fills(account, l.Symbol, null, all)).OrderBy(f => f.Time).ThenBy(f => f.TradeId))
        {
            WriteFill(json, fill);
        }

        json.WriteEndArray();
        json.WriteStartArray("balances");
        foreach (AssetBalance balance in account.Balances)
        {
            json.WriteStartObject();
            json.WriteString("asset", balance.Asset);
            Write(json, "free", balance.Free);
            Write(json, "locked", balance.Locked);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("positions");
        foreach (ExchangePosition position in account.Positions.Where(p => p.Quantity != 0))
        {
            WritePosition(json, position);
        }

        json.WriteEndArray();
        frontEnd.WriteTruth(json, account);
        json.WriteEndObject();
    }

    private static void WriteOrder(Utf8JsonWriter json, ExchangeOrder order)
    {
        json.WriteStartObject();
        json.WriteNumber("id", order.Id);
        json.WriteString("clientId", order.OwnClientId);
        json.WriteString("symbol", order.Instrument.Symbol);
        json.WriteString("side", order.Terms.IsSell ? "sell" : "buy");
        json.WriteString("type", order.Terms.Type.ToString());
        json.WriteString("status", order.Status.ToString());
        json.WriteBoolean("isOpen", order.IsOpen);
        json.WriteBoolean("isConditional", order.IsConditional);
        Write(json, "price", order.Price);
        Write(json, "stopPrice", order.Terms.StopPrice);
        Write(json, "quantity", order.Quantity);
        Write(json, "executed", order.Executed);
        Write(json, "executedQuote", order.ExecutedQuote);
        json.WriteNumber("createdMs", order.Created.UnixMilliseconds);
        json.WriteNumber("updatedMs", order.Updated.UnixMilliseconds);
        json.WriteEndObject();
    }

    private static void WriteFill(Utf8JsonWriter json, ExchangeFill fill)
    {
        json.WriteStartObject();
        json.WriteNumber("tradeId", fill.TradeId);
        json.WriteNumber("orderId", fill.Order.Id);
        json.WriteString("symbol", fill.Order.Instrument.Symbol);
        json.WriteString("side", fill.Order.Terms.IsSell ? "sell" : "buy");
        Write(json, "price", fill.Price);
        Write(json, "quantity", fill.Quantity);
        Write(json, "fee", fill.Fee);
        json.WriteString("feeAsset", fill.FeeAsset);
        json.WriteBoolean("isMaker", fill.IsMaker);
        Write(json, "realizedPnl", fill.RealizedPnl);
        json.WriteNumber("timeMs", fill.Time.UnixMilliseconds);
        json.WriteEndObject();
    }

    private static void WritePosition(Utf8JsonWriter json, ExchangePosition position)
    {
        json.WriteStartObject();
        json.WriteString("symbol", position.Instrument.Symbol);
        Write(json, "quantity", position.Quantity);
        Write(json, "entryPrice", position.EntryPrice);
        Write(json, "markPrice", position.Instrument.MarkPrice);
        Write(json, "unrealizedPnl", position.UnrealizedPnl);
        Write(json, "liquidationPrice", position.LiquidationPrice);
        json.WriteNumber("leverage", position.Leverage);
        json.WriteBoolean("isolated", position.Isolated);
        json.WriteEndObject();
    }

    // Without the zeros that decimal arithmetic leaves behind.
    private static void Write(Utf8JsonWriter json, string name, decimal value) =>
        json.WriteString(name, value.ToString("0.##################", CultureInfo.InvariantCulture));
}
