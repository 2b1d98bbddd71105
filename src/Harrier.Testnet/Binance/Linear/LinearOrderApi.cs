using System.Text.Json;
using Harrier.Domain;
using Harrier.Testnet.Binance.Shared;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Binance.Linear;

/// <summary>Plain orders and fills: place, change, cancel, query.</summary>
/// <param name="core">The exchange.</param>
internal sealed class LinearOrderApi(ExchangeCore core)
{
    private const string Order = "/fapi/v1/order";
    private const int StandardLimit = 500;
    private const int MaxLimit = 1000;

    private static readonly TimeSpan _longestRange = TimeSpan.FromDays(7);
    private static readonly ApiFault _rangeTooLong = ApiFault.Bad(-4166, "Search window is restricted to recent 90 days only.");

    /// <summary>What can be asked.</summary>
    public IEnumerable<ApiEndpoint> Endpoints =>
    [
        new("POST", Order, ApiSecurity.Trade, 0, Place) { Orders = 1, SocketMethod = "order.place" },
        new("POST", "/fapi/v1/order/test", ApiSecurity.Trade, 0, Test) { SocketMethod = "order.test" },
        new("PUT", Order, ApiSecurity.Trade, 1, Amend) { Orders = 1, SocketMethod = "order.modify" },
        new("DELETE", Order, ApiSecurity.Trade, 1, Cancel) { SocketMethod = "order.cancel" },
        new("GET", Order, ApiSecurity.Signed, 1, Query) { SocketMethod = "order.status" },
        new("GET", "/fapi/v1/openOrder", ApiSecurity.Signed, 1, QueryOpen),
        new("GET", "/fapi/v1/openOrders", ApiSecurity.Signed, 40, ListOpen) { WeightOf = p => p.Has("symbol") ? 1 : 40 },
        new("GET", "/fapi/v1/allOrders", ApiSecurity.Signed, 5, ListAll),
        new("GET", "/fapi/v1/userTrades", ApiSecurity.Signed, 5, ListFills),
        new("DELETE", "/fapi/v1/allOpenOrders", ApiSecurity.Trade, 1, CancelAll),
    ];

    /// <summary>Places an order that was read already.</summary>
    public ApiFault? Place(ExchangeAccount account, in NewOrder order, ApiParameters request, Utf8JsonWriter json)
    {
        string form = request.Text("newOrderRespType") ?? "ACK";
        if (request.Fault is { } fault)
        {
            return fault;
        }

        Placement placement = core.Place(account, order);
        if (placement.Refusal is { } refusal)
        {
            return LinearFaults.Of(refusal, core.Find(order.Symbol), order);
        }

        if (placement.Order is { } placed)
        {
            LinearOrderText.WriteResult(json, placed, isAcknowledgement: form == "ACK");
        }
        else
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }

        return null;
    }

    /// <summary>Changes price and quantity of an order; both must be given.</summary>
    public ApiFault? Amend(ExchangeAccount account, ApiParameters request, Utf8JsonWriter json)
    {
        OrderKey key = LinearOrderReader.Key(request);
        _ = request.Required("side");
        decimal quantity = request.RequiredDecimal("quantity");
        decimal price = request.RequiredDecimal("price");
        if (request.Fault is { } fault)
        {
            return fault;
        }

        Amendment amendment = core.Amend(account, key, quantity, price, keepPriority: false);
        if (amendment.Order is { } order)
        {
            LinearOrderText.WriteResult(json, order);
            return null;
        }

        NewOrder terms = new() { Symbol = key.Symbol, Quantity = quantity, Price = price };
        return LinearFaults.Of(amendment.Refusal ?? default, core.Find(key.Symbol), terms);
    }

    /// <summary>Cancels one order.</summary>
    public ApiFault? Cancel(ExchangeAccount account, in OrderKey key, Utf8JsonWriter json)
    {
        if (core.FindOrder(account, key) is { IsConditional: true })
        {
            return LinearFaults.UnknownOrder;
        }

        Cancellation cancellation = core.Cancel(account, key);
        if (cancellation.Order is not { } order)
        {
            return cancellation.Refusal is { Reason: RefusalReason.UnknownSymbol } ? ApiFault.BadSymbol : LinearFaults.UnknownOrder;
        }

        LinearOrderText.WriteResult(json, order);
        return null;
    }

    private static void WriteList(Utf8JsonWriter json, IEnumerable<ExchangeOrder> orders)
    {
        json.WriteStartArray();
        foreach (ExchangeOrder order in orders)
        {
            LinearOrderText.Write(json, order);
        }

        json.WriteEndArray();
    }

    private ApiFault? Place(ApiCall call) =>
        Place(call.Owner, LinearOrderReader.Plain(call.Parameters, call.Now), call.Parameters, call.Json);

    private ApiFault? Test(ApiCall call) =>
        Place(call.Owner, LinearOrderReader.Plain(call.Parameters, call.Now) with { DryRun = true }, call.Parameters, call.Json);

    private ApiFault? Amend(ApiCall call) => Amend(call.Owner, call.Parameters, call.Json);

    private ApiFault? Cancel(ApiCall call)
    {
        OrderKey key = LinearOrderReader.Key(call.Parameters);
        return call.Parameters.Fault ?? Cancel(call.Owner, key, call.Json);
    }

    private ApiFault? CancelAll(ApiCall call)
    {
        if (Symbol(call.Parameters, isRequired: true, out string? symbol) is { } fault)
        {
            return fault;
        }

        _ = core.CancelAll(call.Owner, symbol, conditional: false);
        LinearAnswers.WriteDone(call.Json, "The operation of cancel all open order is done.");
        return null;
    }

    private ApiFault? Query(ApiCall call) => Query(call, isOpenOnly: false);

    private ApiFault? QueryOpen(ApiCall call) => Query(call, isOpenOnly: true);

    private ApiFault? Query(ApiCall call, bool isOpenOnly)
    {
        OrderKey key = LinearOrderReader.Key(call.Parameters);
        if (call.Parameters.Fault is { } fault)
        {
            return fault;
        }

        if (core.Find(key.Symbol) is null)
        {
            return ApiFault.BadSymbol;
        }

        if (core.FindOrder(call.Owner, key) is not { IsConditional: false } order || (isOpenOnly && !order.IsOpen))
        {
            return LinearFaults.NoSuchOrder;
        }

        LinearOrderText.Write(call.Json, order);
        return null;
    }

    private ApiFault? ListOpen(ApiCall call)
    {
        if (Symbol(call.Parameters, isRequired: false, out string? symbol) is { } fault)
        {
            return fault;
        }

        WriteList(call.Json, core.OpenOrders(call.Owner, symbol).Where(o => !o.IsConditional));
        return null;
    }

    private ApiFault? ListAll(ApiCall call)
    {
        ApiFault? fault = Symbol(call.Parameters, isRequired: true, out string? symbol);
        (Timestamp? start, Timestamp? end) = Range(call);
        long? from = call.Parameters.Integer("orderId");
        int limit = call.Parameters.Limit("limit", StandardLimit, MaxLimit);
        if ((fault ?? call.Parameters.Fault) is { } refusal)
        {
            return refusal;
        }

        WriteList(call.Json, Plain(core.OrderHistory(call.Owner, symbol ?? "", new HistoryRange(from, start, end, int.MaxValue)), limit, from is null && start is null));
        return null;
    }

    private ApiFault? ListFills(ApiCall call)
    {
        ApiFault? fault = Symbol(call.Parameters, isRequired: true, out string? symbol);
        (Timestamp? start, Timestamp? end) = Range(call);
        long? order = call.Parameters.Integer("orderId");
        long? from = call.Parameters.Integer("fromId");
        int limit = call.Parameters.Limit("limit", StandardLimit, MaxLimit);
        if ((fault ?? call.Parameters.Fault) is { } refusal)
        {
            return refusal;
        }

        call.Json.WriteStartArray();
        foreach (ExchangeFill fill in core.Fills(call.Owner, symbol ?? "", order, new HistoryRange(from, start, end, limit)))
        {
            LinearOrderText.WriteFill(call.Json, fill);
        }

        call.Json.WriteEndArray();
        return null;
    }

    // Conditional orders share the history and must not eat up the limit.
    private static IEnumerable<ExchangeOrder> Plain(IEnumerable<ExchangeOrder> orders, int limit, bool isNewest)
    {
        IEnumerable<ExchangeOrder> plain = orders.Where(o => !o.IsConditional);
        return isNewest ? plain.TakeLast(limit) : plain.Take(limit);
    }

    private static (Timestamp? Start, Timestamp? End) Range(ApiCall call)
    {
        (Timestamp? start, Timestamp? end) = (call.TimeParameter("startTime"), call.TimeParameter("endTime"));
        if (start is { } first && end is { } last && last - first > _longestRange)
        {
            call.Parameters.Fail(_rangeTooLong);
        }

        return (start, end);
    }

    private ApiFault? Symbol(ApiParameters request, bool isRequired, out string? symbol)
    {
        symbol = isRequired ? request.Required("symbol") : request.Text("symbol");
        return request.Fault ?? (symbol is not null && core.Find(symbol) is null ? ApiFault.BadSymbol : null);
    }
}
