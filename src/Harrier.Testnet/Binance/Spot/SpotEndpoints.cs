using Harrier.Testnet.Binance.Shared;

namespace Harrier.Testnet.Binance.Spot;

/// <summary>Everything that can be asked of the spot market.</summary>
internal static class SpotEndpoints
{
    private const string Root = "/api/v3";

    /// <summary>Lists it.</summary>
    /// <param name="market">The market.</param>
    /// <param name="users">The streams of accounts.</param>
    public static IReadOnlyList<ApiEndpoint> Of(SpotMarket market, SpotUserStreams users) =>
    [
        .. Public(new SpotListing(market), new SpotMarketData(market), new SpotTickers(market)),
        .. Trading(market),
        .. Account(market),
        .. Sessions(users),
    ];

    private static IEnumerable<ApiEndpoint> Public(SpotListing listing, SpotMarketData data, SpotTickers tickers) =>
    [
        Get("/ping", 1, SpotMarketData.Ping) with { SocketMethod = "ping" },
        Get("/time", 1, SpotMarketData.Time) with { SocketMethod = "time" },
        Get("/exchangeInfo", 20, listing.Info) with { SocketMethod = "exchangeInfo" },
        Get("/depth", 5, data.Depth) with { SocketMethod = "depth", WeightOf = SpotMarketData.DepthWeight },
        Get("/trades", 25, data.Trades) with { SocketMethod = "trades.recent" },
        Get("/historicalTrades", 25, data.HistoricalTrades) with { SocketMethod = "trades.historical" },
        Get("/aggTrades", 4, data.AggregateTrades) with { SocketMethod = "trades.aggregate" },
        Get("/klines", 2, data.Klines) with { SocketMethod = "klines" },
        Get("/uiKlines", 2, data.Klines) with { SocketMethod = "uiKlines" },
        Get("/avgPrice", 2, data.AveragePrice) with { SocketMethod = "avgPrice" },
        Get("/ticker/24hr", 2, tickers.Day) with { SocketMethod = "ticker.24hr", WeightOf = SpotTickers.DayWeight },
        Get("/ticker/tradingDay", 4, tickers.TradingDay) with { SocketMethod = "ticker.tradingDay", WeightOf = SpotTickers.WindowWeight },
        Get("/ticker", 4, tickers.Window) with { SocketMethod = "ticker", WeightOf = SpotTickers.WindowWeight },
        Get("/ticker/price", 2, tickers.Price) with { SocketMethod = "ticker.price", WeightOf = SpotTickers.PriceWeight },
        Get("/ticker/bookTicker", 2, tickers.Book) with { SocketMethod = "ticker.book", WeightOf = SpotTickers.PriceWeight },
        new("GET", "/dapi/v1/exchangeInfo", ApiSecurity.None, 1, SpotSapi.NoCoinMargined),
        new("GET", "/sapi/v1/system/status", ApiSecurity.None, 1, SpotSapi.Status),
    ];

    private static IEnumerable<ApiEndpoint> Trading(SpotMarket market)
    {
        SpotTrading trading = new(market);
        return
        [
            Trade("POST", "/order", 1, trading.Place) with { SocketMethod = "order.place", Orders = 1, IsFreeWhenAccepted = true },
            Trade("POST", "/order/test", 1, trading.Test) with { SocketMethod = "order.test", WeightOf = SpotTrading.TestWeight },
            Trade("DELETE", "/order", 1, trading.Cancel) with { SocketMethod = "order.cancel", IsFreeWhenAccepted = true },
            Trade("DELETE", "/openOrders", 1, trading.CancelAll) with { SocketMethod = "openOrders.cancelAll", IsFreeWhenAccepted = true },
            Trade("POST", "/order/cancelReplace", 1, new SpotReplace(market, trading).Replace) with
            {
                SocketMethod = "order.cancelReplace",
                Orders = 1,
                IsFreeWhenAccepted = true,
            },
            Trade("PUT", "/order/amend/keepPriority", 4, trading.Amend) with { SocketMethod = "order.amend.keepPriority" },
            Signed("GET", "/order", 4, trading.Query) with { SocketMethod = "order.status" },
            Signed("GET", "/openOrders", 6, trading.Open) with { SocketMethod = "openOrders.status", WeightOf = SpotTrading.OpenWeight },
            Signed("GET", "/allOrders", 20, trading.All) with { SocketMethod = "allOrders" },
            Signed("GET", "/myTrades", 20, trading.Trades) with { SocketMethod = "myTrades", WeightOf = SpotTrading.TradesWeight },
        ];
    }

    private static IEnumerable<ApiEndpoint> Account(SpotMarket market)
    {
        SpotAccount account = new(market);
        SpotSapi sapi = new(market, account);
        return
        [
            Signed("GET", "/account", 20, account.Account) with { SocketMethod = "account.status" },
            Signed("GET", "/account/commission", 20, account.Commission) with { SocketMethod = "account.commission" },
            Signed("GET", "/rateLimit/order", 40, account.OrderCounts) with { SocketMethod = "account.rateLimits.orders" },
            new("GET", "/sapi/v1/account/apiRestrictions", ApiSecurity.Signed, 1, SpotSapi.Restrictions),
            new("GET", "/sapi/v1/capital/config/getall", ApiSecurity.Signed, 10, sapi.Assets),
            new("GET", "/sapi/v1/asset/tradeFee", ApiSecurity.Signed, 1, sapi.Fees),
            new("GET", "/sapi/v1/margin/allPairs", ApiSecurity.Key, 1, SpotSapi.NoPairs),
            new("GET", "/sapi/v1/margin/isolated/allPairs", ApiSecurity.Key, 10, SpotSapi.NoPairs),
            new("POST", Root + "/userDataStream", ApiSecurity.None, 2, SpotSapi.Gone),
            new("PUT", Root + "/userDataStream", ApiSecurity.None, 2, SpotSapi.Gone),
            new("DELETE", Root + "/userDataStream", ApiSecurity.None, 2, SpotSapi.Gone),
        ];
    }

    private static IEnumerable<ApiEndpoint> Sessions(SpotUserStreams users) =>
    [
        Session("userDataStream.subscribe.signature", ApiSecurity.Signed, users.Subscribe),
        Session("userDataStream.subscribe", ApiSecurity.None, SpotUserStreams.SubscribeByLogon),
        Session("userDataStream.unsubscribe", ApiSecurity.None, users.Unsubscribe),
        Session("session.subscriptions", ApiSecurity.None, SpotUserStreams.Subscriptions),
        Session("session.logon", ApiSecurity.None, SpotUserStreams.Logon),
        Session("session.status", ApiSecurity.None, SpotUserStreams.Status),
        Session("session.logout", ApiSecurity.None, SpotUserStreams.Status),
    ];

    private static ApiEndpoint Get(string path, int weight, ApiHandler handler) => new("GET", Root + path, ApiSecurity.None, weight, handler);

    private static ApiEndpoint Signed(string method, string path, int weight, ApiHandler handler) => new(method, Root + path, ApiSecurity.Signed, weight, handler);

    private static ApiEndpoint Trade(string method, string path, int weight, ApiHandler handler) => new(method, Root + path, ApiSecurity.Trade, weight, handler);

    private static ApiEndpoint Session(string name, ApiSecurity security, ApiHandler handler) => new("", "", security, 2, handler) { SocketMethod = name };
}
