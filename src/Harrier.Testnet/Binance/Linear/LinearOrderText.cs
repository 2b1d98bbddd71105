using System.Globalization;
using System.Text.Json;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Binance.Linear;

/// <summary>Orders and fills as REST answers them.</summary>
internal static class LinearOrderText
{
    /// <summary>The answer to placing, changing or canceling: without average price and quote amount, which are no longer promised there (2026-07-15).</summary>
    /// <param name="json">Where to.</param>
    /// <param name="order">The order.</param>
    /// <param name="isAcknowledgement">Whether to tell it as it was when it was taken, before it matched.</param>
    public static void WriteResult(Utf8JsonWriter json, ExchangeOrder order, bool isAcknowledgement = false)
    {
        decimal executed = isAcknowledgement ? 0 : order.Executed;
        json.WriteStartObject();
        json.WriteNumber("orderId"u8, order.Id);
        json.WriteString("symbol"u8, order.Instrument.Symbol);
        json.WriteString("status"u8, isAcknowledgement ? "NEW" : LinearWords.Status(order));
        json.WriteString("clientOrderId"u8, order.OwnClientId);
        json.WritePrice("price"u8, order.Instrument, order.Price);
        json.WriteQuantity("origQty"u8, order.Instrument, order.Quantity);
        json.WriteQuantity("executedQty"u8, order.Instrument, executed);
        json.WriteQuantity("cumQty"u8, order.Instrument, executed);
        WriteTerms(json, order);
        json.WriteNumber("updateTime"u8, order.Updated.UnixMilliseconds);
        json.WriteEndObject();
    }

    /// <summary>The answer to a query.</summary>
    public static void Write(Utf8JsonWriter json, ExchangeOrder order)
    {
        json.WriteStartObject();
        json.WriteNumber("orderId"u8, order.Id);
        json.WriteString("symbol"u8, order.Instrument.Symbol);
        json.WriteString("status"u8, LinearWords.Status(order));
        json.WriteString("clientOrderId"u8, order.OwnClientId);
        json.WritePrice("price"u8, order.Instrument, order.Price);
        json.WriteDigits("avgPrice"u8, order.AveragePrice, InstrumentNumbers.MoneyDigits);
        json.WriteQuantity("origQty"u8, order.Instrument, order.Quantity);
        json.WriteQuantity("executedQty"u8, order.Instrument, order.Executed);
        json.WriteMoney("cumQuote"u8, order.ExecutedQuote);
        WriteTerms(json, order);
        json.WriteNumber("time"u8, order.Created.UnixMilliseconds);
        json.WriteNumber("updateTime"u8, order.Updated.UnixMilliseconds);
        json.WriteEndObject();
    }

    /// <summary>A conditional order.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="order">The order.</param>
    /// <param name="child">The order it made, if any.</param>
    public static void WriteAlgo(Utf8JsonWriter json, ExchangeOrder order, ExchangeOrder? child)
    {
        NewOrder terms = order.Terms;
        json.WriteStartObject();
        json.WriteNumber("algoId"u8, order.Id);
        json.WriteString("clientAlgoId"u8, order.OwnClientId);
        json.WriteString("algoType"u8, "CONDITIONAL");
        json.WriteString("orderType"u8, LinearWords.AlgoType(terms.Type));
        json.WriteString("symbol"u8, order.Instrument.Symbol);
        json.WriteString("side"u8, LinearWords.Side(terms.IsSell));
        json.WriteString("positionSide"u8, "BOTH");
        json.WriteString("timeInForce"u8, LinearWords.TimeInForce(terms));
        json.WriteQuantity("quantity"u8, order.Instrument, order.Quantity);
        json.WriteString("algoStatus"u8, order.Status == ExchangeOrderStatus.Triggered && child is { IsOpen: false } ? "FINISHED" : LinearWords.AlgoStatus(order));
        json.WriteString("actualOrderId"u8, order.ChildOrderId == 0 ? "" : order.ChildOrderId.ToString(CultureInfo.InvariantCulture));
        json.WriteDigits("actualPrice"u8, child?.AveragePrice ?? 0, InstrumentNumbers.MoneyDigits);
        if (child is not null)
        {
            json.WriteQuantity("actualQty"u8, order.Instrument, child.Executed);
            json.WriteString("actualType"u8, LinearWords.PlainType(child));
        }

        json.WritePrice("triggerPrice"u8, order.Instrument, order.TriggerPrice);
        json.WritePrice("price"u8, order.Instrument, terms.Price);
        json.WriteNull("icebergQuantity"u8);
        json.WriteString("selfTradePreventionMode"u8, LinearWords.SelfTrade(terms.Stp));
        json.WriteString("workingType"u8, LinearWords.WorkingType(terms));
        json.WriteString("priceMatch"u8, "NONE");
        json.WriteBoolean("closePosition"u8, terms.ClosePosition);
        json.WriteBoolean("priceProtect"u8, false);
        json.WriteBoolean("reduceOnly"u8, terms.ReduceOnly || terms.ClosePosition);
        WriteTrailing(json, terms);
        json.WriteNumber("createTime"u8, order.Created.UnixMilliseconds);
        json.WriteNumber("updateTime"u8, order.Updated.UnixMilliseconds);
        json.WriteNumber("triggerTime"u8, order.ChildOrderId == 0 ? 0 : child?.Created.UnixMilliseconds ?? order.Updated.UnixMilliseconds);
        json.WriteNumber("goodTillDate"u8, terms.GoodTill.UnixMilliseconds);
        json.WriteEndObject();
    }

    /// <summary>One fill of the caller's.</summary>
    public static void WriteFill(Utf8JsonWriter json, ExchangeFill fill)
    {
        ExchangeOrder order = fill.Order;
        json.WriteStartObject();
        json.WriteString("symbol"u8, order.Instrument.Symbol);
        json.WriteNumber("id"u8, fill.TradeId);
        json.WriteNumber("orderId"u8, order.Id);
        json.WriteString("side"u8, LinearWords.Side(order.Terms.IsSell));
        json.WritePrice("price"u8, order.Instrument, fill.Price);
        json.WriteQuantity("qty"u8, order.Instrument, fill.Quantity);
        json.WriteMoney("realizedPnl"u8, fill.RealizedPnl);
        json.WriteMoney("quoteQty"u8, fill.QuoteQuantity);
        json.WriteMoney("commission"u8, fill.Fee);
        json.WriteString("commissionAsset"u8, fill.FeeAsset);
        json.WriteNumber("time"u8, fill.Time.UnixMilliseconds);
        json.WriteString("positionSide"u8, "BOTH");
        json.WriteBoolean("buyer"u8, !order.Terms.IsSell);
        json.WriteBoolean("maker"u8, fill.IsMaker);
        json.WriteEndObject();
    }

    private static void WriteTerms(Utf8JsonWriter json, ExchangeOrder order)
    {
        NewOrder terms = order.Terms;
        string type = LinearWords.PlainType(order);
        json.WriteString("timeInForce"u8, LinearWords.TimeInForce(terms));
        json.WriteString("type"u8, type);
        json.WriteBoolean("reduceOnly"u8, terms.ReduceOnly);
        json.WriteBoolean("closePosition"u8, terms.ClosePosition);
        json.WriteString("side"u8, LinearWords.Side(terms.IsSell));
        json.WriteString("positionSide"u8, "BOTH");
        json.WritePrice("stopPrice"u8, order.Instrument, 0);
        json.WriteString("workingType"u8, "CONTRACT_PRICE");
        json.WriteBoolean("priceProtect"u8, false);
        json.WriteString("origType"u8, type);
        json.WriteString("priceMatch"u8, "NONE");
        json.WriteString("selfTradePreventionMode"u8, LinearWords.SelfTrade(terms.Stp));
        json.WriteNumber("goodTillDate"u8, terms.GoodTill.UnixMilliseconds);
    }

    private static void WriteTrailing(Utf8JsonWriter json, in NewOrder terms)
    {
        if (terms.Type == ExchangeOrderType.TrailingStop)
        {
            json.WritePlain("callbackRate"u8, terms.TrailingDeltaBps / 100m);
            json.WritePlain("activatePrice"u8, terms.StopPrice);
        }
    }
}
