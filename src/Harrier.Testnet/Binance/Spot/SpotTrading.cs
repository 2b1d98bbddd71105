using Harrier.Domain;
using Harrier.Testnet.Binance.Shared;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Binance.Spot;

/// <summary>Placing, canceling, amending and reading orders.</summary>
/// <param name="market">The market.</param>
internal sealed class SpotTrading(SpotMarket market)
{
    private const int MaxRows = 1000;

    private readonly SpotOrderReader _reader = new(market);

    /// <summary><c>POST order</c>.</summary>
    public ApiFault? Place(ApiCall call)
    {
        NewOrder order = _reader.Read(call, out SpotAnswer answer);
        if (call.Parameters.Finish() is { } fault)
        {
            return fault;
        }

        Placement placement = market.Core.Place(call.Owner, order);
        if (placement.Refusal is { } refusal)
        {
            return SpotRefusals.OfNew(refusal);
        }

        if (placement.Order is { } placed)
        {
            Write(call, placed, answer);
        }

        return null;
    }

    /// <summary>Cost of a test: more with commissions.</summary>
    public static int TestWeight(ApiParameters parameters) =>
        string.Equals(parameters.Peek("computeCommissionRates"), "true", StringComparison.OrdinalIgnoreCase) ? 20 : 1;

    /// <summary><c>POST order/test</c>: all checks, no effect.</summary>
    public ApiFault? Test(ApiCall call)
    {
        NewOrder order = _reader.Read(call, out _);
        bool withRates = call.Parameters.Flag("computeCommissionRates") ?? false;
        if (call.Parameters.Finish() is { } fault)
        {
            return fault;
        }

        if (market.Core.Place(call.Owner, order with { DryRun = true }).Refusal is { } refusal)
        {
            return SpotRefusals.OfNew(refusal);
        }

        call.Json.WriteStartObject();
        if (withRates)
        {
            SpotAccount.WriteRates(call.Json, "standardCommissionForOrder", call.Owner.MakerFee, call.Owner.TakerFee);
            SpotAccount.WriteRates(call.Json, "taxCommissionForOrder", 0, 0);
        }

        call.Json.WriteEndObject();
        return null;
    }

    /// <summary><c>DELETE order</c>.</summary>
    public ApiFault? Cancel(ApiCall call)
    {
        OrderKey? key = Key(call, "orderId", "origClientOrderId");
        string cancelId = call.Parameters.ClientId("newClientOrderId") ?? "";
        string? restriction = Restriction(call.Parameters);
        if (call.Parameters.Finish() is { } fault || key is not { } known)
        {
            return call.Parameters.Fault;
        }

        if (Restricted(call.Owner, known, restriction) is { } restricted)
        {
            return restricted;
        }

        Cancellation cancellation = market.Core.Cancel(call.Owner, known, cancelId);
        if (cancellation.Order is not { } order)
        {
            return SpotRefusals.OfCancel(cancellation.Refusal ?? default);
        }

        SpotOrderText.WriteCanceled(call, order);
        return null;
    }

    /// <summary>The restriction of a cancel, if any.</summary>
    public static string? Restriction(ApiParameters parameters)
    {
        string? restriction = parameters.Text("cancelRestrictions");
        if (restriction is not (null or "ONLY_NEW" or "ONLY_PARTIALLY_FILLED"))
        {
            parameters.Fail(ApiFault.Bad(-1145, "Invalid cancelRestrictions."));
        }

        return restriction;
    }

    /// <summary>Why a restricted cancel must not happen.</summary>
    public ApiFault? Restricted(ExchangeAccount account, OrderKey key, string? restriction)
    {
        if (restriction is null || market.Core.FindOrder(account, key) is not { IsOpen: true } order)
        {
            return null;
        }

        bool isNew = order.Status == ExchangeOrderStatus.New;
        return isNew == (restriction == "ONLY_NEW") ? null : ApiFault.Bad(-2011, "Order was not canceled due to cancel restrictions.");
    }

    /// <summary><c>DELETE openOrders</c>.</summary>
    public ApiFault? CancelAll(ApiCall call)
    {
        ListedInstrument? instrument = market.Instrument(call);
        if (call.Parameters.Finish() is { } fault || instrument is null)
        {
            return call.Parameters.Fault;
        }

        IReadOnlyList<ExchangeOrder> canceled = market.Core.CancelAll(call.Owner, instrument.Symbol, conditional: false);
        if (canceled.Count == 0)
        {
            return ApiFault.Bad(-2011, "Unknown order sent.");
        }

        call.Json.WriteStartArray();
        foreach (ExchangeOrder order in canceled)
        {
            SpotOrderText.WriteCanceled(call, order);
        }

        call.Json.WriteEndArray();
        return null;
    }

    /// <summary><c>PUT order/amend/keepPriority</c>.</summary>
    public ApiFault? Amend(ApiCall call)
    {
        OrderKey? key = Key(call, "orderId", "origClientOrderId");
        decimal quantity = call.Parameters.RequiredDecimal("newQty");

        // The venue lets an amendment rename the order; the exchange keeps its name, which the answer shows.
        _ = call.Parameters.ClientId("newClientOrderId");
        if (call.Parameters.Finish() is { } fault || key is not { } known)
        {
            return call.Parameters.Fault;
        }

        Amendment amendment = market.Core.Amend(call.Owner, known, quantity, newPrice: null, keepPriority: true);
        if (amendment.Order is not { } order)
        {
            return SpotRefusals.OfAmend(amendment.Refusal ?? default);
        }

        call.Json.WriteStartObject();
        call.Json.WriteNumber("transactTime"u8, call.TimeOf(order.Updated));
        call.Json.WriteNumber("executionId"u8, order.Updated.UnixMilliseconds);
        call.Json.WritePropertyName("amendedOrder"u8);
        SpotOrderText.WriteQueried(call, order);
        call.Json.WriteEndObject();
        return null;
    }

    /// <summary><c>GET order</c>.</summary>
    public ApiFault? Query(ApiCall call)
    {
        OrderKey? key = Key(call, "orderId", "origClientOrderId");
        if (call.Parameters.Finish() is { } fault || key is not { } known)
        {
            return call.Parameters.Fault;
        }

        if (market.Core.FindOrder(call.Owner, known) is not { } order)
        {
            return ApiFault.NoSuchOrder;
        }

        SpotOrderText.WriteQueried(call, order);
        return null;
    }

    /// <summary>Cost of open orders: more for all symbols.</summary>
    public static int OpenWeight(ApiParameters parameters) => parameters.Has("symbol") ? 6 : 80;

    /// <summary><c>GET openOrders</c>.</summary>
    public ApiFault? Open(ApiCall call)
    {
        ListedInstrument? instrument = call.Parameters.Has("symbol") ? market.Instrument(call) : null;
        if (call.Parameters.Finish() is { } fault)
        {
            return fault;
        }

        WriteOrders(call, market.Core.OpenOrders(call.Owner, instrument?.Symbol));
        return null;
    }

    /// <summary><c>GET allOrders</c>.</summary>
    public ApiFault? All(ApiCall call)
    {
        ListedInstrument? instrument = market.Instrument(call);
        HistoryRange range = Range(call, "orderId");
        if (call.Parameters.Finish() is { } fault || instrument is null)
        {
            return call.Parameters.Fault;
        }

        WriteOrders(call, market.Core.OrderHistory(call.Owner, instrument.Symbol, range));
        return null;
    }

    /// <summary>Cost of own trades: less for one order.</summary>
    public static int TradesWeight(ApiParameters parameters) => parameters.Has("orderId") ? 5 : 20;

    /// <summary><c>GET myTrades</c>.</summary>
    public ApiFault? Trades(ApiCall call)
    {
        ListedInstrument? instrument = market.Instrument(call);
        long? orderId = call.Parameters.Integer("orderId");
        HistoryRange range = Range(call, "fromId");
        if (orderId is not null && (range.Start is not null || range.End is not null))
        {
            call.Parameters.Fail(ApiFault.BadCombination);
        }

        if (call.Parameters.Finish() is { } fault || instrument is null)
        {
            return call.Parameters.Fault;
        }

        call.Json.WriteStartArray();
        foreach (ExchangeFill fill in market.Core.Fills(call.Owner, instrument.Symbol, orderId, range))
        {
            SpotOrderText.WriteTrade(call, fill);
        }

        call.Json.WriteEndArray();
        return null;
    }

    /// <summary>Names an order by the venue's or the client's id; none of both is a fault.</summary>
    public OrderKey? Key(ApiCall call, string idName, string clientIdName)
    {
        ListedInstrument? instrument = market.Instrument(call);
        long? id = call.Parameters.Integer(idName);
        string? clientId = call.Parameters.Text(clientIdName);
        if (id is null && clientId is null)
        {
            call.Parameters.Fail(ApiFault.Bad(-1102, $"Param '{clientIdName}' or '{idName}' must be sent, but both were empty/null!"));
        }

        return instrument is null ? null : new OrderKey(instrument.Symbol, id, clientId);
    }

    /// <summary>Writes the answer to a new order.</summary>
    public static void Write(ApiCall call, ExchangeOrder order, SpotAnswer answer)
    {
        if (answer == SpotAnswer.Ack)
        {
            SpotOrderText.WriteAck(call, order);
        }
        else
        {
            SpotOrderText.WriteResult(call, order, withFills: answer == SpotAnswer.Full);
        }
    }

    private static HistoryRange Range(ApiCall call, string idName)
    {
        long? fromId = call.Parameters.Integer(idName);
        int limit = call.Parameters.Limit("limit", 500, MaxRows);
        Timestamp? start = call.TimeParameter("startTime");
        Timestamp? end = call.TimeParameter("endTime");
        if (start is { } from && end is { } to && to - from > TimeSpan.FromDays(1))
        {
            call.Parameters.Fail(ApiFault.OverADay);
        }

        return new HistoryRange(fromId, start, end, limit);
    }

    private static void WriteOrders(ApiCall call, IReadOnlyList<ExchangeOrder> orders)
    {
        call.Json.WriteStartArray();
        foreach (ExchangeOrder order in orders)
        {
            SpotOrderText.WriteQueried(call, order);
        }

        call.Json.WriteEndArray();
    }
}
