using System.Text;
using Harrier.Domain;
using Harrier.Exchanges.Bybit;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Symbols;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Tests.Bybit;

public sealed class BybitSymbolsTests
{
    [Fact]
    public void Load_Spot_TakesTheStepsThatAreChecked()
    {
        SymbolRules rules = Rules(BybitMarket.Spot, "http_get_instruments_spot.json", "BTCUSDT");
        (rules.TickSize, rules.StepSize, rules.QuoteStep, rules.MinNotional, rules.IsTrading).ShouldBe((0.1m, 0.0001m, 0.01m, 10m, true));
        rules.MinQuantity.ShouldBe(0.0001m, "minOrderQty is sent and no longer checked");
        rules.MaxQuantity.ShouldBe(0m);
        (rules.CanTrail, rules.CanSizeInQuote, rules.Definition.Kind).ShouldBe((false, true, InstrumentKind.Spot));
    }

    [Fact]
    public void Load_Linear_TakesItsFilters()
    {
        SymbolRules rules = Rules(BybitMarket.Linear, "http_get_instruments_linear.json", "BTCUSDT");
        (rules.TickSize, rules.StepSize, rules.MinQuantity, rules.MaxQuantity, rules.MarketMaxQuantity, rules.MinNotional).ShouldBe((0.5m, 0.001m, 0.001m, 100m, 50m, 5m));
        (rules.CanTrail, rules.CanSizeInQuote, rules.Definition.Quote.Code).ShouldBe((true, false, "USDT"));
    }

    [Theory]
    [InlineData("http_get_instruments_linear_symbol_type.json", BybitMarket.Linear, 1)]
    [InlineData("http_get_instruments_spot_xstocks.json", BybitMarket.Spot, 1)]
    public void Load_OtherKinds_AreRead(string name, BybitMarket market, int count)
    {
        BybitSymbols symbols = new(market);
        symbols.Load(BybitFixtures.Bytes(name));
        symbols.Instruments.Count.ShouldBe(count);
    }

    [Fact]
    public void Load_DatedContractsAndThoseThatDoNotTrade_AreLeftOutOrNotTradable()
    {
        BybitSymbols symbols = new(BybitMarket.Linear);
        symbols.Load(Listing("""{"symbol":"A","status":"PreLaunch","contractType":"LinearPerpetual"},{"symbol":"B","status":"Trading","contractType":"LinearFutures"}"""));
        symbols.TryFind("A", out SymbolRules? rules, out _).ShouldBeTrue();
        rules!.IsTrading.ShouldBeFalse();
        symbols.TryFind("B", out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void Load_TickThatIsNoPowerOfTenWithTwelveDecimals_IsExact()
    {
        BybitSymbols symbols = new(BybitMarket.Spot);
        symbols.Load(Encoding.UTF8.GetBytes(
            """{"retCode":0,"result":{"list":[{"symbol":"X","status":"Trading","baseCoin":"A","quoteCoin":"B","priceFilter":{"tickSize":"0.000000000025"},"lotSizeFilter":{"basePrecision":"5"}}]}}"""));
        symbols.TryFind("X", out SymbolRules? rules, out Instrument? instrument).ShouldBeTrue();
        instrument!.ToDecimal(instrument.ToTicks(0.000000012350m)).ShouldBe(0.000000012350m);
        OrderRequest order = new() { Symbol = "X", ClientId = "a", Side = OrderSide.Buy, Type = OrderType.Limit, Quantity = 12m, Price = 0.000000012361m };
        OrderRequest fitted = OrderFitting.Fit(rules!, order).Value;
        (fitted.Price, fitted.Quantity).ShouldBe((0.00000001235m, 10m));
    }

    [Fact]
    public void Load_TickChangesAndASymbolGoes_IsTold()
    {
        BybitSymbols symbols = new(BybitMarket.Linear);
        List<SymbolChange> changes = [];
        symbols.Load(Listing("""{"symbol":"A","status":"Trading"},{"symbol":"B","status":"Trading"}"""));
        symbols.Changed += changes.Add;
        symbols.Load(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Listing("""{"symbol":"A","status":"Trading"}""")).Replace("\"0.1\"", "\"0.5\"", StringComparison.Ordinal)));
        changes.Select(c => (c.After.Symbol, c.IsRevised, c.Rules.IsTrading)).ShouldBe([("A", true, true), ("B", false, false)]);
    }

    [Theory]
    [InlineData(BybitMarket.Spot, "trail")]
    [InlineData(BybitMarket.Spot, "mark")]
    [InlineData(BybitMarket.Spot, "short")]
    [InlineData(BybitMarket.Spot, "reducing purchase")]
    [InlineData(BybitMarket.Linear, "quote amount")]
    [InlineData(BybitMarket.Linear, "trail that opens")]
    [InlineData(BybitMarket.Linear, "post-only now")]
    [InlineData(BybitMarket.Linear, "name")]
    public void Refuse_WhatTheVenueLacks_BeforeItLeaves(BybitMarket market, string flaw)
    {
        OrderRequest limit = new() { Symbol = "BTCUSDT", ClientId = "a", Side = OrderSide.Buy, Type = OrderType.Limit, Quantity = 1, Price = 100 };
        OrderRequest trail = limit with { Type = OrderType.TrailingStop, Price = 0, TrailingFraction = 0.01m };
        VenueError error = BybitOrderTerms.Refuse(market, flaw switch
        {
            "trail" or "trail that opens" => trail,
            "mark" => limit with { Type = OrderType.StopLimit, Trigger = 100, TriggerByMark = true },
            "short" => limit with { PositionSide = PositionSide.Short },
            "reducing purchase" => limit with { ReduceOnly = true },
            "quote amount" => limit with { Type = OrderType.Market, Price = 0, Quantity = 0, QuoteQuantity = 5 },
            "post-only now" => limit with { PostOnly = true, TimeInForce = TimeInForce.ImmediateOrCancel },
            _ => limit with { ClientId = new string('a', 37) },
        }).ShouldNotBeNull();
        (error.Kind, error.Outcome).ShouldBe((VenueErrorKind.RefusedLocally, Outcome.NotDone));
        BybitOrderTerms.Refuse(market, limit).ShouldBeNull();
    }

    private static byte[] Listing(string items) => Encoding.UTF8.GetBytes("""{"retCode":0,"result":{"list":[""" + items.Replace(
        "\"status\"",
        "\"baseCoin\":\"X\",\"quoteCoin\":\"USDT\",\"settleCoin\":\"USDT\",\"priceFilter\":{\"tickSize\":\"0.1\"},\"lotSizeFilter\":{\"qtyStep\":\"0.01\"},\"status\"",
        StringComparison.Ordinal) + "]}}");

    private static SymbolRules Rules(BybitMarket market, string name, string symbol)
    {
        BybitSymbols symbols = new(market);
        symbols.Load(BybitFixtures.Bytes(name));
        symbols.TryFind(symbol, out SymbolRules? rules, out _).ShouldBeTrue();
        return rules!;
    }
}
