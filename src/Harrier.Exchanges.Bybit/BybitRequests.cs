using Harrier.Domain;
using Harrier.Exchanges.Bybit.Mapping;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Bybit;

/// <summary>The calls of both markets: path, parameters, and the limit that they count against. From the v5 documents of July 2026.</summary>
internal sealed class BybitRequests(BybitMarket market)
{
    private const int OrderPage = 50;
    private const int ExecutionPage = 100;
    private const int PositionPage = 200;
    private const int InstrumentPage = 1000;

    // How far one call into the past may reach.
    private static readonly TimeSpan Window = TimeSpan.FromDays(7);

    private bool IsSpot => market == BybitMarket.Spot;

    public static BybitCall Time() => BybitCall.Public("/v5/market/time", new RequestParameters());

    public static BybitCall Wallet() => BybitCall.Read("/v5/account/wallet-balance", new RequestParameters().Add("accountType", "UNIFIED"), BybitLimits.Wallet);

    public static BybitCall Key() => BybitCall.Read("/v5/user/query-api", new RequestParameters(), BybitLimits.Keys);

    public BybitCall Instruments(string? cursor) =>
        BybitCall.Public("/v5/market/instruments-info", Category().Add("limit", IsSpot ? null : InstrumentPage).Add("cursor", cursor));

    public BybitCall Book(string symbol) => BybitCall.Public("/v5/market/orderbook", Of(symbol).Add("limit", 50));

    public BybitCall Tickers(string symbol) => BybitCall.Public("/v5/market/tickers", Of(symbol));

    /// <summary>Past funding; a beginning without an end is an error there.</summary>
    public BybitCall FundingRates(HistoryQuery query, Timestamp now) => BybitCall.Public("/v5/market/funding/history", Of(query.Symbol)
        .Add("startTime", query.From?.UnixMilliseconds)
        .Add("endTime", query.From is null ? null : now.UnixMilliseconds)
        .Add("limit", query.Limit));

    public BybitCall Place(OrderRequest order) => BybitCall.Write("/v5/order/create", Terms(order, Category()), BybitLimits.Create) with { AddsRisk = AddsRisk(order) };

    public BybitCall PlaceBatch(IReadOnlyList<OrderRequest> orders) => BybitCall.Write(
        "/v5/order/create-batch",
        Category().AddUnquoted("request", RequestParameters.JsonList(orders.Select(order => Terms(order, new RequestParameters())))),
        BybitLimits.Create) with
    { Orders = orders.Count, AddsRisk = orders.Any(AddsRisk) };

    /// <summary>Changes what is to change; the size is the new whole one, and naming what stays is refused.</summary>
    public BybitCall Amend(OrderAmendment amendment) => BybitCall.Write("/v5/order/amend", Keyed(amendment.Key)
        .Add("qty", amendment.NewQuantity == amendment.CurrentQuantity ? null : RequestParameters.Text(amendment.NewQuantity))
        .Add("price", amendment.NewPrice == amendment.CurrentPrice ? null : RequestParameters.Text(amendment.NewPrice)), BybitLimits.Amend);

    public BybitCall Cancel(OrderKey key) => BybitCall.Write("/v5/order/cancel", Keyed(key), BybitLimits.Cancel);

    /// <summary>Ends all orders of a symbol; those that wait for a trigger need a call of their own.</summary>
    public BybitCall CancelAll(string symbol, bool waiting) =>
        BybitCall.Write("/v5/order/cancel-all", Of(symbol).Add("orderFilter", waiting ? "StopOrder" : null), BybitLimits.CancelAll);

    /// <summary>One order, while it is open or among the last 500 that ended.</summary>
    public BybitCall Realtime(OrderKey key) => BybitCall.Read("/v5/order/realtime", Keyed(key), BybitLimits.Realtime);

    public BybitCall OpenOrders(string? symbol, string? settle, string? cursor) => BybitCall.Read("/v5/order/realtime", Category()
        .Add("symbol", symbol)
        .Add("settleCoin", symbol is null ? settle : null)
        .Add("limit", OrderPage)
        .Add("cursor", cursor), BybitLimits.Realtime);

    /// <summary>One order that ended, some days back.</summary>
    public BybitCall Ended(OrderKey key) => BybitCall.Read("/v5/order/history", Keyed(key), BybitLimits.History);

    public BybitCall History(HistoryQuery query, string? cursor) =>
        BybitCall.Read("/v5/order/history", Range(query, OrderPage, cursor), BybitLimits.History) with { Priority = RequestPriority.Low };

    public BybitCall Executions(HistoryQuery query, string? cursor) =>
        BybitCall.Read("/v5/execution/list", Range(query, ExecutionPage, cursor), BybitLimits.Executions);

    /// <summary>Funding of all symbols, which is listed among the executions.</summary>
    public BybitCall FundingPaid(HistoryQuery query, string? cursor) => BybitCall.Read("/v5/execution/list", Category()
        .Add("execType", "Funding")
        .Add("startTime", query.From?.UnixMilliseconds)
        .Add("endTime", query.From is { } from ? (from + Window).UnixMilliseconds : null)
        .Add("limit", ExecutionPage)
        .Add("cursor", cursor), BybitLimits.Executions) with
    { Priority = RequestPriority.Low };

    public BybitCall Positions(string? symbol, string? settle, string? cursor) => BybitCall.Read("/v5/position/list", Category()
        .Add("symbol", symbol)
        .Add("settleCoin", symbol is null ? settle : null)
        .Add("limit", PositionPage)
        .Add("cursor", cursor), BybitLimits.Positions);

    public BybitCall Fees(string symbol) => BybitCall.Read("/v5/account/fee-rate", Of(symbol), BybitLimits.Fees);

    public BybitCall SetLeverage(string symbol, int leverage) => BybitCall.Write("/v5/position/set-leverage", Of(symbol)
        .Add("buyLeverage", RequestParameters.Text(leverage))
        .Add("sellLeverage", RequestParameters.Text(leverage)), BybitLimits.Settings) with
    { Priority = RequestPriority.High };

    public BybitCall SetHedgeMode(string symbol, bool hedge) =>
        BybitCall.Write("/v5/position/switch-mode", Of(symbol).AddUnquoted("mode", hedge ? "3" : "0"), BybitLimits.Settings) with { Priority = RequestPriority.High };

    /// <summary>Lets a stop follow the price of a position.</summary>
    /// <param name="symbol">The venue's symbol.</param>
    /// <param name="distance">How far behind; 0 takes it away.</param>
    /// <param name="from">From which price on; 0 for at once.</param>
    public BybitCall Trail(string symbol, decimal distance, decimal from) => BybitCall.Write("/v5/position/trading-stop", Of(symbol)
        .Add("tpslMode", "Full")
        .AddUnquoted("positionIdx", "0")
        .Add("trailingStop", distance)
        .AddUnlessZero("activePrice", from), BybitLimits.Settings);

    private bool AddsRisk(OrderRequest order) => !order.ReduceOnly && (!IsSpot || order.Side == OrderSide.Buy);

    private RequestParameters Category() => new RequestParameters().Add("category", market.Category());

    private RequestParameters Of(string symbol) => Category().Add("symbol", symbol);

    private RequestParameters Keyed(OrderKey key) => Of(key.Symbol)
        .Add("orderId", key.VenueId)
        .Add("orderLinkId", key.VenueId is null ? key.ClientId : null);

    private RequestParameters Range(HistoryQuery query, int page, string? cursor) => Of(query.Symbol)
        .Add("orderId", query.OrderId)
        .Add("startTime", query.From?.UnixMilliseconds)
        .Add("endTime", query.From is { } from ? (from + Window).UnixMilliseconds : null)
        .Add("limit", Math.Min(page, query.Limit))
        .Add("cursor", cursor);

    private RequestParameters Terms(OrderRequest order, RequestParameters parameters)
    {
        bool isMarket = order.Price == 0;
        bool waits = order.Trigger > 0;
        parameters.Add("symbol", order.Symbol)
            .Add("side", BybitWords.Of(order.Side))
            .Add("orderType", isMarket ? "Market" : "Limit")
            .Add("qty", order.QuoteQuantity > 0 ? order.QuoteQuantity : order.Quantity)
            .AddUnlessZero("price", order.Price)
            .Add("timeInForce", BybitWords.Of(order));
        if (IsSpot)
        {
            // A purchase at the market's price is sized in quote currency there unless told otherwise.
            parameters.Add("marketUnit", !isMarket ? null : order.QuoteQuantity > 0 ? "quoteCoin" : "baseCoin")
                .Add("orderFilter", waits ? "StopOrder" : null);
        }
        else
        {
            parameters.AddUnquoted("positionIdx", order.PositionSide == PositionSide.Both ? null : BybitWords.IndexOf(order.PositionSide))
                .AddUnquoted("reduceOnly", order.ReduceOnly ? "true" : null)
                .AddUnquoted("triggerDirection", waits ? DirectionOf(order) : null)
                .Add("triggerBy", waits && order.TriggerByMark ? "MarkPrice" : null);
        }

        return parameters.AddUnlessZero("triggerPrice", order.Trigger).Add("orderLinkId", order.ClientId);
    }

    /// <summary>1 wakes on a rise, 2 on a fall: a stop goes with the price, a take-profit against it.</summary>
    private static string DirectionOf(OrderRequest order) => (order.Side == OrderSide.Buy) == (order.Type != OrderType.TakeProfit) ? "1" : "2";
}
