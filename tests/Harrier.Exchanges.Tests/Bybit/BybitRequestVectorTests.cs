using System.Globalization;
using System.Text;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Bybit;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Symbols;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Tests.Bybit;

/// <summary>Our requests against those of an independent client for the same calls: method, path and the set of parameters; signatures to the byte.</summary>
public sealed class BybitRequestVectorTests
{
    // Free by the vectors' own account, or said by us where the other client relies on what the venue takes without a word.
    private static readonly string[] _free = ["limit", "marketUnit", "orderFilter", "endTime", "execType"];

    [Fact]
    public void Requests_OracleVectors_SameMethodPathAndParameters()
    {
        JsonElement file = BybitFixtures.Json("data/fixtures/ccxt-oracle/requests.json");
        BybitSigner signer = new(new ApiCredentials(file.GetProperty("apiKey").GetString()!, new Secret(file.GetProperty("apiSecret").GetString()!)));
        Timestamp now = Timestamp.FromUnixMilliseconds(file.GetProperty("nowMs").GetInt64());
        List<string> checkedCalls = [];
        List<string> others = [];
        foreach (JsonElement vector in Vectors(file))
        {
            string id = vector.GetProperty("id").GetString()!;
            JsonElement expected = vector.GetProperty("expect");
            if (CallOf(vector.GetProperty("call"), file.GetProperty("markets"), now) is not { } call)
            {
                others.Add(id);
                continue;
            }

            RestRequest request = BybitSigner.Build(signer, call, now);
            request.Method.ShouldBe(expected.GetProperty("method").GetString(), id);
            request.Path.ShouldBe(expected.GetProperty("path").GetString(), id);
            Parameters(request).ShouldBe(Expected(expected), ignoreOrder: true, id);
            request.Headers.Select(h => h.Key).ShouldBe(expected.GetProperty("headers").EnumerateObject().Select(h => h.Name).Where(n => n != "Content-Type"), id);
            checkedCalls.Add(id);
        }

        // What is not compared: books, trades, candles, tickers and open interest over REST, which the feeds do not ask for, and attached stops.
        checkedCalls.Count.ShouldBeGreaterThanOrEqualTo(28, string.Join(' ', others));
    }

    [Fact]
    public void Build_OraclePayloads_SameHeadersToTheByte()
    {
        JsonElement file = BybitFixtures.Json("data/fixtures/ccxt-oracle/requests.json");
        ApiCredentials credentials = new(file.GetProperty("apiKey").GetString()!, new Secret(file.GetProperty("apiSecret").GetString()!));
        BybitSigner signer = new(credentials, TimeSpan.FromMilliseconds(file.GetProperty("recvWindow").GetInt64()));
        int signed = 0;
        foreach (JsonElement expected in Vectors(file).Select(v => v.GetProperty("expect")).Where(e => e.GetProperty("headers").TryGetProperty("X-BAPI-SIGN", out _)))
        {
            JsonElement headers = expected.GetProperty("headers");
            string payload = expected.GetProperty("rawBody").GetString() ?? expected.GetProperty("rawQuery").GetString()!;
            string text = headers.GetProperty("X-BAPI-TIMESTAMP").GetString() + headers.GetProperty("X-BAPI-API-KEY").GetString() + headers.GetProperty("X-BAPI-RECV-WINDOW").GetString() + payload;
            signer.Sign(text).ShouldBe(headers.GetProperty("X-BAPI-SIGN").GetString());
            signed++;
        }

        signed.ShouldBeGreaterThan(25);
    }

    [Fact]
    public void Sign_GoldenVectors_SameBytes()
    {
        int checkedVectors = 0;
        foreach (JsonElement vector in BybitFixtures.Json("data/golden/signatures.json").EnumerateArray())
        {
            if (vector.GetProperty("scheme").GetString() is "bybit-rest-hmac" or "bybit-ws-auth-hmac")
            {
                BybitSigner signer = new(new ApiCredentials("key", new Secret(vector.GetProperty("secret").GetString()!)));
                signer.Sign(vector.GetProperty("payload").GetString()!).ShouldBe(vector.GetProperty("signature").GetString());
                checkedVectors++;
            }
        }

        checkedVectors.ShouldBe(3);
    }

    [Fact]
    public void Build_GoldenCalls_SignWhatIsSent()
    {
        BybitSigner signer = new(new ApiCredentials("KEY123456789", new Secret("testsecret")));
        RestRequest read = BybitSigner.Build(
            signer, BybitCall.Read("/v5/order/realtime", new RequestParameters().Add("category", "linear").Add("symbol", "BTCUSDT"), "realtime"), Timestamp.FromUnixMilliseconds(1658384314791));
        read.Query.ShouldBe("category=linear&symbol=BTCUSDT");
        read.Body.ShouldBeEmpty();
        read.ContentType.ShouldBeNull();
        read.Headers[^1].ShouldBe(KeyValuePair.Create("X-BAPI-SIGN", "83f3a168b0f76b29947fb1fbeb07d3a432bec33a7b0ad76f89ae74aac05d4669"));
        RequestParameters order = new RequestParameters().Add("category", "linear").Add("symbol", "BTCUSDT").Add("side", "Buy").Add("orderType", "Limit").Add("qty", "0.001")
            .Add("price", "30000").Add("timeInForce", "GTC");
        RestRequest write = BybitSigner.Build(signer, BybitCall.Write("/v5/order/create", order, "create"), Timestamp.FromUnixMilliseconds(1658385579423));
        write.Body.ShouldBe("""{"category":"linear","symbol":"BTCUSDT","side":"Buy","orderType":"Limit","qty":"0.001","price":"30000","timeInForce":"GTC"}""");
        write.Query.ShouldBeEmpty();
        write.ContentType.ShouldBe("application/json");
        write.Headers[^1].Value.ShouldBe("faa90f1311d4558c2140b24f9d5ed2d049c7d943cacfa5ee255d271a66e075be");
        signer.Login(Timestamp.FromUnixMilliseconds(1711010121452)).ShouldBe(("1711010121452", "4d47919ccdbd7704876a1afe5e2f16a4e66c8e74ab1c3f71d8077bed84919266"));
    }

    [Fact]
    public void Place_SpotPurchaseAtTheMarketsPrice_SaysWhatItIsSizedIn()
    {
        OrderRequest order = new() { Symbol = "BTCUSDT", ClientId = "a-1", Side = OrderSide.Buy, Type = OrderType.Market, Quantity = 0.01m };
        new BybitRequests(BybitMarket.Spot).Place(order).Parameters.Json()
            .ShouldBe("""{"category":"spot","symbol":"BTCUSDT","side":"Buy","orderType":"Market","qty":"0.01","marketUnit":"baseCoin","orderLinkId":"a-1"}""");
        new BybitRequests(BybitMarket.Spot).Place(order with { Quantity = 0, QuoteQuantity = 25.5m }).Parameters.Json()
            .ShouldBe("""{"category":"spot","symbol":"BTCUSDT","side":"Buy","orderType":"Market","qty":"25.5","marketUnit":"quoteCoin","orderLinkId":"a-1"}""");
    }

    [Theory]
    [InlineData(OrderSide.Buy, OrderType.Stop, "1")]
    [InlineData(OrderSide.Sell, OrderType.Stop, "2")]
    [InlineData(OrderSide.Buy, OrderType.TakeProfit, "2")]
    [InlineData(OrderSide.Sell, OrderType.TakeProfit, "1")]
    public void Place_WaitingOrderOnLinear_NamesTheDirection(OrderSide side, OrderType type, string direction)
    {
        OrderRequest order = new() { Symbol = "BTCUSDT", ClientId = "a-1", Side = side, Type = type, Quantity = 0.01m, Trigger = 50_000m, TriggerByMark = true };
        IReadOnlyList<KeyValuePair<string, string>> items = new BybitRequests(BybitMarket.Linear).Place(order).Parameters.Items;
        items.ShouldContain(KeyValuePair.Create("triggerDirection", direction));
        items.ShouldContain(KeyValuePair.Create("triggerBy", "MarkPrice"));
        items.ShouldContain(KeyValuePair.Create("triggerPrice", "50000"));
    }

    private static IEnumerable<JsonElement> Vectors(JsonElement file) => file.GetProperty("vectors").EnumerateArray().Where(v => v.GetProperty("exchange").GetString() == "bybit");

    private static IEnumerable<string> Parameters(RestRequest request)
    {
        if (request.Body.Length > 0)
        {
            return JsonDocument.Parse(request.Body).RootElement.EnumerateObject().Where(p => !_free.Contains(p.Name)).Select(p => p.Name + "=" + p.Value.GetRawText());
        }

        return request.Query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=')).Where(p => !_free.Contains(p[0]))
            .Select(p => p[0] + "=" + Uri.UnescapeDataString(p[1]));
    }

    private static List<string> Expected(JsonElement expected)
    {
        bool hasBody = expected.GetProperty("body").ValueKind == JsonValueKind.Object;
        JsonElement source = hasBody ? expected.GetProperty("body") : expected.GetProperty("query");
        return [.. source.EnumerateObject().Where(p => !_free.Contains(p.Name)).Select(p => p.Name + "=" + (hasBody ? p.Value.GetRawText() : p.Value.GetString()))];
    }

    private static BybitCall? CallOf(JsonElement call, JsonElement markets, Timestamp now)
    {
        JsonElement arguments = call.GetProperty("args");
        string text = call.GetRawText();
        BybitMarket market = text.Contains("BTC/USDT:USDT", StringComparison.Ordinal) ? BybitMarket.Linear : BybitMarket.Spot;
        BybitRequests requests = new(market);
        return call.GetProperty("method").GetString() switch
        {
            "fetchTime" => BybitRequests.Time(),
            "fetchBalance" => BybitRequests.Wallet(),
            "createOrder" when text.Contains("\"stopLoss\":", StringComparison.Ordinal) => null,
            "createOrder" or "createMarketBuyOrderWithCost" => requests.Place(Fitted(call, 1, market, markets)),
            "editOrder" => requests.Amend(Amended(call, market, markets)),
            "cancelOrder" => requests.Cancel(Key(arguments)),
            "cancelAllOrders" => requests.CancelAll("BTCUSDT", waiting: false),
            "fetchOpenOrders" => requests.OpenOrders("BTCUSDT", null, null),
            "fetchOpenOrder" => requests.Realtime(Key(arguments)),
            "fetchMyTrades" => requests.Executions(new HistoryQuery("BTCUSDT", Timestamp.FromUnixMilliseconds(arguments[1].GetInt64()), Limit: arguments[2].GetInt32()), null),
            "fetchTicker" => requests.Tickers("BTCUSDT"),
            "fetchFundingRateHistory" => requests.FundingRates(new HistoryQuery("BTCUSDT", Timestamp.FromUnixMilliseconds(arguments[1].GetInt64()), Limit: arguments[2].GetInt32()), now),
            "setLeverage" => requests.SetLeverage("BTCUSDT", arguments[0].GetInt32()),
            "setPositionMode" => requests.SetHedgeMode("BTCUSDT", arguments[0].GetBoolean()),
            "fetchPositions" or "fetchPosition" => requests.Positions("BTCUSDT", null, null),
            "fetchTradingFee" => requests.Fees("BTCUSDT"),
            _ => null,
        };
    }

    private static OrderAmendment Amended(JsonElement call, BybitMarket market, JsonElement markets)
    {
        OrderRequest fitted = Fitted(call, 2, market, markets);
        return new OrderAmendment(Key(call.GetProperty("args")), fitted.Side, fitted.Quantity, fitted.Price);
    }

    private static OrderRequest Fitted(JsonElement call, int first, BybitMarket market, JsonElement markets)
    {
        BybitSymbols symbols = new(market);
        string key = market == BybitMarket.Linear ? "bybitLinear" : "bybitSpot";
        symbols.Load(Encoding.UTF8.GetBytes($$$"""{"retCode":0,"result":{"list":{{{markets.GetProperty(key).GetRawText()}}}}}"""));
        symbols.TryFind("BTCUSDT", out SymbolRules? rules, out _).ShouldBeTrue();
        return OrderFitting.Fit(rules!, Order(call, first)).Value;
    }

    private static OrderRequest Order(JsonElement call, int first)
    {
        JsonElement arguments = call.GetProperty("args");
        if (call.GetProperty("method").GetString() == "createMarketBuyOrderWithCost")
        {
            return new OrderRequest { Symbol = "BTCUSDT", ClientId = "my-order-1", Side = OrderSide.Buy, Type = OrderType.Market, QuoteQuantity = arguments[1].GetDecimal() };
        }

        JsonElement extra = arguments.GetArrayLength() > first + 4 ? arguments[first + 4] : JsonDocument.Parse("{}").RootElement;
        decimal Extra(string name) => extra.TryGetProperty(name, out JsonElement value) ? value.GetDecimal() : 0;
        bool isMarket = arguments[first].GetString() == "market";
        decimal stop = Extra("stopLossPrice") + Extra("triggerPrice");
        decimal target = Extra("takeProfitPrice");
        bool closes = extra.TryGetProperty("reduceOnly", out _) || Extra("stopLossPrice") > 0 || target > 0;
        return new OrderRequest
        {
            Symbol = "BTCUSDT",
            ClientId = extra.TryGetProperty("clientOrderId", out JsonElement id) ? id.GetString()! : "x",
            Side = arguments[first + 1].GetString() == "buy" ? OrderSide.Buy : OrderSide.Sell,
            Type = target > 0 ? OrderType.TakeProfit : stop > 0 ? (isMarket ? OrderType.Stop : OrderType.StopLimit) : isMarket ? OrderType.Market : OrderType.Limit,
            Quantity = arguments[first + 2].GetDecimal(),
            Price = isMarket ? 0 : arguments[first + 3].GetDecimal(),
            Trigger = stop + target,
            PostOnly = extra.TryGetProperty("postOnly", out _),
            ReduceOnly = closes,
            PositionSide = extra.TryGetProperty("hedged", out _) ? PositionSide.Long : PositionSide.Both,
            TimeInForce = !extra.TryGetProperty("timeInForce", out JsonElement time) ? TimeInForce.GoodTilCanceled
                : time.GetString() == "IOC" ? TimeInForce.ImmediateOrCancel
                : TimeInForce.FillOrKill,
        };
    }

    private static OrderKey Key(JsonElement arguments)
    {
        VenueOrderId.TryParse(arguments[0].GetString(), out VenueOrderId id).ShouldBeTrue();
        id.ToString().ShouldBe(arguments[0].GetString(), CultureInfo.InvariantCulture.Name);
        return new OrderKey("BTCUSDT", "", id);
    }
}
