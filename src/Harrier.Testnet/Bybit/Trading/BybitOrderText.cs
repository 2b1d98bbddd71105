using System.Globalization;
using System.Text.Json;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Bybit.Trading;

/// <summary>Orders and fills as requests list them and streams tell them.</summary>
/// <param name="market">Whose.</param>
/// <param name="notes">What the exchange does not remember of orders.</param>
internal sealed class BybitOrderText(BybitMarket market, BybitNotes notes)
{
    /// <summary>Writes an order.</summary>
    /// <param name="json">Where.</param>
    /// <param name="order">The order; what a conditional order made at its trigger appears under the id of the latter.</param>
    /// <param name="status">A status that passes at once; null for the one it has.</param>
    public void Write(Utf8JsonWriter json, ExchangeOrder order, string? status = null)
    {
        ListedInstrument instrument = order.Instrument;
        BybitNote note = notes.Of(order) ?? new BybitNote();
        json.WriteStartObject();
        json.WriteString("category"u8, market.Category);
        json.WriteString("symbol"u8, instrument.Symbol);
        json.WriteString("orderId"u8, market.Ids.Of(order));
        json.WriteString("orderLinkId"u8, LinkIdOf(order));
        json.WriteString("blockTradeId"u8, "");
        json.WriteString("side"u8, BybitWords.Side(order.Terms.IsSell));
        json.WriteNumber("positionIdx"u8, 0);
        json.WriteString("orderStatus"u8, status ?? BybitWords.Status(order));
        json.WriteString("createType"u8, order.IsLiquidation ? "CreateByLiq" : note.CreateType);
        json.WriteString("cancelType"u8, BybitWords.CancelType(order));
        json.WriteString("rejectReason"u8, BybitWords.RejectReason(order));
        WriteAmounts(json, order, instrument);
        json.WriteString("timeInForce"u8, BybitWords.TimeInForce(order));
        json.WriteString("orderType"u8, order.HasLimitPrice ? "Limit" : "Market");
        WriteTrigger(json, order, note);
        WriteExits(json, instrument, note);
        json.WriteBoolean("reduceOnly"u8, order.Terms.ReduceOnly || order.Terms.ClosePosition);
        json.WriteBoolean("closeOnTrigger"u8, order.Terms.ClosePosition);
        json.WriteString("smpType"u8, BybitWords.SelfTrade(order.Terms.Stp));
        json.WriteNumber("smpGroup"u8, 0);
        json.WriteString("smpOrderId"u8, "");
        json.WriteString("isLeverage"u8, market.IsSpot ? "0" : "");
        json.WriteString("orderIv"u8, "");
        json.WriteString("placeType"u8, "");
        json.WriteString("marketUnit"u8, !market.IsSpot || order.HasLimitPrice ? "" : order.Terms.QuoteQuantity > 0 ? "quoteCoin" : "baseCoin");
        json.WritePrice("lastPriceOnCreated"u8, instrument, note.LastPrice);
        json.WriteString("createdTime"u8, Time((order.Parent ?? order).Created));
        json.WriteString("updatedTime"u8, Time(order.Updated));
        json.WriteEndObject();
    }

    /// <summary>Writes a fill.</summary>
    public void Write(Utf8JsonWriter json, ExchangeFill fill)
    {
        ExchangeOrder order = fill.Order;
        ListedInstrument instrument = order.Instrument;
        json.WriteStartObject();
        json.WriteString("category"u8, market.Category);
        json.WriteString("symbol"u8, instrument.Symbol);
        json.WriteString("orderId"u8, market.Ids.Of(order));
        json.WriteString("orderLinkId"u8, LinkIdOf(order));
        json.WriteString("side"u8, BybitWords.Side(order.Terms.IsSell));
        json.WritePrice("orderPrice"u8, instrument, order.Price);
        json.WritePlain("orderQty"u8, order.Quantity);
        json.WritePlain("leavesQty"u8, order.IsOpen ? order.Remaining : 0);
        json.WriteString("orderType"u8, order.HasLimitPrice ? "Limit" : "Market");
        json.WriteString("stopOrderType"u8, StopTypeOf(order, notes.Of(order)));
        json.WriteString("createType"u8, order.IsLiquidation ? "CreateByLiq" : notes.Of(order)?.CreateType ?? "CreateByUser");
        json.WriteString("execId"u8, market.Ids.Of(fill));
        json.WritePrice("execPrice"u8, instrument, fill.Price);
        json.WritePlain("execQty"u8, fill.Quantity);
        json.WritePlain("execValue"u8, fill.QuoteQuantity);
        json.WritePlain("execFee"u8, fill.Fee);
        json.WriteString("execFeeV2"u8, "");
        json.WriteString("execType"u8, order.IsLiquidation ? "BustTrade" : "Trade");
        json.WriteString("execTime"u8, Time(fill.Time));
        json.WriteString("feeCurrency"u8, fill.FeeAsset);
        json.WritePlain("feeRate"u8, fill.IsMaker ? order.Account.MakerFee : order.Account.TakerFee);
        json.WriteBoolean("isMaker"u8, fill.IsMaker);
        json.WriteString("isLeverage"u8, "0");
        json.WritePlain("closedSize"u8, fill.ClosedQuantity);
        json.WritePlain("execPnl"u8, fill.RealizedPnl);
        json.WritePrice("markPrice"u8, instrument, instrument.MarkPrice);
        json.WriteString("indexPrice"u8, "");
        json.WriteString("underlyingPrice"u8, "");
        json.WriteString("tradeIv"u8, "");
        json.WriteString("markIv"u8, "");
        json.WriteString("blockTradeId"u8, "");
        json.WriteString("marketUnit"u8, "");
        json.WriteNumber("seq"u8, fill.TradeId);
        json.WriteEndObject();
    }

    /// <summary>A time as the venue writes it among the members of orders.</summary>
    public static string Time(Domain.Timestamp time) => time.UnixMilliseconds.ToString(CultureInfo.InvariantCulture);

    /// <summary>The client's id of an order; what the exchange makes itself has none.</summary>
    public static string LinkIdOf(ExchangeOrder order) => order.IsLiquidation ? "" : (order.Parent ?? order).OwnClientId;

    private static string StopTypeOf(ExchangeOrder order, BybitNote? note) =>
        note is { StopOrderType.Length: > 0 } ? note.StopOrderType : BybitWords.IsStop(order) ? "Stop" : "";

    private static void WriteAmounts(Utf8JsonWriter json, ExchangeOrder order, ListedInstrument instrument)
    {
        bool isFilled = order.Executed > 0;
        decimal left = order.IsOpen ? order.Remaining : 0;
        json.WritePrice("price"u8, instrument, order.HasLimitPrice ? order.Price : 0);
        json.WritePlain("qty"u8, order.Terms.QuoteQuantity > 0 ? order.Terms.QuoteQuantity : order.Quantity);
        if (isFilled)
        {
            json.WritePlain("avgPrice"u8, decimal.Round(order.AveragePrice, 10));
        }
        else
        {
            json.WriteString("avgPrice"u8, "");
        }

        json.WritePlain("leavesQty"u8, left);
        json.WritePlain("leavesValue"u8, left * (order.HasLimitPrice ? order.Price : order.TriggerPrice));
        json.WritePlain("cumExecQty"u8, order.Executed);
        json.WritePlain("cumExecValue"u8, order.ExecutedQuote);
        json.WritePlain("cumExecFee"u8, order.Fills.Sum(f => f.Fee));
        json.WriteString("feeCurrency"u8, order.Fills.Count > 0 ? order.Fills[0].FeeAsset : "");
        json.WriteStartObject("cumFeeDetail"u8);
        foreach (IGrouping<string, ExchangeFill> fees in order.Fills.GroupBy(f => f.FeeAsset))
        {
            json.WritePlain(System.Text.Encoding.UTF8.GetBytes(fees.Key), fees.Sum(f => f.Fee));
        }

        json.WriteEndObject();
        json.WritePlain("closedPnl"u8, order.Fills.Sum(f => f.RealizedPnl));
    }

    private static void WriteTrigger(Utf8JsonWriter json, ExchangeOrder order, BybitNote note)
    {
        ExchangeOrder origin = order.Parent ?? order;
        bool isStop = BybitWords.IsStop(order);
        json.WriteString("stopOrderType"u8, StopTypeOf(order, note));
        json.WritePrice("triggerPrice"u8, order.Instrument, isStop ? origin.TriggerPrice : 0);
        json.WriteNumber("triggerDirection"u8, !isStop ? 0 : OrderChecks.TriggersAbove(origin.Terms) ? 1 : 2);
        json.WriteString("triggerBy"u8, !isStop ? "" : origin.Terms.TriggerByMark ? "MarkPrice" : "LastPrice");
    }

    private static void WriteExits(Utf8JsonWriter json, ListedInstrument instrument, BybitNote note)
    {
        bool hasExits = note.TakeProfit > 0 || note.StopLoss > 0;
        WriteExit(json, "takeProfit"u8, instrument, note.TakeProfit);
        WriteExit(json, "stopLoss"u8, instrument, note.StopLoss);
        json.WriteString("tpTriggerBy"u8, note.TakeProfit == 0 ? "" : note.TakeProfitByMark ? "MarkPrice" : "LastPrice");
        json.WriteString("slTriggerBy"u8, note.StopLoss == 0 ? "" : note.StopLossByMark ? "MarkPrice" : "LastPrice");
        json.WriteString("tpLimitPrice"u8, "");
        json.WriteString("slLimitPrice"u8, "");
        if (instrument.Kind == MarketKind.Linear)
        {
            // Clients tell a contract's order by this member.
            json.WriteString("tpslMode"u8, hasExits ? "Full" : "");
        }

        json.WriteString("ocoTriggerBy"u8, "");
    }

    private static void WriteExit(Utf8JsonWriter json, ReadOnlySpan<byte> name, ListedInstrument instrument, decimal price)
    {
        if (price > 0)
        {
            json.WritePrice(name, instrument, price);
        }
        else
        {
            json.WriteString(name, "");
        }
    }
}
