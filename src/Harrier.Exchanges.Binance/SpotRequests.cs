using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Binance.Mapping;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Binance;

/// <summary>The spot calls: method, path, parameters, weight. Weights from the documents of July 2026.</summary>
internal static class SpotRequests
{
    private const string Order = "/api/v3/order";
    private const int BasisPoints = 10_000;

    public static BinanceCall Time() => BinanceCall.Public("/api/v3/time", new RequestParameters(), 1);

    public static BinanceCall ExchangeInfo(IReadOnlyList<string>? symbols) =>
        BinanceCall.Public("/api/v3/exchangeInfo", new RequestParameters().Add("symbols", symbols is { Count: > 0 } ? JsonList(symbols) : null), 20);

    public static BinanceCall Book(string symbol) => BinanceCall.Public("/api/v3/depth", Symbol(symbol).Add("limit", 100), 5);

    public static BinanceCall Place(OrderRequest order) => Placing(Order, Terms(order, new RequestParameters()), order);

    public static BinanceCall Cancel(OrderKey key) => BinanceCall.Write("DELETE", Order, Key(key));

    public static BinanceCall CancelAll(string symbol) => BinanceCall.Write("DELETE", "/api/v3/openOrders", Symbol(symbol));

    /// <summary>Makes an order smaller without losing its place. Unless it is told the id, the venue makes up a new one.</summary>
    public static BinanceCall Shrink(OrderAmendment amendment) =>
        BinanceCall.Write("PUT", "/api/v3/order/amend/keepPriority", Key(amendment.Key)
            .Add("newQty", amendment.NewQuantity)
            .Add("newClientOrderId", amendment.Key.ClientId)) with
        { Weight = 4 };

    /// <summary>Cancels and places anew; nothing is placed when the cancel fails.</summary>
    public static BinanceCall Replace(OrderKey canceled, OrderRequest order)
    {
        RequestParameters parameters = new RequestParameters().Add("cancelReplaceMode", "STOP_ON_FAILURE")
            .Add("cancelOrderId", canceled.VenueId)
            .Add("cancelOrigClientOrderId", canceled.VenueId is null ? canceled.ClientId : null);
        return Placing("/api/v3/order/cancelReplace", Terms(order, parameters), order);
    }

    public static BinanceCall Query(OrderKey key) => BinanceCall.Read(Order, Key(key), 4);

    public static BinanceCall OpenOrders(string? symbol) =>
        BinanceCall.Read("/api/v3/openOrders", new RequestParameters().Add("symbol", symbol), symbol is null ? 80 : 6);

    public static BinanceCall History(HistoryQuery query) =>
        BinanceCall.Read("/api/v3/allOrders", Range(query), 20) with { Priority = RequestPriority.Low };

    public static BinanceCall Trades(HistoryQuery query) => BinanceCall.Read("/api/v3/myTrades", Range(query), query.OrderId is null ? 20 : 5);

    public static BinanceCall Account() => BinanceCall.Read("/api/v3/account", new RequestParameters(), 20);

    public static BinanceCall Commission(string symbol) => BinanceCall.Read("/api/v3/account/commission", Symbol(symbol), 20);

    public static BinanceCall KeyPermissions() => BinanceCall.Read("/sapi/v1/account/apiRestrictions", new RequestParameters(), 1);

    internal static string JsonList(IReadOnlyList<string> symbols)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartArray();
            foreach (string symbol in symbols)
            {
                writer.WriteStringValue(symbol);
            }

            writer.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static BinanceCall Placing(string path, RequestParameters parameters, OrderRequest order) =>
        BinanceCall.Write("POST", path, parameters) with { Orders = 1, AddsRisk = !order.ReduceOnly && order.Side == OrderSide.Buy };

    private static RequestParameters Symbol(string symbol) => new RequestParameters().Add("symbol", symbol);

    private static RequestParameters Key(OrderKey key) => Symbol(key.Symbol)
        .Add("orderId", key.VenueId)
        .Add("origClientOrderId", key.VenueId is null ? key.ClientId : null);

    private static RequestParameters Range(HistoryQuery query) => Symbol(query.Symbol)
        .Add("orderId", query.OrderId)
        .Add("fromId", query.FromId)
        .Add("startTime", query.From?.UnixMilliseconds)
        .Add("limit", query.Limit);

    private static RequestParameters Terms(OrderRequest order, RequestParameters parameters)
    {
        string type = TypeOf(order);
        bool isLimit = type is "LIMIT" or "STOP_LOSS_LIMIT" or "TAKE_PROFIT_LIMIT";
        parameters.Add("symbol", order.Symbol)
            .Add("side", BinanceWords.Of(order.Side))
            .Add("type", type)
            .Add("timeInForce", isLimit ? BinanceWords.Of(order.TimeInForce) : null)
            .AddUnlessZero("quantity", order.Quantity)
            .AddUnlessZero("quoteOrderQty", order.QuoteQuantity)
            .AddUnlessZero("price", order.Price)
            .AddUnlessZero("stopPrice", order.Trigger);
        if (order.Type == OrderType.TrailingStop)
        {
            parameters.Add("trailingDelta", (long)decimal.Round(order.TrailingFraction * BasisPoints));
        }

        return parameters.Add("newClientOrderId", order.ClientId).Add("newOrderRespType", "FULL");
    }

    private static string TypeOf(OrderRequest order) => order.Type switch
    {
        OrderType.Limit => order.PostOnly ? "LIMIT_MAKER" : "LIMIT",
        OrderType.Stop or OrderType.TrailingStop => "STOP_LOSS",
        OrderType.StopLimit => "STOP_LOSS_LIMIT",
        OrderType.TakeProfit => order.Price > 0 ? "TAKE_PROFIT_LIMIT" : "TAKE_PROFIT",
        _ => "MARKET",
    };
}
