using Harrier.Testnet.Core;
using Harrier.Testnet.Markets;

namespace Harrier.Exchanges.Tests.Testnet.Markets;

public sealed class MarketControlTests
{
    [Theory]
    [InlineData(MarketActionKind.Crash, 20, 0.8)]
    [InlineData(MarketActionKind.Spike, 25, 1.25)]
    [InlineData(MarketActionKind.Trend, -6, 0.94)]
    public void Apply_ChangesOfPrice_MoveTheBookThereAndLeaveItThere(MarketActionKind kind, int percent, double factor)
    {
        (MarketRig rig, MarketControl control) = Make();
        double before = (double)rig.Middle;

        control.Apply(new MarketAction { Kind = kind, Value = percent }).ShouldBeNull();
        rig.Run(650);

        ((double)rig.Middle / before).ShouldBe(factor, 0.02);
        rig.Instrument.Book.BidLevels.ShouldBeGreaterThan(50);
        rig.Instrument.Book.AskLevels.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void Apply_Move_TradesThroughAUsersStopOnTheWay()
    {
        (MarketRig rig, MarketControl control) = Make();
        decimal start = rig.Middle;
        decimal stop = Math.Round(start * 0.97m, 2);
        ExchangeOrder order = rig.Core.Place(rig.User, new NewOrder
        {
            Symbol = "BTCUSDT",
            IsSell = true,
            Type = ExchangeOrderType.StopLoss,
            Quantity = 0.01m,
            StopPrice = stop,
        }).Order.ShouldNotBeNull();

        control.Apply(new MarketAction { Kind = MarketActionKind.Move, Symbol = "BTCUSDT", Value = start * 0.95m }).ShouldBeNull();
        rig.Run(50);

        order.Status.ShouldBe(ExchangeOrderStatus.Filled);
        order.AveragePrice.ShouldBeInRange(start * 0.945m, stop * 1.001m);
        ((double)(rig.Middle / start)).ShouldBe(0.95, 0.005);
    }

    [Fact]
    public void Apply_Drain_EmptiesOneSide_WhichComesBack()
    {
        (MarketRig rig, MarketControl control) = Make();

        control.Apply(new MarketAction { Kind = MarketActionKind.Drain, IsSell = true, Length = TimeSpan.FromSeconds(3) }).ShouldBeNull();
        rig.Run(2);
        rig.Instrument.Book.AskLevels.ShouldBe(0);
        rig.Instrument.Book.BidLevels.ShouldBeGreaterThan(50);
        rig.Run(25);
        rig.Instrument.Book.AskLevels.ShouldBe(0);
        rig.Run(30);
        rig.Instrument.Book.AskLevels.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void Apply_Wall_PutsALargeOrderThere()
    {
        (MarketRig rig, MarketControl control) = Make();
        decimal price = Math.Round(rig.Instrument.Book.BestBid * 0.998m, 0) + 0.37m;
        rig.Instrument.Book.QuantityAt(isSell: false, price).ShouldBe(0);

        control.Apply(new MarketAction { Kind = MarketActionKind.Wall, Price = price, Value = 20 }).ShouldBeNull();

        decimal[] sizes = [.. rig.Core.Depth("BTCUSDT", 100).Bids.Select(level => level.Quantity).Order()];
        rig.Instrument.Book.QuantityAt(isSell: false, price).ShouldBeGreaterThan(7 * sizes[sizes.Length / 2]);
    }

    [Fact]
    public void Apply_HaltAndReopen_StopAndGoOn_AndADelistingIsForGood()
    {
        (MarketRig rig, MarketControl control) = Make();
        control.Apply(new MarketAction { Kind = MarketActionKind.Halt, Symbol = "BTCUSDT" }).ShouldBeNull();
        int trades = rig.Trades.Count;
        rig.Run(20);
        rig.Trades.Count.ShouldBe(trades);

        control.Apply(new MarketAction { Kind = MarketActionKind.Reopen, Symbol = "BTCUSDT" }).ShouldBeNull();
        rig.Run(20);
        rig.Trades.Count.ShouldBeGreaterThan(trades);

        control.Apply(new MarketAction { Kind = MarketActionKind.Delist }).ShouldNotBeNull();
        control.Apply(new MarketAction { Kind = MarketActionKind.Delist, Symbol = "BTCUSDT" }).ShouldBeNull();
        control.Apply(new MarketAction { Kind = MarketActionKind.Reopen, Symbol = "BTCUSDT" }).ShouldBeNull();
        rig.Run(5);
        rig.Instrument.Status.ShouldBe(ListingStatus.Delisted);
        rig.Instrument.Book.BidLevels.ShouldBe(0);
    }

    [Theory]
    [InlineData("0.1")]
    [InlineData("0.001")]
    [InlineData("5")]
    public void Apply_Tick_TheBookMovesToTheNewGrid(string text)
    {
        decimal tick = decimal.Parse(text, null);
        (MarketRig rig, MarketControl control) = Make();

        control.Apply(new MarketAction { Kind = MarketActionKind.Tick, Symbol = "BTCUSDT", Value = tick }).ShouldBeNull();
        rig.Run(100);

        DepthView depth = rig.Core.Depth("BTCUSDT", 1000);
        depth.Bids.Concat(depth.Asks).ShouldAllBe(level => level.Price % tick == 0);
        depth.Bids.Count.ShouldBeGreaterThan(10);
        depth.Asks.Count.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void Apply_Funding_IsPaidWithinTheNextBeats()
    {
        MarketRig rig = new(7, MarketKind.Linear);
        MarketControl control = new([rig.Core], rig.Flow);
        rig.Run(30);
        rig.Place(isSell: false, quantity: 1);
        decimal before = rig.User.Free("USDT");

        control.Apply(new MarketAction { Kind = MarketActionKind.Funding, Symbol = "BTCUSDT", Value = 0.001m }).ShouldBeNull();
        rig.Run(2);

        (before - rig.User.Free("USDT")).ShouldBe(rig.Instrument.MarkPrice * 0.001m, rig.Instrument.MarkPrice * 0.00001m);
    }

    [Fact]
    public void Apply_WhatMakesNoSense_IsRefusedWithAReason()
    {
        (MarketRig _, MarketControl control) = Make();

        control.Apply(new MarketAction { Kind = MarketActionKind.Crash, Symbol = "NOUSDT" }).ShouldBe("symbol: NOUSDT: not listed");
        control.Apply(new MarketAction { Kind = MarketActionKind.Crash, Value = 100 }).ShouldNotBeNull();
        control.Apply(new MarketAction { Kind = MarketActionKind.Move, Symbol = "BTCUSDT" }).ShouldNotBeNull();
        control.Apply(new MarketAction { Kind = MarketActionKind.Tick, Symbol = "BTCUSDT", Value = 0 }).ShouldNotBeNull();
        control.Apply(new MarketAction { Kind = MarketActionKind.Funding }).ShouldNotBeNull();
    }

    private static (MarketRig Rig, MarketControl Control) Make()
    {
        MarketRig rig = new();
        rig.Run(50);
        return (rig, new MarketControl([rig.Core], rig.Flow));
    }
}
