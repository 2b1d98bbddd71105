using Harrier.Domain;
using Harrier.Exchanges.Binance.Mapping;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Binance;

/// <summary>The USD-M calls: method, path, parameters, weight. Weights from the documents of 2026.</summary>
internal static class LinearRequests
{
    /// <summary>Entries of a page of what an account paid and received.</summary>
    public const int IncomePage = 1000;

    private const string Order = "/fapi/v1/order";
    private const string AlgoOrder = "/fapi/v1/algoOrder";
    private const string BatchOrders = "/fapi/v1/batchOrders";
    private const string PositionMode = "/fapi/v1/positionSide/dual";
    private const string ListenKey = "/fapi/v1/listenKey";

    public static BinanceCall Time() => BinanceCall.Public("/fapi/v1/time", new RequestParameters(), 1);

    public static BinanceCall ExchangeInfo() => BinanceCall.Public("/fapi/v1/exchangeInfo", new RequestParameters(), 1);

    /// <summary>True for orders that wait for a trigger: since December 2025 they live apart from the others.</summary>
    public static bool IsConditional(OrderType type) => type is not (OrderType.Market or OrderType.Limit);

    public static BinanceCall Place(OrderRequest order)
    {
        bool conditional = IsConditional(order.Type);
        return BinanceCall.Write("POST", conditional ? AlgoOrder : Order, conditional ? AlgoTerms(order) : Terms(order)) with
        {
            Orders = 1,
            AddsRisk = !order.ReduceOnly,
        };
    }

    public static BinanceCall PlaceBatch(IReadOnlyList<OrderRequest> orders) =>
        BinanceCall.Write("POST", BatchOrders, new RequestParameters().Add("batchOrders", RequestParameters.JsonList(orders.Select(Terms)))) with
        {
            Weight = 5,
            Orders = orders.Count,
            AddsRisk = orders.Any(o => !o.ReduceOnly),
        };

    public static BinanceCall Cancel(OrderKey key) =>
        BinanceCall.Write("DELETE", key.IsConditional ? AlgoOrder : Order, key.IsConditional ? AlgoKey(key) : Key(key));

    public static BinanceCall CancelBatch(string symbol, IReadOnlyList<string> clientIds) =>
        BinanceCall.Write("DELETE", BatchOrders, Symbol(symbol).Add("origClientOrderIdList", SpotRequests.JsonList(clientIds)));

    public static BinanceCall CancelAll(string symbol) => BinanceCall.Write("DELETE", "/fapi/v1/allOpenOrders", Symbol(symbol));

    public static BinanceCall CancelAllConditional(string symbol) => BinanceCall.Write("DELETE", "/fapi/v1/algoOpenOrders", Symbol(symbol));

    /// <summary>All open orders of a symbol, protective ones included, are canceled unless this comes again in time.</summary>
    public static BinanceCall CountdownCancelAll(string symbol, TimeSpan after) =>
        BinanceCall.Write("POST", "/fapi/v1/countdownCancelAll", Symbol(symbol).Add("countdownTime", (long)after.TotalMilliseconds)) with { Weight = 10 };

    public static BinanceCall Amend(OrderAmendment amendment) => BinanceCall.Write("PUT", Order, Key(amendment.Key)
        .Add("side", BinanceWords.Of(amendment.Side))
        .Add("quantity", amendment.NewQuantity)
        .Add("price", amendment.NewPrice)) with
    { Orders = 1 };

    public static BinanceCall Book(string symbol) => BinanceCall.Public("/fapi/v1/depth", Symbol(symbol).Add("limit", 50), 2);

    public static BinanceCall Query(OrderKey key) =>
        BinanceCall.Read(key.IsConditional ? AlgoOrder : Order, key.IsConditional ? AlgoKey(key) : Key(key), 1);

    public static BinanceCall OpenOrders(string? symbol) =>
        BinanceCall.Read("/fapi/v1/openOrders", new RequestParameters().Add("symbol", symbol), symbol is null ? 40 : 1);

    public static BinanceCall OpenConditional(string? symbol) =>
        BinanceCall.Read("/fapi/v1/openAlgoOrders", new RequestParameters().Add("symbol", symbol), symbol is null ? 40 : 1);

    public static BinanceCall History(HistoryQuery query) => BinanceCall.Read("/fapi/v1/allOrders", Range(query), 5) with { Priority = RequestPriority.Low };

    public static BinanceCall Trades(HistoryQuery query) => BinanceCall.Read("/fapi/v1/userTrades", Range(query), 5);

    public static BinanceCall Account() => BinanceCall.Read("/fapi/v3/account", new RequestParameters(), 5);

    public static BinanceCall AccountConfig() => BinanceCall.Read("/fapi/v1/accountConfig", new RequestParameters(), 5);

    public static BinanceCall Positions() => BinanceCall.Read("/fapi/v3/positionRisk", new RequestParameters(), 5);

    public static BinanceCall SymbolConfig(string? symbol) => BinanceCall.Read("/fapi/v1/symbolConfig", new RequestParameters().Add("symbol", symbol), 5);

    public static BinanceCall Commission(string symbol) => BinanceCall.Read("/fapi/v1/commissionRate", Symbol(symbol), 20);

    public static BinanceCall SetLeverage(string symbol, int leverage) =>
        BinanceCall.Write("POST", "/fapi/v1/leverage", Symbol(symbol).Add("leverage", leverage)) with { Priority = RequestPriority.High };

    public static BinanceCall SetMarginType(string symbol, bool isolated) =>
        BinanceCall.Write("POST", "/fapi/v1/marginType", Symbol(symbol).Add("marginType", isolated ? "ISOLATED" : "CROSSED")) with { Priority = RequestPriority.High };

    public static BinanceCall SetHedgeMode(bool hedge) =>
        BinanceCall.Write("POST", PositionMode, new RequestParameters().Add("dualSidePosition", hedge ? "true" : "false")) with { Priority = RequestPriority.High };

    public static BinanceCall ReadHedgeMode() => BinanceCall.Read(PositionMode, new RequestParameters(), 30);

    public static BinanceCall PremiumIndex(string symbol) => BinanceCall.Public("/fapi/v1/premiumIndex", Symbol(symbol), 1);

    public static BinanceCall FundingRates(HistoryQuery query) => BinanceCall.Public("/fapi/v1/fundingRate", Symbol(query.Symbol)
        .Add("startTime", query.From?.UnixMilliseconds)
        .Add("limit", query.Limit), 1);

    /// <summary>What the account paid and received in funding; not more than 1000 at a time.</summary>
    public static BinanceCall FundingPaid(Timestamp from) => BinanceCall.Read("/fapi/v1/income", new RequestParameters()
        .Add("incomeType", "FUNDING_FEE")
        .Add("startTime", from.UnixMilliseconds)
        .Add("limit", IncomePage), 30) with
    { Priority = RequestPriority.Low };

    public static BinanceCall FundingInfo() => BinanceCall.Public("/fapi/v1/fundingInfo", new RequestParameters(), 1);

    /// <summary>POST makes the key or returns the one that is valid, PUT prolongs it, DELETE ends it. Not signed.</summary>
    public static BinanceCall StreamKey(string method) =>
        new(method, ListenKey, new RequestParameters()) { Access = CallAccess.Key, Priority = RequestPriority.High };

    private static RequestParameters Symbol(string symbol) => new RequestParameters().Add("symbol", symbol);

    private static RequestParameters Key(OrderKey key) => Symbol(key.Symbol)
        .Add("orderId", key.VenueId)
        .Add("origClientOrderId", key.VenueId is null ? key.ClientId : null);

    private static RequestParameters AlgoKey(OrderKey key) => new RequestParameters()
        .Add("algoId", key.VenueId)
        .Add("clientAlgoId", key.VenueId is null ? key.ClientId : null);

    private static RequestParameters Range(HistoryQuery query) => Symbol(query.Symbol)
        .Add("orderId", query.OrderId)
        .Add("fromId", query.FromId)
        .Add("startTime", query.From?.UnixMilliseconds)
        .Add("limit", query.Limit);

    private static RequestParameters Terms(OrderRequest order)
    {
        RequestParameters parameters = Head(order)
            .Add("type", order.Type == OrderType.Limit ? "LIMIT" : "MARKET")
            .Add("timeInForce", order.Type == OrderType.Limit ? TimeOf(order) : null)
            .Add("quantity", order.Quantity)
            .AddUnlessZero("price", order.Price);
        return Tail(order, parameters).Add("newClientOrderId", order.ClientId).Add("newOrderRespType", "RESULT");
    }

    private static RequestParameters AlgoTerms(OrderRequest order)
    {
        RequestParameters parameters = new RequestParameters().Add("algoType", "CONDITIONAL");
        foreach ((string name, string value) in Head(order).Items)
        {
            parameters.Add(name, value);
        }

        bool isLimit = order.Price > 0;
        bool trails = order.Type == OrderType.TrailingStop;
        parameters.Add("type", AlgoTypeOf(order))
            .Add("timeInForce", isLimit ? TimeOf(order) : null)
            .Add("quantity", order.Quantity)
            .AddUnlessZero("price", order.Price)
            .AddUnlessZero(trails ? "activatePrice" : "triggerPrice", order.Trigger)
            .Add("callbackRate", trails ? RequestParameters.Text(decimal.Round(order.TrailingFraction * 100, 1)) : null)
            .Add("workingType", order.TriggerByMark ? "MARK_PRICE" : null);
        return Tail(order, parameters).Add("clientAlgoId", order.ClientId).Add("newOrderRespType", "RESULT");
    }

    private static RequestParameters Head(OrderRequest order) => Symbol(order.Symbol)
        .Add("side", BinanceWords.Of(order.Side))
        .Add("positionSide", order.PositionSide == PositionSide.Both ? null : BinanceWords.Of(order.PositionSide));

    private static RequestParameters Tail(OrderRequest order, RequestParameters parameters) => parameters.Add("reduceOnly", order.ReduceOnly ? "true" : null);

    private static string TimeOf(OrderRequest order) => order.PostOnly ? "GTX" : BinanceWords.Of(order.TimeInForce);

    private static string AlgoTypeOf(OrderRequest order) => order.Type switch
    {
        OrderType.StopLimit => "STOP",
        OrderType.TakeProfit => order.Price > 0 ? "TAKE_PROFIT" : "TAKE_PROFIT_MARKET",
        OrderType.TrailingStop => "TRAILING_STOP_MARKET",
        _ => "STOP_MARKET",
    };
}
