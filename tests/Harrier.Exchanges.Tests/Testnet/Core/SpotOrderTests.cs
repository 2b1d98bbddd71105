using Harrier.Testnet.Core;
using static Harrier.Exchanges.Tests.Testnet.Core.CoreScene;

namespace Harrier.Exchanges.Tests.Testnet.Core;

public sealed class SpotOrderTests
{
    private readonly CoreScene _scene = new();

    [Fact]
    public void Place_CrossingLimits_TradeAtTheMakersPriceAndPayFees()
    {
        ExchangeOrder sell = _scene.Sell(_scene.Ann, 1m, 100m);
        (_scene.Ann.Free("BTC"), _scene.Ann.Locked("BTC")).ShouldBe((9m, 1m));

        ExchangeOrder buy = _scene.Buy(_scene.Bob, 2m, 101m);

        (buy.Status, buy.Executed, buy.ExecutedQuote, sell.Status).ShouldBe((ExchangeOrderStatus.PartiallyFilled, 1m, 100m, ExchangeOrderStatus.Filled));
        // The buyer pays the taker fee in what it buys, the seller the maker fee in what it gets.
        (_scene.Bob.Free("BTC"), _scene.Bob.Free("USDT"), _scene.Bob.Locked("USDT")).ShouldBe((10.998m, 9_799m, 101m));
        (_scene.Ann.Free("BTC"), _scene.Ann.Free("USDT"), _scene.Ann.Locked("BTC")).ShouldBe((9m, 10_099.9m, 0m));
        (_scene.Core.Venue.Fees.Free("BTC"), _scene.Core.Venue.Fees.Free("USDT")).ShouldBe((0.002m, 0.1m));
        _scene.Log.Events.ShouldBe(["ann New New", "bob New New", "bob Trade PartiallyFilled 1.000@100.00", "ann Trade Filled 1.000@100.00"]);
        _scene.Log.Trades.ShouldHaveSingleItem().ShouldSatisfyAllConditions(t => t.IsSell.ShouldBeFalse(), t => t.Id.ShouldBe(1), t => t.LastId.ShouldBe(1));
    }

    [Fact]
    public void Place_FeeAsset_IsUsedWhileThereIsEnough()
    {
        CoreScene scene = new(MarketKind.Spot, o => o with { FeeAsset = "BNB" });
        scene.Core.Transfer(scene.Bob, "BNB", 0.03m);
        scene.Sell(scene.Ann, 3m, 100m);

        ExchangeOrder first = scene.Taken(scene.Bob, Market(false, 1m));
        ExchangeOrder second = scene.Taken(scene.Bob, Market(false, 1m));

        first.Fills[0].ShouldSatisfyAllConditions(f => f.FeeAsset.ShouldBe("BNB"), f => f.Fee.ShouldBe(0.02m));
        second.Fills[0].ShouldSatisfyAllConditions(f => f.FeeAsset.ShouldBe("BTC"), f => f.Fee.ShouldBe(0.002m));
        scene.Bob.Free("BNB").ShouldBe(0.01m);
    }

    [Fact]
    public void Place_Rebate_PaysTheMaker()
    {
        CoreScene scene = new(MarketKind.Spot, o => o with { MakerFee = -0.001m });
        scene.Sell(scene.Ann, 1m, 100m);
        scene.Buy(scene.Bob, 1m, 100m);

        scene.Ann.Free("USDT").ShouldBe(10_100.1m);
        scene.Core.Venue.Fees.Free("USDT").ShouldBe(-0.1m);
    }

    [Fact]
    public void Place_QuoteAmount_BuysWhatItPaysFor()
    {
        _scene.Sell(_scene.Ann, 1m, 100m);
        _scene.Sell(_scene.Ann, 1m, 110m);

        ExchangeOrder order = _scene.Taken(_scene.Bob, new NewOrder { Symbol = Symbol, Type = ExchangeOrderType.Market, QuoteQuantity = 150.07m });

        (order.Status, order.Quantity, order.Executed, order.ExecutedQuote).ShouldBe((ExchangeOrderStatus.Filled, 1.455m, 1.455m, 100m + (0.455m * 110m)));
        order.AveragePrice.ShouldBe(order.ExecutedQuote / 1.455m);
    }

    [Fact]
    public void Place_QuoteAmountOfASale_SellsWhatBringsIt()
    {
        _scene.Buy(_scene.Ann, 5m, 100m);

        _scene.Taken(_scene.Bob, new NewOrder { Symbol = Symbol, IsSell = true, Type = ExchangeOrderType.Market, QuoteQuantity = 250m }).Executed.ShouldBe(2.5m);
    }

    [Fact]
    public void Place_MarketOrder_RestExpires()
    {
        _scene.Sell(_scene.Ann, 1m, 100m);

        ExchangeOrder order = _scene.Taken(_scene.Bob, Market(false, 2m));

        (order.Status, order.Executed, order.EndReason).ShouldBe((ExchangeOrderStatus.Expired, 1m, ExpiryReasons.NoLiquidity));
        _scene.Bob.Locked("USDT").ShouldBe(0m);
        _scene.Taken(_scene.Bob, Market(false, 1m)).Status.ShouldBe(ExchangeOrderStatus.Expired);
    }

    [Fact]
    public void Place_ImmediateAndAllOrNothing_Expire()
    {
        _scene.Sell(_scene.Ann, 1m, 100m);

        ExchangeOrder nothing = _scene.Taken(_scene.Bob, Limit(false, 2m, 100m) with { TimeInForce = ExchangeTimeInForce.FOK });
        ExchangeOrder some = _scene.Taken(_scene.Bob, Limit(false, 2m, 100m) with { TimeInForce = ExchangeTimeInForce.IOC });

        (nothing.Status, nothing.Executed, nothing.EndReason).ShouldBe((ExchangeOrderStatus.Expired, 0m, ExpiryReasons.AllOrNothing));
        (some.Status, some.Executed, some.EndReason).ShouldBe((ExchangeOrderStatus.Expired, 1m, ExpiryReasons.ImmediateRest));
        _scene.Bob.Locked("USDT").ShouldBe(0m);
        _scene.Core.OpenOrders(_scene.Bob).ShouldBeEmpty();
    }

    [Fact]
    public void Place_LimitMaker_RefusedWhenItWouldTake()
    {
        _scene.Sell(_scene.Ann, 1m, 100m);

        _scene.Refused(_scene.Bob, Limit(false, 1m, 100m) with { Type = ExchangeOrderType.LimitMaker }).ShouldBe(RefusalReason.WouldTake);
        _scene.Taken(_scene.Bob, Limit(false, 1m, 99.99m) with { Type = ExchangeOrderType.LimitMaker }).Status.ShouldBe(ExchangeOrderStatus.New);
    }

    public static TheoryData<RefusalReason, NewOrder> Broken => new()
    {
        { RefusalReason.UnknownSymbol, Limit(false, 1m, 100m) with { Symbol = "NOSUCH" } },
        { RefusalReason.BadPrice, Limit(false, 1m, 0m) },
        { RefusalReason.BadPrice, Limit(false, 1m, 1_000_001m) },
        { RefusalReason.PriceTick, Limit(false, 1m, 100.001m) },
        { RefusalReason.PriceBand, Limit(false, 1m, 500.01m) },
        { RefusalReason.PriceBand, Limit(true, 1m, 19.99m) },
        { RefusalReason.QuantityTooSmall, Limit(false, 0.0001m, 100m) },
        { RefusalReason.QuantityTooLarge, Limit(false, 9000.001m, 100m) },
        { RefusalReason.QuantityTooLarge, Market(false, 1000.001m) },
        { RefusalReason.QuantityStep, Limit(false, 1.0001m, 100m) },
        { RefusalReason.MinNotional, Limit(false, 0.049m, 100m) },
        { RefusalReason.MinNotional, Market(true, 0.049m) },
        { RefusalReason.MinNotional, Market(false, 0m) with { QuoteQuantity = 4.99m } },
        { RefusalReason.NoLiquidity, Market(false, 0m) with { QuoteQuantity = 50m } },
        { RefusalReason.InsufficientBalance, Limit(false, 100.01m, 100m) },
        { RefusalReason.InsufficientBalance, Limit(true, 10.001m, 100m) },
        { RefusalReason.QuantityStep, Limit(true, 1m, 100m) with { IcebergQuantity = 0.0001m } },
        { RefusalReason.WouldTrigger, Limit(true, 1m, 100m) with { Type = ExchangeOrderType.StopLossLimit, StopPrice = 100m } },
        { RefusalReason.WouldTrigger, Limit(false, 1m, 100m) with { Type = ExchangeOrderType.TakeProfit, StopPrice = 100m } },
        { RefusalReason.BadPrice, Limit(true, 1m, 100m) with { Type = ExchangeOrderType.StopLoss } },
        { RefusalReason.PriceTick, Limit(true, 1m, 100m) with { Type = ExchangeOrderType.StopLoss, StopPrice = 90.001m } },
        // What is checked first is what is told.
        { RefusalReason.PriceTick, Limit(false, 0.0001m, 100.001m) },
        { RefusalReason.QuantityTooSmall, Limit(false, 0.0001m, 100m) },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Place_BrokenRule_RefusedAndNothingChanged(RefusalReason reason, NewOrder order)
    {
        _scene.Refused(_scene.Ann, order).ShouldBe(reason);

        _scene.Core.OpenOrders(_scene.Ann).ShouldBeEmpty();
        (_scene.Ann.Free("BTC"), _scene.Ann.Free("USDT")).ShouldBe((10m, 10_000m));
        _scene.Log.Events.ShouldBeEmpty();
    }

    [Fact]
    public void Place_DuplicateClientId_OnlyAmongOpenOrders()
    {
        ExchangeOrder first = _scene.Taken(_scene.Ann, Limit(false, 1m, 90m) with { ClientId = "a" });
        _scene.Refused(_scene.Ann, Limit(false, 1m, 91m) with { ClientId = "a" }).ShouldBe(RefusalReason.DuplicateClientId);
        _scene.Taken(_scene.Bob, Limit(false, 1m, 90m) with { ClientId = "a" });

        _scene.Core.Cancel(_scene.Ann, new OrderKey(Symbol, null, "a"), "cancel-1").Order.ShouldBe(first);

        (first.ClientId, first.OriginalClientId, first.OwnClientId, first.Status).ShouldBe(("cancel-1", "a", "a", ExchangeOrderStatus.Canceled));
        ExchangeOrder second = _scene.Taken(_scene.Ann, Limit(false, 1m, 91m) with { ClientId = "a" });
        _scene.Core.FindOrder(_scene.Ann, new OrderKey(Symbol, null, "a")).ShouldBe(second);
        _scene.Core.FindOrder(_scene.Ann, new OrderKey(Symbol, first.Id, null)).ShouldBe(first);
        _scene.Core.FindOrder(_scene.Bob, new OrderKey(Symbol, first.Id, null)).ShouldBeNull();
        _scene.Core.Cancel(_scene.Ann, Key(first)).Refusal!.Value.Reason.ShouldBe(RefusalReason.UnknownOrder);
    }

    [Fact]
    public void Place_MaxOrders_CountsOpenOnesOnly()
    {
        CoreScene scene = new(MarketKind.Spot, o => o with { Listings = [.. o.Listings.Select(l => l with { MaxOrders = 2, MaxConditionalOrders = 1 })] });
        ExchangeOrder first = scene.Buy(scene.Ann, 1m, 90m);
        scene.Taken(scene.Ann, Limit(true, 1m, 80m) with { Type = ExchangeOrderType.StopLossLimit, StopPrice = 85m });

        scene.Refused(scene.Ann, Limit(true, 1m, 80m) with { Type = ExchangeOrderType.StopLossLimit, StopPrice = 85m }).ShouldBe(RefusalReason.TooManyConditional);
        scene.Refused(scene.Ann, Limit(false, 1m, 90m)).ShouldBe(RefusalReason.TooManyOrders);
        scene.Core.Cancel(scene.Ann, Key(first));
        scene.Buy(scene.Ann, 1m, 90m);
    }

    [Fact]
    public void Place_DryRun_ChangesNothing()
    {
        _scene.Core.Place(_scene.Ann, Limit(false, 1m, 90m) with { DryRun = true }).ShouldBe(default);
        _scene.Core.Place(_scene.Ann, Limit(false, 1000m, 90m) with { DryRun = true }).Refusal!.Value.Reason.ShouldBe(RefusalReason.InsufficientBalance);

        _scene.Core.OpenOrders(_scene.Ann).ShouldBeEmpty();
        _scene.Ann.Locked("USDT").ShouldBe(0m);
    }

    [Fact]
    public void Amend_SmallerInPlace_KeepsThePlace()
    {
        ExchangeOrder first = _scene.Sell(_scene.Ann, 2m, 100m);
        _scene.Sell(_scene.Bob, 2m, 100m);

        _scene.Core.Amend(_scene.Ann, Key(first), 1m, null, keepPriority: true).Order.ShouldBe(first);
        _scene.Core.Place(_scene.House, Market(false, 1m));

        (first.Status, first.Quantity, _scene.Ann.Locked("BTC")).ShouldBe((ExchangeOrderStatus.Filled, 1m, 0m));
        _scene.Log.Events.ShouldContain("ann Replaced New");
    }

    [Fact]
    public void Amend_InPlace_RefusesWhatIsNotSmaller()
    {
        ExchangeOrder order = _scene.Sell(_scene.Ann, 2m, 100m);
        _scene.Core.Place(_scene.House, Market(false, 1m));

        RefusalReason Amend(decimal quantity) => _scene.Core.Amend(_scene.Ann, Key(order), quantity, null, keepPriority: true).Refusal!.Value.Reason;
        Amend(2m).ShouldBe(RefusalReason.NothingChanged);
        Amend(3m).ShouldBe(RefusalReason.NotAmendable);
        Amend(1m).ShouldBe(RefusalReason.NotAmendable);
        Amend(1.0001m).ShouldBe(RefusalReason.QuantityStep);
    }

    [Fact]
    public void Cancel_FreesWhatWasLocked()
    {
        ExchangeOrder order = _scene.Buy(_scene.Ann, 2m, 90.5m);
        _scene.Core.Place(_scene.House, Market(true, 0.5m));

        _scene.Core.Cancel(_scene.Ann, Key(order));

        (order.Status, order.Executed).ShouldBe((ExchangeOrderStatus.Canceled, 0.5m));
        (_scene.Ann.Free("USDT"), _scene.Ann.Locked("USDT")).ShouldBe((10_000m - 45.25m, 0m));
    }

    [Theory]
    [InlineData(SelfTradePrevention.None, ExchangeOrderStatus.Filled, ExchangeOrderStatus.PartiallyFilled, 1)]
    [InlineData(SelfTradePrevention.ExpireTaker, ExchangeOrderStatus.ExpiredInMatch, ExchangeOrderStatus.New, 0)]
    [InlineData(SelfTradePrevention.ExpireMaker, ExchangeOrderStatus.New, ExchangeOrderStatus.ExpiredInMatch, 0)]
    [InlineData(SelfTradePrevention.ExpireBoth, ExchangeOrderStatus.ExpiredInMatch, ExchangeOrderStatus.ExpiredInMatch, 0)]
    [InlineData(SelfTradePrevention.Decrement, ExchangeOrderStatus.ExpiredInMatch, ExchangeOrderStatus.New, 0)]
    public void Place_AgainstOneself_PreventedAsAsked(SelfTradePrevention stp, ExchangeOrderStatus taker, ExchangeOrderStatus maker, int trades)
    {
        ExchangeOrder sell = _scene.Sell(_scene.Ann, 3m, 100m);

        ExchangeOrder buy = _scene.Taken(_scene.Ann, Limit(false, 1m, 100m) with { Stp = stp });

        (buy.Status, sell.Status, _scene.Log.Trades.Count).ShouldBe((taker, maker, trades));
        decimal locked = buy.IsOpen ? 100m : 0m;
        (_scene.Ann.Locked("USDT"), _scene.Ann.Locked("BTC")).ShouldBe((locked, sell.IsOpen ? sell.Remaining : 0m));
        (_scene.Sum("BTC"), _scene.Sum("USDT")).ShouldBe((0m, 0m));
    }

    [Fact]
    public void Fills_AndHistory_ArePaged()
    {
        _scene.Sell(_scene.Ann, 5m, 100m);
        for (int i = 0; i < 5; i++)
        {
            _scene.Taken(_scene.Bob, Market(false, 1m));
            _scene.Pass(TimeSpan.FromSeconds(1));
        }

        IReadOnlyList<ExchangeFill> fills = _scene.Core.Fills(_scene.Bob, Symbol, null, new HistoryRange(Limit: 2));
        fills.Select(f => f.TradeId).ShouldBe([4L, 5L]);
        _scene.Core.Fills(_scene.Bob, Symbol, null, new HistoryRange(FromId: 2, Limit: 2)).Select(f => f.TradeId).ShouldBe([2L, 3L]);
        _scene.Core.Fills(_scene.Bob, Symbol, null, new HistoryRange(Start: fills[0].Time)).Count.ShouldBe(2);
        _scene.Core.Fills(_scene.Bob, Symbol, fills[1].Order.Id, new HistoryRange()).ShouldHaveSingleItem().Fee.ShouldBe(0.002m);
        _scene.Core.OrderHistory(_scene.Bob, Symbol, new HistoryRange(Limit: 3)).Count.ShouldBe(3);
        _scene.Core.RecentTrades(Symbol, 2).Select(t => t.Id).ShouldBe([4L, 5L]);
        _scene.Core.RecentTrades(Symbol, 2, 1).Select(t => t.Id).ShouldBe([1L, 2L]);
    }

    [Fact]
    public void OrderHistory_Full_ForgetsTheOldestButNoOpenOrder()
    {
        CoreScene scene = new(MarketKind.Spot, o => o with { OrderHistoryPerAccount = 3 });
        ExchangeOrder open = scene.Buy(scene.Ann, 1m, 50m);
        for (int i = 0; i < 5; i++)
        {
            scene.Core.Cancel(scene.Ann, Key(scene.Buy(scene.Ann, 1m, 40m)));
        }

        IReadOnlyList<ExchangeOrder> history = scene.Core.OrderHistory(scene.Ann, Symbol, new HistoryRange());
        history.Count.ShouldBe(4);
        history[0].ShouldBe(open);
        scene.Core.FindOrder(scene.Ann, Key(open)).ShouldBe(open);
    }
}
