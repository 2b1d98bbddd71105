using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Symbols;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Tests.Binance;

/// <summary>Our requests against those of an independent client for the same calls: method, path and the set of parameters.</summary>
public sealed class BinanceRequestVectorTests
{
    // Free by the vectors' own account: ours come from the signing, or say what we want to read back.
    private static readonly string[] _free = ["timestamp", "recvWindow", "signature", "newOrderRespType"];

    [Fact]
    public void Requests_OracleVectors_SameMethodPathAndParameters()
    {
        JsonElement file = Fixtures.Json("data/fixtures/ccxt-oracle/requests.json");
        BinanceSigner signer = new(new ApiCredentials(file.GetProperty("apiKey").GetString()!, new Secret(file.GetProperty("apiSecret").GetString()!)));
        Timestamp now = Timestamp.FromUnixMilliseconds(file.GetProperty("nowMs").GetInt64());
        List<string> checkedCalls = [];
        List<string> others = [];
        foreach (JsonElement vector in file.GetProperty("vectors").EnumerateArray().Where(v => v.GetProperty("exchange").GetString() == "binance"))
        {
            string id = vector.GetProperty("id").GetString()!;
            JsonElement expected = vector.GetProperty("expect");
            if (CallOf(vector.GetProperty("call"), expected.GetProperty("path").GetString()!, file.GetProperty("markets")) is not { } call)
            {
                others.Add(id);
                continue;
            }

            RestRequest request = BinanceSigner.Build(signer, call, now);
            request.Method.ShouldBe(expected.GetProperty("method").GetString(), id);
            request.Path.ShouldBe(expected.GetProperty("path").GetString(), id);
            (request.Query.Length > 0).ShouldBe(!string.IsNullOrEmpty(expected.GetProperty("rawQuery").GetString()), id);
            Parameters(request.Query + request.Body).ShouldBe(Expected(expected), ignoreOrder: true, id);
            checkedCalls.Add(id);
        }

        checkedCalls.Count.ShouldBeGreaterThanOrEqualTo(34, string.Join(' ', others));
    }

    [Fact]
    public void Signer_OraclePayloads_SameSignatures()
    {
        JsonElement file = Fixtures.Json("data/fixtures/ccxt-oracle/requests.json");
        BinanceSigner signer = new(new ApiCredentials("testkey", new Secret(file.GetProperty("apiSecret").GetString()!)));
        int signed = 0;
        foreach (JsonElement expected in file.GetProperty("vectors").EnumerateArray().Where(v => v.GetProperty("exchange").GetString() == "binance").Select(v => v.GetProperty("expect")))
        {
            const string Mark = "&signature=";
            string payload = expected.GetProperty("rawQuery").GetString() + (expected.GetProperty("rawBody").GetString() ?? "");
            int at = payload.IndexOf(Mark, StringComparison.Ordinal);
            if (at >= 0)
            {
                signer.Sign(payload[..at]).ShouldBe(payload[(at + Mark.Length)..]);
                signed++;
            }
        }

        signed.ShouldBeGreaterThan(25);
    }

    private static IEnumerable<string> Parameters(string encoded) => encoded.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(p => p.Split('='))
        .Where(p => !_free.Contains(p[0]))
        .Select(p => p[0] + "=" + Uri.UnescapeDataString(p[1]));

    private static List<string> Expected(JsonElement expected)
    {
        JsonElement source = expected.GetProperty("body").ValueKind == JsonValueKind.Object ? expected.GetProperty("body") : expected.GetProperty("query");
        return [.. source.EnumerateObject().Where(p => !_free.Contains(p.Name)).Select(p => p.Name + "=" + p.Value.GetString())];
    }

    private static BinanceCall? CallOf(JsonElement call, string path, JsonElement markets)
    {
        bool isLinear = path.StartsWith("/fapi/", StringComparison.Ordinal);
        JsonElement arguments = call.GetProperty("args");
        HistoryQuery query = new("BTCUSDT", Time(arguments, 1), Limit: Number(arguments, 2));
        return call.GetProperty("method").GetString() switch
        {
            "fetchTime" => isLinear ? LinearRequests.Time() : SpotRequests.Time(),
            "fetchBalance" => isLinear ? LinearRequests.Account() : SpotRequests.Account(),
            "createOrder" or "createMarketBuyOrderWithCost" => Placing(call, isLinear, markets),
            "editOrder" when !isLinear => SpotRequests.Replace(Key(arguments), Fitted(call, 2, BinanceMarket.Spot, markets)),
            "cancelOrder" => isLinear ? LinearRequests.Cancel(Key(arguments)) : SpotRequests.Cancel(Key(arguments)),
            "cancelAllOrders" => isLinear ? LinearRequests.CancelAll("BTCUSDT") : SpotRequests.CancelAll("BTCUSDT"),
            "fetchOrder" => isLinear ? LinearRequests.Query(Key(arguments)) : SpotRequests.Query(Key(arguments)),
            "fetchOpenOrders" => isLinear ? LinearRequests.OpenOrders("BTCUSDT") : SpotRequests.OpenOrders("BTCUSDT"),
            "fetchOrders" when !isLinear => SpotRequests.History(query),

            // The other client adds an end to the time range on USD-M, ours reads on from the last.
            "fetchMyTrades" when !isLinear => SpotRequests.Trades(query),
            "fetchFundingRate" => LinearRequests.PremiumIndex("BTCUSDT"),
            "fetchFundingRateHistory" => LinearRequests.FundingRates(query),
            "fetchTradingFee" => isLinear ? LinearRequests.Commission("BTCUSDT") : null,
            "setLeverage" => LinearRequests.SetLeverage("BTCUSDT", arguments[0].GetInt32()),
            "setMarginMode" => LinearRequests.SetMarginType("BTCUSDT", arguments[0].GetString() == "isolated"),
            "setPositionMode" => LinearRequests.SetHedgeMode(arguments[0].GetBoolean()),
            "fetchPositionMode" => LinearRequests.ReadHedgeMode(),
            _ => null,
        };
    }

    private static BinanceCall Placing(JsonElement call, bool isLinear, JsonElement markets)
    {
        OrderRequest fitted = Fitted(call, 1, isLinear ? BinanceMarket.UsdM : BinanceMarket.Spot, markets);
        return isLinear ? LinearRequests.Place(fitted) : SpotRequests.Place(fitted);
    }

    private static OrderRequest Fitted(JsonElement call, int first, BinanceMarket market, JsonElement markets)
    {
        BinanceSymbols symbols = new(market);
        string key = market == BinanceMarket.UsdM ? "binanceUsdm" : "binanceSpot";
        symbols.Load(System.Text.Encoding.UTF8.GetBytes($$"""{"symbols":{{markets.GetProperty(key).GetRawText()}}}"""));
        symbols.TryFind("BTCUSDT", out SymbolRules? rules, out _).ShouldBeTrue();
        return BinanceClient.Fit(market, rules!, Order(call, first)).Value;
    }

    private static OrderRequest Order(JsonElement call, int first)
    {
        JsonElement arguments = call.GetProperty("args");
        if (call.GetProperty("method").GetString() == "createMarketBuyOrderWithCost")
        {
            return new OrderRequest { Symbol = "BTCUSDT", ClientId = "my-order-1", Side = OrderSide.Buy, Type = OrderType.Market, QuoteQuantity = arguments[1].GetDecimal() };
        }

        JsonElement extra = arguments[first + 4];
        decimal Extra(string name) => extra.TryGetProperty(name, out JsonElement value) ? value.GetDecimal() : 0;
        bool isMarket = arguments[first].GetString() == "market";
        decimal stop = Extra("stopLossPrice");
        decimal target = Extra("takeProfitPrice");
        decimal trail = Extra("trailingPercent");
        return new OrderRequest
        {
            Symbol = "BTCUSDT",
            ClientId = extra.GetProperty("clientOrderId").GetString()!,
            Side = arguments[first + 1].GetString() == "buy" ? OrderSide.Buy : OrderSide.Sell,
            Type = trail > 0 ? OrderType.TrailingStop
                : target > 0 ? OrderType.TakeProfit
                : stop > 0 ? (isMarket ? OrderType.Stop : OrderType.StopLimit)
                : isMarket ? OrderType.Market : OrderType.Limit,
            Quantity = arguments[first + 2].GetDecimal(),
            Price = isMarket ? 0 : arguments[first + 3].GetDecimal(),
            Trigger = stop + target,
            TrailingFraction = trail / 100,
            PostOnly = extra.TryGetProperty("postOnly", out _),
            ReduceOnly = extra.TryGetProperty("reduceOnly", out _),
            TimeInForce = !extra.TryGetProperty("timeInForce", out JsonElement time) ? TimeInForce.GoodTilCanceled
                : time.GetString() == "IOC" ? TimeInForce.ImmediateOrCancel
                : TimeInForce.FillOrKill,
        };
    }

    private static OrderKey Key(JsonElement arguments) => arguments[0].GetString() is { Length: > 0 } id
        ? new OrderKey("BTCUSDT", "", long.Parse(id, System.Globalization.CultureInfo.InvariantCulture))
        : new OrderKey("BTCUSDT", arguments[2].GetProperty("clientOrderId").GetString()!);

    private static Timestamp? Time(JsonElement arguments, int index) =>
        arguments.GetArrayLength() > index && arguments[index].ValueKind == JsonValueKind.Number && arguments[index].TryGetInt64(out long time) && time > 1_000_000_000_000
            ? Timestamp.FromUnixMilliseconds(time)
            : null;

    private static int Number(JsonElement arguments, int index) =>
        arguments.GetArrayLength() > index && arguments[index].ValueKind == JsonValueKind.Number && arguments[index].TryGetInt32(out int number) ? number : 500;
}
