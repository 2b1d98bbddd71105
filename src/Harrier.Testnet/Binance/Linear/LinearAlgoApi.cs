using System.Text.Json;
using Harrier.Domain;
using Harrier.Testnet.Binance.Shared;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Binance.Linear;

/// <summary>Conditional orders.</summary>
/// <param name="core">The exchange.</param>
internal sealed class LinearAlgoApi(ExchangeCore core)
{
    private const string Algo = "/fapi/v1/algoOrder";

    /// <summary>What can be asked.</summary>
    public IEnumerable<ApiEndpoint> Endpoints =>
    [
        new("POST", Algo, ApiSecurity.Trade, 0, Place) { Orders = 1, SocketMethod = "algoOrder.place" },
        new("DELETE", Algo, ApiSecurity.Trade, 1, Cancel) { SocketMethod = "algoOrder.cancel" },
        new("GET", Algo, ApiSecurity.Signed, 1, Query),
        new("GET", "/fapi/v1/openAlgoOrders", ApiSecurity.Signed, 40, ListOpen) { WeightOf = p => p.Has("symbol") ? 1 : 40 },
        new("GET", "/fapi/v1/allAlgoOrders", ApiSecurity.Signed, 5, ListAll),
        new("DELETE", "/fapi/v1/algoOpenOrders", ApiSecurity.Trade, 1, CancelAll),
    ];

    private ApiFault? Place(ApiCall call)
    {
        NewOrder order = LinearOrderReader.Conditional(call.Parameters, call.Now);
        if (call.Parameters.Fault is { } fault)
        {
            return fault;
        }

        Placement placement = core.Place(call.Owner, order);
        if (placement.Order is not { } placed)
        {
            return LinearFaults.Of(placement.Refusal ?? default, core.Find(order.Symbol), order);
        }

        Write(call.Json, placed);
        return null;
    }

    private ApiFault? Cancel(ApiCall call)
    {
        if (Find(call) is not { } order)
        {
            return call.Parameters.Fault ?? LinearFaults.UnknownOrder;
        }

        if (core.Cancel(call.Owner, new OrderKey(order.Instrument.Symbol, order.Id, null)).Order is not { } canceled)
        {
            return LinearFaults.UnknownOrder;
        }

        call.Json.WriteStartObject();
        call.Json.WriteNumber("algoId"u8, canceled.Id);
        call.Json.WriteString("clientAlgoId"u8, canceled.OwnClientId);
        call.Json.WriteString("code"u8, "200");
        call.Json.WriteString("msg"u8, "success");
        call.Json.WriteEndObject();
        return null;
    }

    private ApiFault? Query(ApiCall call)
    {
        if (Find(call) is not { } order)
        {
            return call.Parameters.Fault ?? LinearFaults.NoSuchOrder;
        }

        Write(call.Json, order);
        return null;
    }

    private ApiFault? ListOpen(ApiCall call)
    {
        string? symbol = call.Parameters.Text("symbol");
        if (call.Parameters.Fault is { } fault)
        {
            return fault;
        }

        if (symbol is not null && core.Find(symbol) is null)
        {
            return ApiFault.BadSymbol;
        }

        WriteList(call.Json, core.OpenOrders(call.Owner, symbol).Where(o => o.IsConditional));
        return null;
    }

    private ApiFault? ListAll(ApiCall call)
    {
        string symbol = call.Parameters.Required("symbol");
        long? from = call.Parameters.Integer("algoId");
        Timestamp? start = call.TimeParameter("startTime");
        Timestamp? end = call.TimeParameter("endTime");
        int limit = call.Parameters.Limit("limit", 500, 1000);
        if (call.Parameters.Fault is { } fault)
        {
            return fault;
        }

        if (core.Find(symbol) is null)
        {
            return ApiFault.BadSymbol;
        }

        WriteList(call.Json, core.OrderHistory(call.Owner, symbol, new HistoryRange(from, start, end, int.MaxValue)).Where(o => o.IsConditional).TakeLast(limit));
        return null;
    }

    private ApiFault? CancelAll(ApiCall call)
    {
        string symbol = call.Parameters.Required("symbol");
        if (call.Parameters.Fault is { } fault)
        {
            return fault;
        }

        if (core.Find(symbol) is null)
        {
            return ApiFault.BadSymbol;
        }

        _ = core.CancelAll(call.Owner, symbol, conditional: true);
        LinearAnswers.WriteDone(call.Json, "The operation of cancel all open order is done.");
        return null;
    }

    private ExchangeOrder? Find(ApiCall call)
    {
        // The request names no symbol: an id alone must do.
        long? id = call.Parameters.Integer("algoId");
        string? client = call.Parameters.Text("clientAlgoId");
        string? symbol = call.Parameters.Text("symbol");
        if (id is null && client is null)
        {
            call.Parameters.Fail(ApiFault.Bad(-1102, "Either algoId or clientAlgoId must be sent."));
        }

        if (call.Parameters.Fault is not null)
        {
            return null;
        }

        foreach (ListedInstrument instrument in core.Listings)
        {
            if (symbol is null || symbol == instrument.Symbol)
            {
                if (FindIn(call.Owner, instrument.Symbol, id, client) is { } order)
                {
                    return order;
                }
            }
        }

        return null;
    }

    // The order that a conditional one makes has its client id too, and is newer.
    private ExchangeOrder? FindIn(ExchangeAccount account, string symbol, long? id, string? client) => id is null
        ? core.OrderHistory(account, symbol, new HistoryRange(FromId: 0, Limit: int.MaxValue)).LastOrDefault(o => o.IsConditional && o.OwnClientId == client)
        : core.FindOrder(account, new OrderKey(symbol, id, null)) is { IsConditional: true } found ? found : null;

    private void Write(Utf8JsonWriter json, ExchangeOrder order)
    {
        ExchangeOrder? child = order.ChildOrderId == 0 ? null : core.FindOrder(order.Account, new OrderKey(order.Instrument.Symbol, order.ChildOrderId, null));
        LinearOrderText.WriteAlgo(json, order, child);
    }

    private void WriteList(Utf8JsonWriter json, IEnumerable<ExchangeOrder> orders)
    {
        json.WriteStartArray();
        foreach (ExchangeOrder order in orders)
        {
            Write(json, order);
        }

        json.WriteEndArray();
    }
}
