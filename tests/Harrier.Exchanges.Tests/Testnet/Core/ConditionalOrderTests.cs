using Harrier.Testnet.Core;
using static Harrier.Exchanges.Tests.Testnet.Core.CoreScene;

namespace Harrier.Exchanges.Tests.Testnet.Core;

public sealed class ConditionalOrderTests
{
    private readonly CoreScene _scene = new();

    [Theory]
    [InlineData(ExchangeOrderType.StopLoss, true, 95, 95.01, 95)]
    [InlineData(ExchangeOrderType.StopLoss, false, 105, 104.99, 105)]
    [InlineData(ExchangeOrderType.TakeProfit, true, 105, 104.99, 105)]
    [InlineData(ExchangeOrderType.TakeProfit, false, 95, 95.01, 95)]
    public void StopPrice_Reached_BecomesAMarketOrder(ExchangeOrderType type, bool isSell, double stop, double before, double at)
    {
        ExchangeOrder order = _scene.Taken(_scene.Ann, new NewOrder { Symbol = Symbol, IsSell = isSell, Type = type, Quantity = 1m, StopPrice = (decimal)stop });
        (order.Status, order.IsWorking).ShouldBe((ExchangeOrderStatus.New, false));
        _scene.TradeAt((decimal)before);
        order.IsWorking.ShouldBeFalse();
        _scene.Core.Place(_scene.House, Limit(!isSell, 5m, isSell ? 90m : 110m));

        _scene.TradeAtThrough((decimal)at, isSell);

        (order.Status, order.IsTriggered, order.AveragePrice).ShouldBe((ExchangeOrderStatus.Filled, true, isSell ? 90m : 110m));
        (_scene.Ann.Locked("BTC"), _scene.Ann.Locked("USDT")).ShouldBe((0m, 0m));
    }

    [Fact]
    public void StopLimit_Reached_RestsWithItsLock()
    {
        ExchangeOrder order = _scene.Taken(_scene.Ann, Limit(true, 2m, 94m) with { Type = ExchangeOrderType.StopLossLimit, StopPrice = 95m });
        _scene.Ann.Locked("BTC").ShouldBe(2m);

        _scene.TradeAt(95m);

        (order.Status, order.IsWorking, _scene.Ann.Locked("BTC")).ShouldBe((ExchangeOrderStatus.New, true, 2m));
        _scene.Instrument.Book.BestAsk.ShouldBe(94m);
        _scene.Core.Cancel(_scene.Ann, Key(order)).Refusal.ShouldBeNull();
        _scene.Ann.Locked("BTC").ShouldBe(0m);
    }

    [Fact]
    public void StopLoss_WaitingMarketBuy_LocksAtItsStopPrice()
    {
        ExchangeOrder order = _scene.Taken(_scene.Ann, new NewOrder { Symbol = Symbol, Type = ExchangeOrderType.StopLoss, Quantity = 1m, StopPrice = 110m });
        _scene.Ann.Locked("USDT").ShouldBe(110m);

        _scene.Core.Cancel(_scene.Ann, Key(order));

        _scene.Ann.Locked("USDT").ShouldBe(0m);
    }

    [Fact]
    public void Trailing_SellStop_FollowsTheHighest()
    {
        ExchangeOrder order = _scene.Taken(_scene.Ann, new NewOrder { Symbol = Symbol, IsSell = true, Type = ExchangeOrderType.StopLoss, Quantity = 1m, TrailingDeltaBps = 1000 });
        order.TriggerPrice.ShouldBe(90m);
        _scene.TradeAt(120m);
        order.TriggerPrice.ShouldBe(108m);
        _scene.TradeAt(110m);
        order.TriggerPrice.ShouldBe(108m);
        order.IsTriggered.ShouldBeFalse();

        _scene.TradeAt(108m);

        order.IsTriggered.ShouldBeTrue();
    }

    [Fact]
    public void Trailing_WithStopPrice_StartsThere()
    {
        ExchangeOrder order = _scene.Taken(_scene.Ann, new NewOrder { Symbol = Symbol, IsSell = true, Type = ExchangeOrderType.TrailingStop, Quantity = 1m, StopPrice = 120m, TrailingDeltaBps = 500 });
        _scene.TradeAt(80m);
        order.IsTriggered.ShouldBeFalse();
        _scene.TradeAt(125m);
        order.TriggerPrice.ShouldBe(118.75m);

        _scene.TradeAt(118m);

        order.IsTriggered.ShouldBeTrue();
    }

    [Fact]
    public void Triggers_OneAfterTheOther_EachSeesThePriceOfTheLast()
    {
        _scene.Core.Place(_scene.House, Limit(false, 1m, 94m));
        _scene.Core.Place(_scene.House, Limit(false, 1m, 89m));
        ExchangeOrder second = _scene.Taken(_scene.Bob, new NewOrder { Symbol = Symbol, IsSell = true, Type = ExchangeOrderType.StopLoss, Quantity = 1m, StopPrice = 94m });
        ExchangeOrder first = _scene.Taken(_scene.Ann, new NewOrder { Symbol = Symbol, IsSell = true, Type = ExchangeOrderType.StopLoss, Quantity = 1m, StopPrice = 95m });

        _scene.TradeAt(95m);

        (first.AveragePrice, second.AveragePrice).ShouldBe((94m, 89m));
    }

    [Fact]
    public void Linear_Trigger_MakesAChildOfItsOwn()
    {
        CoreScene scene = new(MarketKind.Linear);
        scene.Core.Place(scene.House, Limit(false, 50m, 94m));
        scene.Core.Place(scene.House, Limit(true, 50m, 101m));
        scene.Taken(scene.Ann, Market(false, 2m));
        ExchangeOrder stop = scene.Taken(scene.Ann, new NewOrder { Symbol = Symbol, IsSell = true, Type = ExchangeOrderType.StopLoss, ClosePosition = true, StopPrice = 95m, ClientId = "sl" });
        (stop.Status, stop.IsConditional).ShouldBe((ExchangeOrderStatus.Untriggered, true));
        // Client ids of conditional orders are a namespace of their own.
        ExchangeOrder plain = scene.Taken(scene.Ann, Limit(false, 1m, 90m) with { ClientId = "sl" });
        scene.Log.Events.Clear();

        scene.TradeAt(95m);

        ExchangeOrder child = scene.Core.FindOrder(scene.Ann, new OrderKey(Symbol, stop.ChildOrderId, null)).ShouldNotBeNull();
        (stop.Status, child.ParentConditionalId, child.Status, child.Quantity).ShouldBe((ExchangeOrderStatus.Triggered, stop.Id, ExchangeOrderStatus.Filled, 2m));
        child.ClientId.ShouldNotBe("sl");
        scene.Ann.Position(scene.Instrument).Quantity.ShouldBe(0m);
        scene.Log.Events.ShouldBe(["ann ConditionalTriggered Triggered", "ann New New", "ann Trade Filled 2.000@94.00", "ann ConditionalFinished Triggered"]);
        scene.Core.OpenOrders(scene.Ann).ShouldBe([plain]);
    }

    [Fact]
    public void Linear_TriggerWithoutPosition_IsRejected()
    {
        CoreScene scene = new(MarketKind.Linear);
        ExchangeOrder stop = scene.Taken(scene.Ann, new NewOrder { Symbol = Symbol, IsSell = true, Type = ExchangeOrderType.StopLoss, Quantity = 1m, ReduceOnly = true, StopPrice = 95m });

        scene.TradeAt(95m);

        (stop.Status, stop.EndReason).ShouldBe((ExchangeOrderStatus.Rejected, nameof(RefusalReason.ReduceOnly)));
        scene.Log.Events[^1].ShouldBe("ann ConditionalRejected Rejected ReduceOnly");
    }

    [Fact]
    public void Linear_TriggerByMark_IgnoresTheLastPrice()
    {
        CoreScene scene = new(MarketKind.Linear);
        scene.Core.Place(scene.House, Limit(false, 50m, 80m));
        ExchangeOrder stop = scene.Taken(scene.Ann, new NewOrder { Symbol = Symbol, IsSell = true, Type = ExchangeOrderType.StopLoss, Quantity = 1m, StopPrice = 95m, TriggerByMark = true });
        scene.TradeAt(94m);
        stop.Status.ShouldBe(ExchangeOrderStatus.Untriggered);
        scene.Core.SetIndexPrice(Symbol, 94m);

        scene.Pass(TimeSpan.FromSeconds(1));

        (stop.Status, scene.Ann.Position(scene.Instrument).Quantity).ShouldBe((ExchangeOrderStatus.Triggered, -1m));
    }

    [Fact]
    public void CancelAll_Linear_KeepsTheKindsApart()
    {
        CoreScene scene = new(MarketKind.Linear);
        ExchangeOrder plain = scene.Buy(scene.Ann, 1m, 90m);
        ExchangeOrder stop = scene.Taken(scene.Ann, new NewOrder { Symbol = Symbol, IsSell = true, Type = ExchangeOrderType.StopLoss, Quantity = 1m, StopPrice = 95m });

        scene.Core.CancelAll(scene.Ann, Symbol, conditional: false).ShouldBe([plain]);
        scene.Core.OpenOrders(scene.Ann, Symbol).ShouldBe([stop]);
        scene.Core.CancelAll(scene.Ann, null, conditional: true).ShouldBe([stop]);

        scene.Log.Events[^1].ShouldBe("ann ConditionalCanceled Canceled");
        scene.Core.OpenOrders(scene.Ann).ShouldBeEmpty();
    }
}
