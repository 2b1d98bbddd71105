using System.Text;
using Harrier.Domain;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Symbols;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Tests.Binance;

public sealed class BinanceSymbolsTests
{
    private const string SpotFilters = """
        {"filterType":"PRICE_FILTER","minPrice":"0.01","maxPrice":"1000000.00","tickSize":"0.01"},
        {"filterType":"LOT_SIZE","minQty":"0.0001","maxQty":"9000","stepSize":"0.0001"},
        {"filterType":"MARKET_LOT_SIZE","minQty":"0.00000000","maxQty":"100.0","stepSize":"0.00000000"},
        {"filterType":"NOTIONAL","minNotional":"5.0","applyMinToMarket":true,"maxNotional":"9000000.0","applyMaxToMarket":false,"avgPriceMins":5},
        {"filterType":"PERCENT_PRICE_BY_SIDE","bidMultiplierUp":"5","bidMultiplierDown":"0.2","askMultiplierUp":"5","askMultiplierDown":"0.2","avgPriceMins":5},
        {"filterType":"TRAILING_DELTA","minTrailingAboveDelta":10,"maxTrailingAboveDelta":2000,"minTrailingBelowDelta":10,"maxTrailingBelowDelta":2000},
        {"filterType":"MAX_NUM_ORDERS","maxNumOrders":200},{"filterType":"MAX_NUM_ALGO_ORDERS","maxNumAlgoOrders":5},{"filterType":"SOMETHING_NEW","x":1}
        """;

    [Fact]
    public void Load_SpotSymbol_TakesItsFilters()
    {
        SymbolRules rules = Spot().Rules;
        rules.Definition.TickSize.ShouldBe(0.01m);
        rules.Definition.LotSize.ShouldBe(0.0001m);
        rules.Definition.Kind.ShouldBe(InstrumentKind.Spot);
        rules.MarketStepSize.ShouldBe(0);
        rules.MinNotional.ShouldBe(5m);
        rules.BuyBand.ShouldBe((0.2m, 5m));
        rules.TrailingDelta.ShouldBe((10, 2000));
        rules.MaxOrders.ShouldBe(200);
        rules.MaxConditionalOrders.ShouldBe(5);
        rules.IsTrading.ShouldBeTrue();
    }

    [Fact]
    public void Load_UsdMSymbol_TakesItsOtherNames()
    {
        BinanceSymbols symbols = new(BinanceMarket.UsdM);
        Load(symbols, """
            {"symbol":"BTCUSDT","contractType":"PERPETUAL","status":"TRADING","baseAsset":"BTC","quoteAsset":"USDT","maintMarginPercent":"2.5000","pricePrecision":2,"filters":[
            {"filterType":"PRICE_FILTER","minPrice":"556.80","maxPrice":"4529764","tickSize":"0.10"},{"filterType":"LOT_SIZE","minQty":"0.001","maxQty":"1000","stepSize":"0.001"},
            {"filterType":"MARKET_LOT_SIZE","minQty":"0.001","maxQty":"120","stepSize":"0.001"},{"filterType":"MAX_NUM_ORDERS","limit":200},{"filterType":"MAX_NUM_ALGO_ORDERS","limit":10},
            {"filterType":"MIN_NOTIONAL","notional":"100"},{"filterType":"PERCENT_PRICE","multiplierUp":"1.05","multiplierDown":"0.95","multiplierDecimal":"4"}]},
            {"symbol":"BTCUSDT_261225","contractType":"CURRENT_QUARTER","status":"TRADING","baseAsset":"BTC","quoteAsset":"USDT","filters":[]}
            """);
        Instrument instrument = symbols.Instruments.ShouldHaveSingleItem();
        instrument.Kind.ShouldBe(InstrumentKind.LinearPerpetual);
        instrument.Definition.TickSize.ShouldBe(0.1m);
        instrument.Definition.MaintenanceMarginRate.ShouldBe(0.025m);
        symbols.TryFind("BTCUSDT", out SymbolRules? rules, out _).ShouldBeTrue();
        rules!.MinNotional.ShouldBe(100m);
        rules.NotionalFilter.ShouldBe("MIN_NOTIONAL");
        rules.MaxOrders.ShouldBe(200);
        rules.MaxConditionalOrders.ShouldBe(10);
        rules.SellBand.ShouldBe((0.95m, 1.05m));
    }

    [Fact]
    public void Load_ChangedTick_RevisesTheInstrumentUnderItsId()
    {
        (BinanceSymbols symbols, _) = Spot();
        List<SymbolChange> changes = [];
        symbols.Changed += changes.Add;
        Load(symbols, Symbol(SpotFilters));
        changes.ShouldBeEmpty();
        Load(symbols, Symbol(SpotFilters.Replace("\"tickSize\":\"0.01\"", "\"tickSize\":\"0.05\"", StringComparison.Ordinal)));
        SymbolChange change = changes.ShouldHaveSingleItem();
        change.IsRevised.ShouldBeTrue();
        change.After.Revision.ShouldBe(2);
        change.After.Id.ShouldBe(change.Before!.Id);
        Load(symbols, Symbol(SpotFilters.Replace("\"tickSize\":\"0.01\"", "\"tickSize\":\"0.05\"", StringComparison.Ordinal), status: "CANCEL_ONLY"));
        changes[1].IsRevised.ShouldBeFalse();
        changes[1].Rules.IsTrading.ShouldBeFalse();
    }

    [Fact]
    public void Load_SymbolGone_StopsTradingAndKeepsItsInstrument()
    {
        (BinanceSymbols symbols, _) = Spot();
        List<SymbolChange> changes = [];
        symbols.Changed += changes.Add;
        Load(symbols, "");
        changes.ShouldHaveSingleItem().Rules.Status.ShouldBe("DELISTED");
        symbols.TryFind("BTCUSDT", out SymbolRules? rules, out Instrument? instrument).ShouldBeTrue();
        rules!.IsTrading.ShouldBeFalse();
        instrument!.Revision.ShouldBe(1);
    }

    [Fact]
    public void Load_Limits_BecomeRulesOfTheBudget()
    {
        BinanceSymbols symbols = new(BinanceMarket.Spot);
        symbols.Load("""
            {"rateLimits":[{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":6000},{"rateLimitType":"ORDERS","interval":"SECOND","intervalNum":10,"limit":100},
             {"rateLimitType":"RAW_REQUESTS","interval":"MINUTE","intervalNum":5,"limit":61000},{"rateLimitType":"NEW_KIND","interval":"MINUTE","intervalNum":5,"limit":1},
             {"rateLimitType":"ORDERS","interval":"FORTNIGHT","intervalNum":1,"limit":1}],"symbols":[]}
            """u8);
        symbols.Limits.ShouldBe(
        [
            new BudgetRule("weight-1m", 6000, TimeSpan.FromMinutes(1), false),
            new BudgetRule("orders-10s", 100, TimeSpan.FromSeconds(10), true),
            new BudgetRule("raw-5m", 61000, TimeSpan.FromMinutes(5), false),
        ]);
    }

    [Fact]
    public void Load_RecordedExchangeInfos_AllSymbolsAreRead()
    {
        BinanceSymbols spot = new(BinanceMarket.Spot);
        spot.Load(Encoding.UTF8.GetBytes(Capture("BINANCE")));
        spot.Instruments.Count.ShouldBeGreaterThan(1000);
        BinanceSymbols futures = new(BinanceMarket.UsdM);
        futures.Load(Encoding.UTF8.GetBytes(Capture("BINANCE_FUTURES")));
        futures.Instruments.Count.ShouldBeGreaterThan(50);
        futures.TryFind("BTCUSDT", out SymbolRules? rules, out _).ShouldBeTrue();
        rules!.TickSize.ShouldBe(0.01m);
        rules.MinNotional.ShouldBe(5m);
    }

    [Fact]
    public void Fit_Order_RoundsPriceToNearestTickAndSizeDown()
    {
        OrderRequest fitted = Fit(Order() with { Price = 51234.567m, Quantity = 0.98769m }).Value;
        fitted.Price.ShouldBe(51234.57m);
        fitted.Quantity.ShouldBe(0.9876m);
    }

    [Theory]
    [InlineData("0.00005", "50000", "LOT_SIZE")]
    [InlineData("9001", "50000", "LOT_SIZE")]
    [InlineData("0.0001", "40000", "NOTIONAL")]
    [InlineData("500", "50000", "NOTIONAL")]
    [InlineData("1", "2000000", "PRICE_FILTER")]
    [InlineData("1", "900000", "PERCENT_PRICE")]
    [InlineData("1", "9000", "PERCENT_PRICE")]
    public void Fit_BrokenFilter_IsNamedBeforeSending(string quantity, string price, string filter)
    {
        VenueError error = Fit(Order() with
        {
            Quantity = decimal.Parse(quantity, System.Globalization.CultureInfo.InvariantCulture),
            Price = decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture),
        }).Error;
        error.Filter.ShouldBe(filter);
        error.Outcome.ShouldBe(Outcome.NotDone);
    }

    [Fact]
    public void Fit_MarketOrder_MeetsTheMarketFiltersToo()
    {
        OrderRequest market = Order() with { Type = OrderType.Market, Price = 0 };
        Fit(market with { Quantity = 101m }).Error.Filter.ShouldBe("MARKET_LOT_SIZE");
        Fit(market with { Quantity = 0.0001m }, reference: 40_000m).Error.Filter.ShouldBe("NOTIONAL");
        Fit(market with { Quantity = 0.0001m }, reference: null).IsOk.ShouldBeTrue();
        Fit(market with { Quantity = 0, QuoteQuantity = 4m }).Error.Filter.ShouldBe("NOTIONAL");
    }

    [Theory]
    [InlineData(OrderType.Limit, TimeInForce.ImmediateOrCancel, true, false, BinanceMarket.Spot)]
    [InlineData(OrderType.Market, TimeInForce.GoodTilCanceled, true, false, BinanceMarket.Spot)]
    [InlineData(OrderType.Market, TimeInForce.FillOrKill, false, false, BinanceMarket.UsdM)]
    [InlineData(OrderType.StopLimit, TimeInForce.GoodTilCanceled, true, false, BinanceMarket.Spot)]
    [InlineData(OrderType.Limit, TimeInForce.GoodTilCanceled, false, true, BinanceMarket.Spot)]
    public void Refuse_WhatTheVenueLacks_IsSaidBeforeSending(OrderType type, TimeInForce time, bool postOnly, bool reduceOnly, BinanceMarket market)
    {
        OrderRequest order = Order() with
        {
            Type = type,
            TimeInForce = time,
            PostOnly = postOnly,
            ReduceOnly = reduceOnly,
            Price = type == OrderType.Market ? 0 : 50_000m,
            Trigger = type == OrderType.StopLimit ? 49_000m : 0,
        };
        VenueError error = OrderTermsCheck.Refuse(market, order).ShouldNotBeNull();
        error.Kind.ShouldBe(VenueErrorKind.RefusedLocally);
        error.Message.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("0.015", true)]
    [InlineData("0.0005", false)]
    [InlineData("0", false)]
    [InlineData("0.3", false)]
    public void Refuse_TrailingDistance_MustBeWithinTheVenuesRange(string fraction, bool isTaken)
    {
        OrderRequest order = Order() with
        {
            Type = OrderType.TrailingStop,
            Price = 0,
            TrailingFraction = decimal.Parse(fraction, System.Globalization.CultureInfo.InvariantCulture),
        };
        (OrderTermsCheck.Refuse(BinanceMarket.Spot, order) is null).ShouldBe(isTaken);
    }

    [Fact]
    public void Place_TrailingStop_IsBasisPointsOnSpotAndPercentOnUsdM()
    {
        OrderRequest order = Order() with { Type = OrderType.TrailingStop, Price = 0, TrailingFraction = 0.015m };
        SpotRequests.Place(order).Parameters.Items.ShouldContain(KeyValuePair.Create("trailingDelta", "150"));
        LinearRequests.Place(order).Parameters.Items.ShouldContain(KeyValuePair.Create("callbackRate", "1.5"));
    }

    private static OrderRequest Order() => new()
    {
        Symbol = "BTCUSDT",
        ClientId = "h00000001-1",
        Side = OrderSide.Buy,
        Type = OrderType.Limit,
        Quantity = 1m,
        Price = 50_000m,
    };

    private static VenueResult<OrderRequest> Fit(OrderRequest order, decimal? reference = 50_000m) => BinanceClient.Fit(BinanceMarket.Spot, Spot().Rules, order, reference);

    private static (BinanceSymbols Symbols, SymbolRules Rules) Spot()
    {
        BinanceSymbols symbols = new(BinanceMarket.Spot);
        Load(symbols, Symbol(SpotFilters));
        symbols.TryFind("BTCUSDT", out SymbolRules? rules, out _).ShouldBeTrue();
        return (symbols, rules!);
    }

    private static string Symbol(string filters, string status = "TRADING") =>
        $$"""{"symbol":"BTCUSDT","status":"{{status}}","baseAsset":"BTC","quoteAsset":"USDT","orderTypes":["LIMIT"],"filters":[{{filters}}]}""";

    private static void Load(BinanceSymbols symbols, string json) => symbols.Load(Encoding.UTF8.GetBytes($$"""{"symbols":[{{json}}]}"""));

    private static string Capture(string name)
    {
        using FileStream file = File.OpenRead(Support.SharedData.Require($"data/captures/cryptofeed/{name}.0.gz"));
        using System.IO.Compression.GZipStream zip = new(file, System.IO.Compression.CompressionMode.Decompress);
        using StreamReader reader = new(zip);
        string line = reader.ReadToEnd().Split('\n').First(l => l.Contains("exchangeInfo", StringComparison.Ordinal) && l.Contains("\"symbols\"", StringComparison.Ordinal));
        return line[line.IndexOf('{', StringComparison.Ordinal)..];
    }
}
