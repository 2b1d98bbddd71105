using System.Text.Json;
using Harrier.Testnet.Bybit.Requests;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Bybit.Trading;

/// <summary>Creates, amends and cancels orders. An answer tells that a request was taken; what became of it comes on the stream.</summary>
/// <param name="desks">Spot and linear.</param>
internal sealed class BybitOrderApi(IReadOnlyList<BybitDesk> desks)
{
    private static readonly (int Spot, int Linear) _usual = (20, 10);

    /// <summary>What can be asked.</summary>
    public IReadOnlyList<BybitEndpoint> Endpoints =>
    [
        new("POST", "/v5/order/create", BybitSecurity.Trade, Create) { PerSecond = _usual, SocketOperation = "order.create" },
        new("POST", "/v5/order/amend", BybitSecurity.Trade, Amend) { PerSecond = (10, 10), SocketOperation = "order.amend" },
        new("POST", "/v5/order/cancel", BybitSecurity.Trade, Cancel) { PerSecond = _usual, SocketOperation = "order.cancel" },
        new("POST", "/v5/order/cancel-all", BybitSecurity.Trade, CancelAll) { PerSecond = _usual },
    ];

    /// <summary>The desk of the market that a request names.</summary>
    public BybitDesk? DeskOf(BybitCall call) => desks.FirstOrDefault(d => d.Market == call.Market);

    /// <summary>Places an order.</summary>
    public BybitFault? Create(BybitCall call)
    {
        if (DeskOf(call) is not { } desk)
        {
            return BybitFault.BadCategory;
        }

        BybitMarket market = desk.Market;
        BybitAsked asked = BybitOrderReader.Read(market, call.Parameters);
        if (call.Parameters.Fault is { } fault)
        {
            return fault;
        }

        if (market.Find(asked.Order.Symbol) is null)
        {
            return BybitRefusals.Of(new Refusal(RefusalReason.UnknownSymbol, asked.Order.Symbol), market.IsSpot);
        }

        ExchangeAccount account = call.Account;
        if (desk.Notes.IsUsed(account, asked.Order.ClientId))
        {
            return BybitRefusals.Of(new Refusal(RefusalReason.DuplicateClientId, asked.Order.ClientId), market.IsSpot);
        }

        desk.Notes.Expect(asked.Note);
        Placement placement = market.Core.Place(account, asked.Order);
        desk.Notes.ExpectNothing();
        if (placement.Order is not { } order)
        {
            return BybitRefusals.Of(placement.Refusal ?? default, market.IsSpot);
        }

        WriteIds(call.Json, market, order);
        return null;
    }

    /// <summary>Changes an order.</summary>
    public BybitFault? Amend(BybitCall call)
    {
        if (DeskOf(call) is not { } desk)
        {
            return BybitFault.BadCategory;
        }

        BybitMarket market = desk.Market;
        BybitParameters parameters = call.Parameters;
        OrderChange change = new()
        {
            Quantity = parameters.Decimal("qty"),
            Price = parameters.Decimal("price"),
            StopPrice = parameters.Decimal("triggerPrice"),
        };
        if (KeyOf(call, market, out OrderKey key) is { } fault)
        {
            return fault;
        }

        if (parameters.Has("takeProfit") || parameters.Has("stopLoss"))
        {
            return BybitFault.NotOffered("amending take profit and stop loss of an order");
        }

        // What a conditional order made is amended under the id of the latter.
        Amendment amendment = market.Core.Change(call.Account, WorkingKey(market, call.Account, key), change);
        if (amendment.Order is not { } order)
        {
            return BybitRefusals.Of(amendment.Refusal ?? default, market.IsSpot);
        }

        WriteIds(call.Json, market, order);
        return null;
    }

    /// <summary>Cancels an order.</summary>
    public BybitFault? Cancel(BybitCall call)
    {
        if (DeskOf(call) is not { } desk)
        {
            return BybitFault.BadCategory;
        }

        BybitMarket market = desk.Market;
        if (KeyOf(call, market, out OrderKey key) is { } fault)
        {
            return fault;
        }

        Cancellation cancellation = market.Core.Cancel(call.Account, WorkingKey(market, call.Account, key));
        if (cancellation.Order is not { } order)
        {
            return BybitRefusals.Of(cancellation.Refusal ?? default, market.IsSpot);
        }

        WriteIds(call.Json, market, order);
        return null;
    }

    /// <summary>The order that a request names.</summary>
    public static BybitFault? KeyOf(BybitCall call, BybitMarket market, out OrderKey key)
    {
        string symbol = call.Parameters.Required("symbol");
        string? id = call.Parameters.Text("orderId");
        string? linkId = call.Parameters.Text("orderLinkId");
        long? number = id is null ? null : market.Ids.OrderOf(id) ?? 0;
        key = new OrderKey(symbol, number, linkId);
        if (id is null && linkId is null)
        {
            call.Parameters.Fail(BybitFault.Parameter("orderId or orderLinkId is required"));
        }

        return call.Parameters.Fault
            ?? (market.Core.Find(symbol) is null ? BybitRefusals.Of(new Refusal(RefusalReason.UnknownSymbol, symbol), market.IsSpot) : null);
    }

    private static OrderKey WorkingKey(BybitMarket market, ExchangeAccount account, OrderKey key) =>
        market.Core.FindOrder(account, key) is { IsConditional: true, ChildOrderId: > 0 and long child } ? key with { OrderId = child } : key;

    private static void WriteIds(Utf8JsonWriter json, BybitMarket market, ExchangeOrder order)
    {
        json.WriteString("orderId"u8, market.Ids.Of(order));
        json.WriteString("orderLinkId"u8, BybitOrderText.LinkIdOf(order));
    }

    private BybitFault? CancelAll(BybitCall call)
    {
        if (DeskOf(call) is not { } desk)
        {
            return BybitFault.BadCategory;
        }

        BybitMarket market = desk.Market;
        BybitParameters parameters = call.Parameters;
        (string? symbol, string? baseCoin, string? settleCoin) = (parameters.Text("symbol"), parameters.Text("baseCoin"), parameters.Text("settleCoin"));
        string? filter = parameters.Text("orderFilter");
        if (!market.IsSpot && symbol is null && baseCoin is null && settleCoin is null)
        {
            return BybitFault.Parameter("symbol, baseCoin or settleCoin is required");
        }

        if (symbol is not null && market.Core.Find(symbol) is null)
        {
            return BybitRefusals.Of(new Refusal(RefusalReason.UnknownSymbol, symbol), market.IsSpot);
        }

        // Spot cancels what rests unless told otherwise; contracts cancel everything.
        string wanted = filter ?? (market.IsSpot ? "Order" : "");
        List<ExchangeOrder> orders =
        [
            .. market.Core.OpenOrders(call.Account, symbol).Where(o =>
                (baseCoin is null || symbol is not null || o.Instrument.Base == baseCoin)
                && (settleCoin is null || symbol is not null || market.IsSpot || o.Instrument.Quote == settleCoin)
                && (wanted.Length == 0 || IsOf(wanted, o, desk.Notes.Of(o)))),
        ];
        Utf8JsonWriter json = call.Json;
        json.WriteStartArray("list"u8);
        foreach (ExchangeOrder order in orders)
        {
            _ = market.Core.Cancel(call.Account, new OrderKey(order.Instrument.Symbol, order.Id, null));
            json.WriteStartObject();
            WriteIds(json, market, order);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("success"u8, "1");
        return null;
    }

    /// <summary>Whether an open order is of a filter's kind.</summary>
    public static bool IsOf(string filter, ExchangeOrder order, BybitNote? note)
    {
        bool waits = order.IsConditional || (order.HasStopPrice && !order.IsWorking);
        return filter switch
        {
            "StopOrder" => waits && note?.StopOrderType != "tpslOrder",
            "tpslOrder" => waits && note?.StopOrderType == "tpslOrder",
            "Order" => !waits,
            _ => true,
        };
    }
}
