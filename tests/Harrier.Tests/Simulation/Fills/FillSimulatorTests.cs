using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Simulation.Fills;
using Harrier.Tests.Support;

namespace Harrier.Tests.Simulation.Fills;

/// <summary>Market, limit and trigger orders against bars. Prices are whole ticks of 1.</summary>
public sealed class FillSimulatorTests
{
    private static readonly (decimal, decimal, decimal, decimal, double) Calm = (100, 101, 99, 100, 1000);

    [Fact]
    public void Market_DecidedAtClose_FillsAtNextOpen()
    {
        BacktestScenario run = new BacktestScenario().Run([Calm, (103, 104, 102, 103, 1000)], (s, i) => { if (i == 0) { s.Order(OrderSide.Buy, 5); } });

        Fill fill = run.AllFills.ShouldHaveSingleItem();
        fill.Price.Value.ShouldBe(103);
        fill.Time.ShouldBe(new Timestamp(BacktestScenario.MinuteNanos));
        fill.IsMaker.ShouldBeFalse();
    }

    [Fact]
    public void Market_OnLastBar_IsNeverFilled()
    {
        BacktestScenario run = new BacktestScenario().Run([Calm, Calm], (s, i) => { if (i == 1) { s.Order(OrderSide.Buy, 5); } });
        run.AllFills.ShouldBeEmpty();
        run.Engine.Orders.Working.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(OrderSide.Buy, 1001)]
    [InlineData(OrderSide.Sell, 998)]
    public void Market_WithSlippage_IsRoundedToTheWorseTick(OrderSide side, long expected)
    {
        BacktestScenario run = new BacktestScenario
        {
            Kind = InstrumentKind.LinearPerpetual,
            Fills = BacktestScenario.Free with { Slippage = new FixedSlippage(5) },
        }.Run([(1000, 1000, 1000, 1000, 9), (1000, 1000, 1000, 1000, 9)], (s, i) => { if (i == 0) { s.Order(side, 1); } });

        // 5 bps of 1000 are half a tick.
        run.AllFills.ShouldHaveSingleItem().Price.Value.ShouldBe(side == OrderSide.Buy ? expected : 999);
    }

    [Fact]
    public void Limit_Touched_IsNotFilledByTradeThroughRule()
    {
        BacktestScenario run = new BacktestScenario().Run([Calm, (100, 101, 95, 100, 1000)], (s, i) => { if (i == 0) { s.Order(OrderSide.Buy, 5, OrderType.Limit, 95); } });
        run.AllFills.ShouldBeEmpty();
    }

    [Fact]
    public void Limit_Touched_IsFilledByTouchRule()
    {
        BacktestScenario run = new BacktestScenario { Fills = BacktestScenario.Free with { LimitRule = LimitFillRule.Touch } }
            .Run([Calm, (100, 101, 95, 100, 1000)], (s, i) => { if (i == 0) { s.Order(OrderSide.Buy, 5, OrderType.Limit, 95); } });
        run.AllFills.ShouldHaveSingleItem().Price.Value.ShouldBe(95);
    }

    [Fact]
    public void Limit_TradedThrough_FillsAtItsPriceAsMaker()
    {
        BacktestScenario run = new BacktestScenario { Fills = BacktestScenario.Free with { MakerFeeRate = 0.001m, TakerFeeRate = 0.002m } }
            .Run([Calm, (100, 101, 94, 100, 1000)], (s, i) => { if (i == 0) { s.Order(OrderSide.Buy, 5, OrderType.Limit, 95); } });

        Fill fill = run.AllFills.ShouldHaveSingleItem();
        fill.Price.Value.ShouldBe(95);
        fill.IsMaker.ShouldBeTrue();
        fill.Fee.ShouldBe(0.475m);
    }

    [Fact]
    public void Limit_MarketableOnArrival_TakesAtTheOpen()
    {
        BacktestScenario run = new BacktestScenario().Run([Calm, (97, 101, 94, 100, 1000)], (s, i) => { if (i == 0) { s.Order(OrderSide.Buy, 5, OrderType.Limit, 99); } });
        Fill fill = run.AllFills.ShouldHaveSingleItem();
        fill.Price.Value.ShouldBe(97);
        fill.IsMaker.ShouldBeFalse();
    }

    [Fact]
    public void Stop_Gapped_FillsAtTheOpenNotAtTheTrigger()
    {
        // quant.md section 9: stop 97, open 94 gives 94.
        BacktestScenario run = Long(after: [(94, 96, 93, 95, 1000)], s => s.Order(OrderSide.Sell, 5, OrderType.Stop, trigger: 97, also: ReduceOnly));
        run.Trips.ShouldHaveSingleItem().ExitPrice.ShouldBe(94m);
    }

    [Fact]
    public void Stop_Reached_FillsAtTriggerWithSlippage()
    {
        BacktestScenario run = Long(after: [(100, 101, 90, 95, 1000)], s => s.Order(OrderSide.Sell, 5, OrderType.Stop, trigger: 97, also: ReduceOnly),
            BacktestScenario.Free with { Slippage = new FixedSlippage(150) });
        run.Trips.ShouldHaveSingleItem().ExitPrice.ShouldBe(95m);
    }

    [Theory]
    [InlineData(PathModel.Pessimistic, 97)]
    [InlineData(PathModel.Nearest, 97)]
    [InlineData(PathModel.HighFirst, 108)]
    [InlineData(PathModel.Optimistic, 108)]
    public void StopAndTarget_InOneBar_FollowThePathModel(PathModel path, int exit)
    {
        // quant.md section 9: O100 H110 L95 C105, stop 97, target 108.
        BacktestScenario run = Long(after: [(100, 110, 95, 105, 1000)], s =>
        {
            ClientOrderId stop = s.Order(OrderSide.Sell, 5, OrderType.Stop, trigger: 97, also: ReduceOnly)!.Value;
            ClientOrderId target = s.Order(OrderSide.Sell, 5, OrderType.Limit, 108, also: ReduceOnly)!.Value;
            s.WhenFilled = (script, fill) => script.Drop(fill.Order == stop ? target : stop);
        }, BacktestScenario.Free with { Path = path });

        run.Trips.ShouldHaveSingleItem().ExitPrice.ShouldBe(exit);
        run.Engine.Orders.Working.ShouldBeEmpty();
    }

    [Fact]
    public void EntryInsideBar_ByLimit_TargetOnTheEarlierSideDoesNotCount()
    {
        // The limit at 95 is met on the way down; whether the high of 110 came before is not known.
        BacktestScenario run = new() { Protection = new() { TakeProfit = 0.1m, StopLoss = 0.2m } };
        run.Run([Calm, (100, 110, 94, 96, 1000), (96, 97, 95, 96, 1000)], (s, i) => { if (i == 0) { s.Order(OrderSide.Buy, 5, OrderType.Limit, 95); } });
        run.Trips.ShouldBeEmpty();
        run.AllFills.ShouldHaveSingleItem().Price.Value.ShouldBe(95);
    }

    [Fact]
    public void EntryInsideBar_ByStop_ProtectiveStopInTheSameBarCounts()
    {
        // The breakout at 105 is bought on the way up; the low of 94 may have come after it, so it did.
        BacktestScenario run = new() { Protection = new() { StopLoss = 0.05m } };
        run.Run([Calm, (100, 110, 94, 109, 1000)], (s, i) => { if (i == 0) { s.Order(OrderSide.Buy, 5, OrderType.Stop, trigger: 105); } });
        RoundTrip trip = run.Trips.ShouldHaveSingleItem();
        trip.EntryPrice.ShouldBe(105m);
        trip.ExitPrice.ShouldBe(99m);
        trip.ExitReason.ShouldBe(OrderPurpose.StopLoss);
    }

    [Fact]
    public void TakeProfit_IsAMarketOrderAtItsTrigger()
    {
        BacktestScenario run = Long(after: [(100, 110, 99, 105, 1000)], s => s.Order(OrderSide.Sell, 5, OrderType.TakeProfit, trigger: 107, also: ReduceOnly));
        RoundTrip trip = run.Trips.ShouldHaveSingleItem();
        trip.ExitPrice.ShouldBe(107m);
        run.AllFills[^1].IsMaker.ShouldBeFalse();
    }

    [Fact]
    public void StopLimit_GappedBeyondItsLimit_RestsUnfilled()
    {
        BacktestScenario run = Long(after: [(90, 91, 88, 89, 1000)], s => s.Order(OrderSide.Sell, 5, OrderType.StopLimit, limit: 95, trigger: 97, also: ReduceOnly));
        run.Trips.ShouldBeEmpty();
        run.Engine.Orders.Working.Count.ShouldBe(1);
    }

    [Fact]
    public void StopLimit_Triggered_FillsNotWorseThanItsLimit()
    {
        BacktestScenario run = Long(after: [(100, 101, 90, 95, 1000)], s => s.Order(OrderSide.Sell, 5, OrderType.StopLimit, limit: 96, trigger: 97, also: ReduceOnly),
            BacktestScenario.Free with { Slippage = new FixedSlippage(500) });
        run.Trips.ShouldHaveSingleItem().ExitPrice.ShouldBe(96m);
    }

    [Fact]
    public void TrailingStop_FollowsTheHighAndNeverGoesBack()
    {
        BacktestScenario run = Long(after: [(100, 110, 100, 109, 1000), (109, 109, 104, 106, 1000)],
            s => s.Order(OrderSide.Sell, 5, OrderType.TrailingStop, also: o => ReduceOnly(o) with { TrailingDistance = 5 }));
        RoundTrip trip = run.Trips.ShouldHaveSingleItem();
        trip.ExitPrice.ShouldBe(105m);
    }

    [Fact]
    public void PostOnly_ThatWouldTake_IsRejected()
    {
        BacktestScenario run = new BacktestScenario().Run([Calm, Calm], (s, i) => { if (i == 0) { s.Order(OrderSide.Buy, 5, OrderType.Limit, 105, also: o => o with { PostOnly = true }); } });
        run.AllFills.ShouldBeEmpty();
        run.OrderEvents.ShouldContain(e => e.Kind == OrderEventKind.Rejected && e.Rejected == RejectReason.PostOnlyWouldTake);
    }

    [Fact]
    public void ImmediateOrCancel_NotMarketable_Expires()
    {
        BacktestScenario run = new BacktestScenario().Run([Calm, Calm], (s, i) => { if (i == 0) { s.Order(OrderSide.Buy, 5, OrderType.Limit, 90, also: o => o with { TimeInForce = TimeInForce.ImmediateOrCancel }); } });
        run.OrderEvents.ShouldContain(e => e.Kind == OrderEventKind.Expired);
        run.Engine.Orders.Working.ShouldBeEmpty();
    }

    [Fact]
    public void ImmediateOrCancel_PartlyFilled_ExpiresTheRest()
    {
        BacktestScenario run = new BacktestScenario { Fills = BacktestScenario.Free with { MaxVolumeShare = 0.1 } }
            .Run([Calm, (100, 101, 99, 100, 30)], (s, i) => { if (i == 0) { s.Order(OrderSide.Buy, 5, also: o => o with { TimeInForce = TimeInForce.ImmediateOrCancel }); } });
        run.AllFills.ShouldHaveSingleItem().Size.Value.ShouldBe(3);
        run.Engine.Orders.Working.ShouldBeEmpty();
        run.Engine.Portfolio.Ledger.Balance(new BotId(0), Harrier.Engine.Portfolio.LedgerAccount.Locked, 0).ShouldBe(0);
    }

    [Fact]
    public void FillOrKill_LargerThanTheVolume_ExpiresWhole()
    {
        BacktestScenario run = new BacktestScenario { Fills = BacktestScenario.Free with { MaxVolumeShare = 0.1 } }
            .Run([Calm, (100, 101, 99, 100, 30)], (s, i) => { if (i == 0) { s.Order(OrderSide.Buy, 5, also: o => o with { TimeInForce = TimeInForce.FillOrKill }); } });
        run.AllFills.ShouldBeEmpty();
        run.Engine.Orders.Working.ShouldBeEmpty();
    }

    [Fact]
    public void Market_LargerThanTheVolume_FillsOverSeveralBars()
    {
        BacktestScenario run = new BacktestScenario { Fills = BacktestScenario.Free with { MaxVolumeShare = 0.1 } }
            .Run([Calm, (100, 101, 99, 100, 30), (102, 102, 102, 102, 0), (103, 104, 102, 103, 90)], (s, i) => { if (i == 0) { s.Order(OrderSide.Buy, 5); } });
        run.AllFills.Select(f => (f.Price.Value, f.Size.Value)).ShouldBe([(100L, 3L), (103L, 2L)]);
    }

    [Fact]
    public void GapUpBeyondTheBalance_IsRejectedByTheVenue()
    {
        BacktestScenario run = new BacktestScenario { Balance = 1000 }.Run([Calm, (150, 150, 150, 150, 1000)], (s, i) => { if (i == 0) { s.Order(OrderSide.Buy, 9); } });
        run.AllFills.ShouldBeEmpty();
        run.OrderEvents.ShouldContain(e => e.Rejected == RejectReason.InsufficientBalance);
        run.Engine.Orders.Rejections.ByReason.ShouldBe([KeyValuePair.Create(RejectReason.InsufficientBalance, 1)]);
        run.Engine.Portfolio.Equity(new BotId(0)).ShouldBe(1000m);
    }

    [Fact]
    public void ReduceOnly_LargerThanWhatIsLeft_IsCutToThePosition()
    {
        BacktestScenario run = Long(after: [(100, 103, 99, 100, 1000), (100, 106, 99, 100, 1000)], s =>
        {
            s.Order(OrderSide.Sell, 3, OrderType.Limit, 102, also: ReduceOnly);
            s.Order(OrderSide.Sell, 5, OrderType.Limit, 105, also: ReduceOnly);
        });
        run.AllFills.Skip(1).Select(f => f.Size.Value).ShouldBe([3L, 2L]);
        run.Trips.Count.ShouldBe(1);
        run.Venue.Position(new BotId(0), new InstrumentId(0)).IsZero.ShouldBeTrue();
    }

    [Fact]
    public void OrdersInsideFills_AreEndedByAVenueLimit()
    {
        BacktestScenario run = new BacktestScenario { Kind = InstrumentKind.LinearPerpetual };
        run.Run([Calm, Calm, Calm], (s, i) =>
        {
            if (i == 0)
            {
                s.WhenFilled = (script, fill) => script.Order(fill.Side == OrderSide.Buy ? OrderSide.Sell : OrderSide.Buy, 1);
                s.Order(OrderSide.Buy, 1);
            }
        });
        run.OrderEvents.ShouldContain(e => e.Rejected == RejectReason.TooManyOrders);
    }

    [Fact]
    public void TooManyOrdersInOneBar_DoNotLockTheNextBarOrTheCloseOut()
    {
        BacktestScenario run = new BacktestScenario { Limits = new Harrier.Engine.Risk.RiskLimits { MaxWorkingOrders = 5000, TakerFeeRate = 0 } };
        run.Run([Calm, Calm, Calm], (s, i) =>
        {
            for (int n = 0; n < (i == 0 ? 1 : i == 1 ? 1500 : 0); n++)
            {
                s.Order(OrderSide.Buy, 1, i == 0 ? OrderType.Market : OrderType.Limit, i == 0 ? 0 : 1);
            }

            if (i == 2)
            {
                s.Order(OrderSide.Buy, 2, OrderType.Limit, 50).ShouldNotBeNull();
            }
        });
        run.OrderEvents.Count(e => e.Rejected == RejectReason.TooManyOrders).ShouldBe(500);
        run.Loop.CloseOut();
        run.Trips.ShouldHaveSingleItem().ExitReason.ShouldBe(OrderPurpose.EndOfData);
        run.Held.IsFlat.ShouldBeTrue();
    }

    [Fact]
    public void StrategyThatAnswersItsOwnRejections_IsStopped()
    {
        BacktestScenario run = new();
        run.Prepare([Calm, Calm], new Stubborn());
        Should.Throw<InvalidOperationException>(() => run.Loop.Play(2)).Message.ShouldContain("without end");
    }

    [Fact]
    public void StrategyThatAnswersItsOwnDenials_IsToldOnlyOnce()
    {
        BacktestScenario run = new();
        run.Prepare([Calm, Calm], new Pleading());
        run.Loop.Play(2);
        run.Engine.Denials.Total.ShouldBe(4);
    }

    private static OrderIntent ReduceOnly(OrderIntent intent) => intent with { ReduceOnly = true };

    // Buys 5 at 100, then does what the test says, then sees the bars given.
    private static BacktestScenario Long(
        IReadOnlyList<(decimal, decimal, decimal, decimal, double)> after, Action<BacktestScenario.Script> protect, FillOptions? fills = null) =>
        new BacktestScenario { Fills = fills ?? BacktestScenario.Free }.Run([(100, 100, 100, 100, 1000), (100, 100, 100, 100, 1000), .. after], (s, i) =>
        {
            if (i == 0)
            {
                s.Order(OrderSide.Buy, 5, OrderType.Limit, 100);
            }
            else if (i == 1)
            {
                protect(s);
            }
        });

    /// <summary>Sends again whatever is rejected.</summary>
    private sealed class Stubborn : Harrier.Engine.Strategies.Strategy
    {
        protected override void OnBar(in Bar bar, in Harrier.Features.Ohlcv values) => Again();

        protected override void OnOrder(in OrderEvent orderEvent)
        {
            if (orderEvent.Kind == OrderEventKind.Rejected)
            {
                Again();
            }
        }

        private void Again() => Send(new OrderIntent
        {
            Instrument = Instrument.Id,
            Side = OrderSide.Buy,
            Type = OrderType.Limit,
            Size = new SizeLots(1),
            Limit = new PriceTicks(1000),
            PostOnly = true,
        });
    }

    /// <summary>Answers a denial with the same order.</summary>
    private sealed class Pleading : Harrier.Engine.Strategies.Strategy
    {
        protected override void OnBar(in Bar bar, in Harrier.Features.Ohlcv values) => Sell(default);

        protected override void OnOrder(in OrderEvent orderEvent) => Sell(default);
    }
}
