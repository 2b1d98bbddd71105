using System.Text.Json;
using Harrier.Testnet.Binance.Shared;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Binance.Spot;

/// <summary>Orders and fills as the venue writes them.</summary>
internal static class SpotOrderText
{
    /// <summary>Answer to a new order: only its ids.</summary>
    public static void WriteAck(ApiCall call, ExchangeOrder order)
    {
        Utf8JsonWriter json = call.Json;
        json.WriteStartObject();
        WriteIds(json, order);
        json.WriteString("clientOrderId"u8, order.ClientId);
        json.WriteNumber("transactTime"u8, call.TimeOf(order.Updated));
        json.WriteEndObject();
    }

    /// <summary>Answer to a new order: all of it, with its fills or without.</summary>
    public static void WriteResult(ApiCall call, ExchangeOrder order, bool withFills)
    {
        Utf8JsonWriter json = call.Json;
        json.WriteStartObject();
        WriteIds(json, order);
        json.WriteString("clientOrderId"u8, order.ClientId);
        json.WriteNumber("transactTime"u8, call.TimeOf(order.Updated));
        WriteAmounts(json, order);
        WriteConditions(call, order);
        if (order.IsWorking)
        {
            json.WriteNumber("workingTime"u8, call.TimeOf(order.WorkingSince));
        }

        if (withFills)
        {
            json.WriteStartArray("fills"u8);
            foreach (ExchangeFill fill in order.Fills)
            {
                WriteFill(json, fill);
            }

            json.WriteEndArray();
        }

        WriteEnd(json, order);
    }

    /// <summary>Answer to a cancel.</summary>
    public static void WriteCanceled(ApiCall call, ExchangeOrder order)
    {
        Utf8JsonWriter json = call.Json;
        json.WriteStartObject();
        json.WriteString("symbol"u8, order.Instrument.Symbol);
        json.WriteString("origClientOrderId"u8, order.OwnClientId);
        json.WriteNumber("orderId"u8, order.Id);
        json.WriteNumber("orderListId"u8, -1);
        json.WriteString("clientOrderId"u8, order.ClientId);
        json.WriteNumber("transactTime"u8, call.TimeOf(order.Updated));
        WriteAmounts(json, order);
        WriteConditions(call, order);
        WriteEnd(json, order);
    }

    /// <summary>Answer to a query.</summary>
    public static void WriteQueried(ApiCall call, ExchangeOrder order)
    {
        Utf8JsonWriter json = call.Json;
        json.WriteStartObject();
        WriteIds(json, order);
        json.WriteString("clientOrderId"u8, order.OwnClientId);
        WriteAmounts(json, order);
        json.WriteFixed("stopPrice"u8, order.Terms.StopPrice);
        json.WriteFixed("icebergQty"u8, order.Terms.IcebergQuantity);
        json.WriteNumber("time"u8, call.TimeOf(order.Created));
        json.WriteNumber("updateTime"u8, call.TimeOf(order.Updated));
        json.WriteBoolean("isWorking"u8, order.IsWorking);
        json.WriteNumber("workingTime"u8, order.IsWorking ? call.TimeOf(order.WorkingSince) : -1);
        if (order.Terms.TrailingDeltaBps > 0)
        {
            json.WriteNumber("trailingDelta"u8, order.Terms.TrailingDeltaBps);
        }

        WriteEnd(json, order);
    }

    /// <summary>One of the account's trades.</summary>
    public static void WriteTrade(ApiCall call, ExchangeFill fill)
    {
        Utf8JsonWriter json = call.Json;
        ExchangeOrder order = fill.Order;
        json.WriteStartObject();
        json.WriteString("symbol"u8, order.Instrument.Symbol);
        json.WriteNumber("id"u8, fill.TradeId);
        json.WriteNumber("orderId"u8, order.Id);
        json.WriteNumber("orderListId"u8, -1);
        json.WriteFixed("price"u8, fill.Price);
        json.WriteFixed("qty"u8, fill.Quantity);
        json.WriteFixed("quoteQty"u8, fill.QuoteQuantity);
        json.WriteFixed("commission"u8, fill.Fee);
        json.WriteString("commissionAsset"u8, fill.FeeAsset);
        json.WriteNumber("time"u8, call.TimeOf(fill.Time));
        json.WriteBoolean("isBuyer"u8, !order.Terms.IsSell);
        json.WriteBoolean("isMaker"u8, fill.IsMaker);
        json.WriteBoolean("isBestMatch"u8, true);
        json.WriteEndObject();
    }

    private static void WriteFill(Utf8JsonWriter json, ExchangeFill fill)
    {
        json.WriteStartObject();
        json.WriteFixed("price"u8, fill.Price);
        json.WriteFixed("qty"u8, fill.Quantity);
        json.WriteFixed("commission"u8, fill.Fee);
        json.WriteString("commissionAsset"u8, fill.FeeAsset);
        json.WriteNumber("tradeId"u8, fill.TradeId);
        json.WriteEndObject();
    }

    private static void WriteIds(Utf8JsonWriter json, ExchangeOrder order)
    {
        json.WriteString("symbol"u8, order.Instrument.Symbol);
        json.WriteNumber("orderId"u8, order.Id);
        json.WriteNumber("orderListId"u8, -1);
    }

    private static void WriteAmounts(Utf8JsonWriter json, ExchangeOrder order)
    {
        json.WriteFixed("price"u8, order.Price);
        json.WriteFixed("origQty"u8, order.Quantity);
        json.WriteFixed("executedQty"u8, order.Executed);
        json.WriteFixed("origQuoteOrderQty"u8, order.Terms.QuoteQuantity);
        json.WriteFixed("cummulativeQuoteQty"u8, order.ExecutedQuote);
        json.WriteString("status"u8, SpotWords.Status(order.Status));
        json.WriteString("timeInForce"u8, SpotWords.TimeInForce(order.Terms));
        json.WriteString("type"u8, SpotWords.Type(order.Terms));
        json.WriteString("side"u8, SpotWords.Side(order.Terms.IsSell));
    }

    private static void WriteConditions(ApiCall call, ExchangeOrder order)
    {
        Utf8JsonWriter json = call.Json;
        if (order.Terms.StopPrice > 0)
        {
            json.WriteFixed("stopPrice"u8, order.Terms.StopPrice);
        }

        if (order.Terms.IcebergQuantity > 0)
        {
            json.WriteFixed("icebergQty"u8, order.Terms.IcebergQuantity);
        }

        if (order.Terms.TrailingDeltaBps > 0)
        {
            json.WriteNumber("trailingDelta"u8, order.Terms.TrailingDeltaBps);
            json.WriteNumber("trailingTime"u8, -1);
        }
    }

    private static void WriteEnd(Utf8JsonWriter json, ExchangeOrder order)
    {
        if (order.Prevented > 0)
        {
            json.WriteFixed("preventedQuantity"u8, order.Prevented);
        }

        if (order.EndReason is { } reason && order.Status == ExchangeOrderStatus.Expired)
        {
            json.WriteString("expiryReason"u8, reason);
        }

        json.WriteString("selfTradePreventionMode"u8, SpotWords.SelfTrade(order.Terms.Stp));
        json.WriteEndObject();
    }
}
