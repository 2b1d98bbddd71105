using Harrier.Domain;
using Harrier.Testnet.Core;
using static Harrier.Exchanges.Tests.Testnet.Core.CoreScene;

namespace Harrier.Exchanges.Tests.Testnet.Core;

public sealed class LinearMarketTests
{
    private readonly CoreScene _scene = new(MarketKind.Linear);

    public LinearMarketTests()
    {
        _scene.Core.Place(_scene.House, Limit(true, 500m, 101m));
        _scene.Core.Place(_scene.House, Limit(false, 500m, 99m));
        _scene.Pass(TimeSpan.FromSeconds(1));
        _scene.Log.Events.Clear();
        _scene.Log.Balances.Clear();
    }

    private ExchangePosition Position => _scene.Ann.Position(_scene.Instrument);

    [Fact]
    public void Fill_OpensAddsReducesAndTurns()
    {
        _scene.Taken(_scene.Ann, Market(false, 2m));
        _scene.Core.Place(_scene.House, Limit(true, 2m, 100m));
        _scene.Taken(_scene.Ann, Market(false, 2m));
        (Position.Quantity, Position.EntryPrice).ShouldBe((4m, 100.5m));

        ExchangeOrder close = _scene.Taken(_scene.Ann, Market(true, 1m));
        close.Fills[0].RealizedPnl.ShouldBe(-1.5m);
        (Position.Quantity, Position.EntryPrice, Position.RealizedPnl).ShouldBe((3m, 100.5m, -1.5m));
        ExchangeOrder turn = _scene.Taken(_scene.Ann, Market(true, 5m));

        turn.Fills[0].RealizedPnl.ShouldBe(-4.5m);
        (Position.Quantity, Position.EntryPrice).ShouldBe((-2m, 99m));
        decimal fees = ((2m * 101m) + (2m * 100m) + (6m * 99m)) * 0.0005m;
        _scene.Ann.Free("USDT").ShouldBe(1000m - 6m - fees);
        _scene.Core.Venue.Fees.Free("USDT").ShouldBe(fees);
        _scene.Sum("USDT").ShouldBe(0m);
    }

    [Fact]
    public void Margin_IsNotionalOverLeverage()
    {
        _scene.Taken(_scene.Ann, Market(false, 10m));
        MarginSummary margin = _scene.Ann.Margin("USDT");

        // 10 at the mark price of 100 and 20 times.
        (margin.PositionMargin, margin.Maintenance, margin.Unrealized, margin.OrderMargin).ShouldBe((50m, 5m, -10m, 0m));
        margin.Available.ShouldBe(1000m - 0.505m - 10m - 50m);

        _scene.Buy(_scene.Ann, 4m, 95m);
        _scene.Ann.Margin("USDT").OrderMargin.ShouldBe(19m);
        _scene.Sell(_scene.Ann, 5m, 105m);
        _scene.Ann.Margin("USDT").OrderMargin.ShouldBe(19m);
    }

    [Fact]
    public void Place_MoreThanTheMargin_Refused()
    {
        _scene.Refused(_scene.Ann, Market(false, 200m)).ShouldBe(RefusalReason.InsufficientMargin);
        _scene.Refused(_scene.Ann, Limit(false, 206m, 97m)).ShouldBe(RefusalReason.InsufficientMargin);
        _scene.Core.SetLeverage(_scene.Ann, Symbol, 50).ShouldBeTrue();
        _scene.Taken(_scene.Ann, Market(false, 200m)).Status.ShouldBe(ExchangeOrderStatus.Filled);
        _scene.Core.SetLeverage(_scene.Ann, Symbol, 10).ShouldBeFalse();
        _scene.Core.SetLeverage(_scene.Ann, Symbol, 126).ShouldBeFalse();
        Position.Leverage.ShouldBe(50);
    }

    [Fact]
    public void ReduceOnly_IsCutToThePosition_AndNeverTurnsIt()
    {
        _scene.Refused(_scene.Ann, Market(true, 1m) with { ReduceOnly = true }).ShouldBe(RefusalReason.ReduceOnly);
        _scene.Taken(_scene.Ann, Market(false, 3m));
        _scene.Refused(_scene.Ann, Market(false, 1m) with { ReduceOnly = true }).ShouldBe(RefusalReason.ReduceOnly);

        ExchangeOrder order = _scene.Taken(_scene.Ann, Market(true, 5m) with { ReduceOnly = true });

        (order.Quantity, order.Status, Position.Quantity).ShouldBe((3m, ExchangeOrderStatus.Filled, 0m));
    }

    [Fact]
    public void ReduceOnly_Resting_ShrinksWithThePosition()
    {
        _scene.Taken(_scene.Ann, Market(false, 4m));
        ExchangeOrder large = _scene.Taken(_scene.Ann, Limit(true, 4m, 100.5m) with { ReduceOnly = true });
        ExchangeOrder small = _scene.Taken(_scene.Ann, Limit(true, 1m, 100.6m) with { ReduceOnly = true });

        _scene.Taken(_scene.Ann, Market(true, 2m));
        (large.Quantity, small.Quantity, _scene.Instrument.Book.QuantityAt(true, 100.5m)).ShouldBe((2m, 1m, 2m));
        _scene.Taken(_scene.Ann, Market(true, 2m));

        (large.Status, small.Status, large.EndReason).ShouldBe((ExchangeOrderStatus.Expired, ExchangeOrderStatus.Expired, ExpiryReasons.NothingToReduce));
        _scene.Core.OpenOrders(_scene.Ann).ShouldBeEmpty();
    }

    [Fact]
    public void ReduceOnly_SeveralHitByOneSweep_StopAtZero()
    {
        _scene.Taken(_scene.Ann, Market(false, 4m));
        ExchangeOrder first = _scene.Taken(_scene.Ann, Limit(true, 3m, 100.5m) with { ReduceOnly = true });
        ExchangeOrder second = _scene.Taken(_scene.Ann, Limit(true, 3m, 100.6m) with { ReduceOnly = true });

        _scene.Core.Place(_scene.House, Limit(false, 6m, 100.9m));

        (Position.Quantity, first.Executed, second.Executed, second.Quantity, second.Status).ShouldBe((0m, 3m, 1m, 1m, ExchangeOrderStatus.Filled));
    }

    [Fact]
    public void Funding_LongsPayShorts()
    {
        _scene.Taken(_scene.Ann, Market(false, 2m));
        _scene.Taken(_scene.Bob, Market(true, 3m));
        (decimal ann, decimal bob) = (_scene.Ann.Free("USDT"), _scene.Bob.Free("USDT"));
        _scene.Core.SetFundingRate(Symbol, 0.0003m);
        Timestamp due = _scene.Instrument.NextFunding;

        _scene.Pass(TimeSpan.FromHours(8));

        (_scene.Ann.Free("USDT") - ann, _scene.Bob.Free("USDT") - bob).ShouldBe((-0.06m, 0.09m));
        _scene.Core.FundingHistory(Symbol).ShouldHaveSingleItem().ShouldBe(new FundingStamp(due, 0.0003m, 100m));
        _scene.Instrument.NextFunding.ShouldBe(due + TimeSpan.FromHours(8));
        _scene.Log.Balances.Where(b => b.Cause == BalanceCauses.Funding).Select(b => b.Account).ShouldBe(["ann", "bob"]);
        _scene.Sum("USDT").ShouldBe(0m);
    }

    [Fact]
    public void FundingRate_WithoutPremium_IsTheInterest()
    {
        _scene.Instrument.FundingRate.ShouldBe(0.0001m);
        _scene.Core.SetIndexPrice(Symbol, 99.8m);

        _scene.Pass(TimeSpan.FromSeconds(1));

        // Premiums 0 and 0.2/99.8 with weights 1 and 2; the interest lies more than 0.05 % below it.
        _scene.Instrument.FundingRate.ShouldBe(decimal.Round((2m * 0.2m / 99.8m / 3m) - 0.0005m, 8));
        _scene.Instrument.MarkPrice.ShouldBe(99.82m);
    }

    [Fact]
    public void Liquidation_ClosesInTheBook_AndInsurancePaysTheRest()
    {
        _scene.Taken(_scene.Ann, Market(false, 150m));
        ExchangeOrder open = _scene.Buy(_scene.Ann, 1m, 90m);
        decimal price = Position.LiquidationPrice;
        // Wallet + q (P - E) = q P m.
        (1000m - 7.575m + (150m * (price - 101m)) - (150m * price * 0.005m)).ShouldBe(0m, 0.000001m);
        _scene.MoveMarketTo(price + 0.5m);
        Position.Quantity.ShouldBe(150m);

        _scene.MoveMarketTo(90m);

        Position.Quantity.ShouldBe(0m);
        open.Status.ShouldBe(ExchangeOrderStatus.Expired);
        ExchangeOrder close = _scene.Core.OrderHistory(_scene.Ann, Symbol, new HistoryRange())[^1];
        close.ClientId.ShouldStartWith("autoclose-");
        close.Executed.ShouldBe(150m);
        _scene.Log.Orders.ShouldContain(o => o.Order == close && o.Kind == OrderEventKind.Liquidation);
        _scene.Ann.Free("USDT").ShouldBe(0m);
        _scene.Core.Venue.Insurance.Free("USDT").ShouldBeLessThan(0m);
        _scene.Sum("USDT").ShouldBe(0m);
    }

    [Fact]
    public void Liquidation_EmptyBook_InsuranceTakesThePosition()
    {
        _scene.Taken(_scene.Ann, Market(false, 150m));
        _scene.Core.CancelAll(_scene.House, null, conditional: false);
        _scene.Core.SetIndexPrice(Symbol, 94m);

        _scene.Pass(TimeSpan.FromSeconds(1));

        (Position.Quantity, _scene.Core.Venue.Insurance.Position(_scene.Instrument).Quantity).ShouldBe((0m, 150m));
        IReadOnlyList<ExchangeFill> fills = _scene.Core.Fills(_scene.Ann, Symbol, null, new HistoryRange());
        fills.Sum(f => f.Order.Terms.IsSell ? -f.Quantity : f.Quantity).ShouldBe(0m);
        (fills[^1].Order.ClientId[..10], fills[^1].Price, fills[^1].RealizedPnl).ShouldBe(("autoclose-", 94m, 150m * (94m - 101m)));
        decimal compensated = -(1000m + fills.Sum(f => f.RealizedPnl - f.Fee));
        _scene.Log.Balances.ShouldContain(b => b.Account == "ann" && b.Cause == BalanceCauses.Insurance && compensated > 0);
        _scene.Ann.Free("USDT").ShouldBe(0m);
        _scene.Sum("USDT").ShouldBe(0m);
    }

    [Fact]
    public void Liquidation_Isolated_LosesItsMarginAndNoMore()
    {
        _scene.Core.SetMarginMode(_scene.Ann, Symbol, isolated: true).ShouldBeNull();
        _scene.Core.SetMarginMode(_scene.Ann, Symbol, isolated: true)!.Value.Reason.ShouldBe(RefusalReason.NothingChanged);
        _scene.Taken(_scene.Ann, Market(false, 20m));
        Position.IsolatedMargin.ShouldBe(101m);
        _scene.Core.SetMarginMode(_scene.Ann, Symbol, isolated: false)!.Value.Reason.ShouldBe(RefusalReason.PositionLimit);
        decimal wallet = _scene.Ann.Free("USDT");

        _scene.MoveMarketTo(80m);

        Position.Quantity.ShouldBe(0m);
        (wallet - _scene.Ann.Free("USDT")).ShouldBe(101m);
        _scene.Sum("USDT").ShouldBe(0m);
    }

    [Fact]
    public void AllOrNothing_NotOffered_IsRefused()
    {
        _scene.Refused(_scene.Ann, Limit(false, 1m, 100m) with { TimeInForce = ExchangeTimeInForce.FOK }).ShouldBe(RefusalReason.NoLiquidity);
        _scene.Taken(_scene.Ann, Limit(false, 1m, 101m) with { TimeInForce = ExchangeTimeInForce.FOK }).Status.ShouldBe(ExchangeOrderStatus.Filled);
    }

    [Fact]
    public void Amend_PriceAndSize_LosesThePlaceAndMayTrade()
    {
        ExchangeOrder order = _scene.Buy(_scene.Ann, 1m, 95m);

        _scene.Core.Amend(_scene.Ann, Key(order), 2m, 101m, keepPriority: false).Refusal.ShouldBeNull();

        (order.Status, order.Executed, order.Quantity).ShouldBe((ExchangeOrderStatus.Filled, 2m, 2m));
        ExchangeOrder postOnly = _scene.Taken(_scene.Ann, Limit(false, 1m, 95m) with { TimeInForce = ExchangeTimeInForce.PostOnly });
        _scene.Core.Amend(_scene.Ann, Key(postOnly), null, 101m, keepPriority: false).Refusal!.Value.Reason.ShouldBe(RefusalReason.WouldTake);
        _scene.Core.Amend(_scene.Ann, Key(postOnly), 100_000m, null, keepPriority: false).Refusal!.Value.Reason.ShouldBe(RefusalReason.QuantityTooLarge);
        _scene.Core.Amend(_scene.Ann, Key(postOnly), 5_000m, null, keepPriority: false).Refusal!.Value.Reason.ShouldBe(RefusalReason.InsufficientMargin);
        postOnly.Status.ShouldBe(ExchangeOrderStatus.New);
    }

    [Fact]
    public void GoodTillDate_Expires()
    {
        ExchangeOrder order = _scene.Taken(_scene.Ann, Limit(false, 1m, 95m) with { TimeInForce = ExchangeTimeInForce.GTD, GoodTill = _scene.Core.Now + TimeSpan.FromMinutes(11) });
        _scene.Pass(TimeSpan.FromMinutes(10.9));
        order.Status.ShouldBe(ExchangeOrderStatus.New);

        _scene.Pass(TimeSpan.FromMinutes(0.1));

        (order.Status, order.EndReason).ShouldBe((ExchangeOrderStatus.Expired, ExpiryReasons.TimeReached));
    }

    [Fact]
    public void Countdown_NotRenewed_CancelsTheSymbol()
    {
        ExchangeOrder order = _scene.Buy(_scene.Ann, 1m, 95m);
        _scene.Core.SetCountdown(_scene.Ann, Symbol, TimeSpan.FromSeconds(10));
        _scene.Pass(TimeSpan.FromSeconds(9));
        _scene.Core.SetCountdown(_scene.Ann, Symbol, TimeSpan.FromSeconds(10));
        _scene.Pass(TimeSpan.FromSeconds(9));
        order.Status.ShouldBe(ExchangeOrderStatus.New);

        _scene.Pass(TimeSpan.FromSeconds(1));

        order.Status.ShouldBe(ExchangeOrderStatus.Canceled);
    }

    [Fact]
    public void Delisting_SettlesAtTheMarkPrice()
    {
        _scene.Taken(_scene.Ann, Market(false, 10m));
        ExchangeOrder open = _scene.Buy(_scene.Ann, 1m, 90m);

        _scene.Core.SetStatus(Symbol, ListingStatus.Delisted);

        (Position.Quantity, open.Status).ShouldBe((0m, ExchangeOrderStatus.Expired));
        _scene.Ann.Free("USDT").ShouldBe(1000m - 10m - 0.505m);
        _scene.House.Position(_scene.Instrument).Quantity.ShouldBe(0m);
        _scene.Core.Venue.Clearing.Free("USDT").ShouldBe(0m);
        _scene.Refused(_scene.Ann, Limit(false, 1m, 100m)).ShouldBe(RefusalReason.MarketClosed);
    }

    [Fact]
    public void Withdrawal_OfBoundMargin_IsRefused()
    {
        _scene.Taken(_scene.Ann, Market(false, 10m));

        _scene.Core.Transfer(_scene.Ann, "USDT", -940m).ShouldBeFalse();
        _scene.Core.Transfer(_scene.Ann, "USDT", -939m).ShouldBeTrue();
    }
}
