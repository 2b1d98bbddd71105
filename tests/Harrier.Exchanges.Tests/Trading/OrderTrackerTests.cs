using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Reconciliation;
using Harrier.Exchanges.Trading;
using static Harrier.Exchanges.Tests.Trading.TradingScene;

namespace Harrier.Exchanges.Tests.Trading;

public sealed class OrderTrackerTests
{
    private readonly TradingScene _scene = new();

    [Fact]
    public void Apply_FillBeforeAnswer_IsBookedOnceAndNotLost()
    {
        TrackedOrder order = _scene.Register();
        _scene.Push(OrderUpdateKind.Traded, _scene.Shown(VenueOrderStatus.Filled, 1m), Trade(5, 1m));
        _scene.Tracker.Apply(order, _scene.Shown(VenueOrderStatus.Filled, 1m) with { Fills = [Trade(5, 1m)] });
        _scene.Words.ShouldBe(["Filled 1000@200"]);
        _scene.Tracker.Statistics.Duplicates.ShouldBe(1);
    }

    [Fact]
    public void Apply_SameTradeTwice_IsBookedOnce()
    {
        _scene.Register();
        _scene.Push(OrderUpdateKind.Accepted, _scene.Shown(VenueOrderStatus.Open));
        _scene.Push(OrderUpdateKind.Traded, _scene.Shown(VenueOrderStatus.PartiallyFilled, 0.25m), Trade(5, 0.25m));
        _scene.Push(OrderUpdateKind.Traded, _scene.Shown(VenueOrderStatus.PartiallyFilled, 0.25m), Trade(5, 0.25m));
        _scene.Words.ShouldBe(["Accepted", "Filled 250@200"]);
    }

    [Fact]
    public void Apply_TradeLiteThenFullUpdate_BooksOnceWithTheFee()
    {
        _scene.Register();
        OrderUpdate lite = new(default, OrderUpdateKind.Traded, _scene.Shown(VenueOrderStatus.Unknown)) { IsPartial = true, Trade = Trade(5, 1m) with { Fee = null } };
        _scene.Tracker.Apply(lite);
        _scene.Tracker.Statistics.Announced.ShouldBe(1);
        _scene.Push(OrderUpdateKind.Traded, _scene.Shown(VenueOrderStatus.Filled, 1m), Trade(5, 1m, fee: 0.05m));
        _scene.Tracker.Apply(lite);
        _scene.Words.ShouldBe(["Accepted", "Filled 1000@200"]);
        _scene.Reports[1].Fee.ShouldBe(0.05m);
        _scene.Tracker.Statistics.Announced.ShouldBe(0);
    }

    [Fact]
    public void Apply_OldMessageAfterNewer_NeverLowersOrReopens()
    {
        TrackedOrder order = _scene.Register();
        _scene.Push(OrderUpdateKind.Traded, _scene.Shown(VenueOrderStatus.PartiallyFilled, 0.5m), Trade(5, 0.5m));
        _scene.Push(OrderUpdateKind.Accepted, _scene.Shown(VenueOrderStatus.Open));
        order.Executed.ShouldBe(0.5m);
        _scene.Push(OrderUpdateKind.Canceled, _scene.Shown(VenueOrderStatus.Canceled, 0.5m));
        _scene.Push(OrderUpdateKind.Traded, _scene.Shown(VenueOrderStatus.PartiallyFilled, 0.5m), Trade(5, 0.5m));
        _scene.Push(OrderUpdateKind.Accepted, _scene.Shown(VenueOrderStatus.Open, 0.5m));
        _scene.Words.ShouldBe(["Filled 500@200", "Canceled"]);
        order.IsFinal.ShouldBeTrue();
        _scene.Tracker.Statistics.Stale.ShouldBe(3);
    }

    [Fact]
    public void Apply_EndBeforeLastFill_WaitsForIt()
    {
        TrackedOrder order = _scene.Register();
        List<TrackedOrder> missing = [];
        _scene.Tracker.FillsMissing += missing.Add;
        _scene.Push(OrderUpdateKind.Canceled, _scene.Shown(VenueOrderStatus.Canceled, 0.75m));
        _scene.Words.ShouldBeEmpty();
        missing.ShouldBe([order]);
        _scene.Tracker.Apply([Trade(5, 0.5m), Trade(6, 0.25m), Trade(7, 9m, order: 12345)]);
        _scene.Words.ShouldBe(["Filled 500@200", "Filled 250@200", "Canceled"]);
    }

    [Fact]
    public void Apply_ShrunkReduceOnlyOrder_EndsWhenTheVenueSaysFilled()
    {
        _scene.Register();
        _scene.Push(OrderUpdateKind.Traded, _scene.Shown(VenueOrderStatus.Filled, 0.4m, quantity: 0.4m), Trade(5, 0.4m));
        _scene.Words.ShouldBe(["Filled 400@200", "Canceled"]);
    }

    [Fact]
    public void Apply_ExpiredAfterPartialFill_KeepsTheFill()
    {
        _scene.Register();
        _scene.Push(OrderUpdateKind.Traded, _scene.Shown(VenueOrderStatus.PartiallyFilled, 0.4m), Trade(5, 0.4m));
        _scene.Push(OrderUpdateKind.Expired, _scene.Shown(VenueOrderStatus.Expired, 0.4m));
        _scene.Words.ShouldBe(["Filled 400@200", "Expired"]);
    }

    [Fact]
    public void Apply_TriggeredOrder_FollowsTheOrderItMade()
    {
        TrackedOrder order = _scene.Register(type: OrderType.Stop);
        VenueOrder waiting = _scene.Shown(VenueOrderStatus.Waiting, venueId: 2000) with { IsConditional = true };
        _scene.Push(OrderUpdateKind.Accepted, waiting);
        _scene.Push(OrderUpdateKind.Triggered, waiting with { Status = VenueOrderStatus.Triggered });
        _scene.Tracker.Apply(new OrderUpdate(default, OrderUpdateKind.Accepted, _scene.Shown(VenueOrderStatus.Open, venueId: 77) with { ClientId = "made-by-venue" }) { ParentId = 2000 });
        _scene.Push(OrderUpdateKind.Traded, _scene.Shown(VenueOrderStatus.Filled, 1m, venueId: 77) with { ClientId = "made-by-venue" }, Trade(5, 1m, order: 77));
        _scene.Words.ShouldBe(["Accepted", "Filled 1000@200"]);
        order.VenueId.ShouldBe(2000);
        order.ChildId.ShouldBe(77);
        order.Key(true).IsConditional.ShouldBeFalse();
    }

    [Fact]
    public void Apply_FilledChildReadByRest_BooksMissingExecutions()
    {
        TrackedOrder order = _scene.Register(type: OrderType.Stop);
        _scene.Push(OrderUpdateKind.Accepted, _scene.Shown(VenueOrderStatus.Waiting, venueId: 2000) with { IsConditional = true });
        _scene.Tracker.Apply(order, _scene.Shown(VenueOrderStatus.Filled, 1m, venueId: 77));
        _scene.Tracker.Apply([Trade(9, 1m, order: 77)]);
        _scene.Words.ShouldBe(["Accepted", "Filled 1000@200"]);
    }

    [Fact]
    public void Apply_LiquidationByTheVenue_IsReportedOnceAsSuch()
    {
        OrderUpdate update = new(default, OrderUpdateKind.Liquidation, _scene.Shown(VenueOrderStatus.Filled, 0.3m) with { ClientId = "autoclose-1" })
        {
            IsVenueMade = true,
            Trade = Trade(5, 0.3m) with { Side = OrderSide.Sell },
        };
        _scene.Tracker.Apply(update);
        _scene.Tracker.Apply(update);
        ExecutionReport report = _scene.Reports.ShouldHaveSingleItem();
        report.Kind.ShouldBe(ExecutionKind.Liquidated);
        report.Side.ShouldBe(OrderSide.Sell);
        report.Size.ShouldBe(new SizeLots(300));
    }

    [Fact]
    public void Apply_ForeignOrder_IsToldAndNotReported()
    {
        List<OrderUpdate> foreign = [];
        _scene.Tracker.ForeignOrder += foreign.Add;
        _scene.Push(OrderUpdateKind.Traded, _scene.Shown(VenueOrderStatus.Filled, 1m) with { ClientId = "web_1" }, Trade(5, 1m));
        _scene.Words.ShouldBeEmpty();
        foreign.Count.ShouldBe(1);
        _scene.Tracker.Statistics.Foreign.ShouldBe(1);
    }

    [Fact]
    public void Apply_FillThatTheStreamToldWhileTheAccountWasCompared_IsADuplicateAndNoOverFill()
    {
        _scene.Register();
        FillTold concluded = new(default, FactMapping.Of(Trade(5, 0.6m), FactMapping.TermsOf(_scene.Instrument), Id(1).ToString(), default));
        _scene.Push(OrderUpdateKind.Traded, _scene.Shown(VenueOrderStatus.PartiallyFilled, 0.6m), Trade(5, 0.6m));
        _scene.Tracker.Apply(concluded);
        _scene.Words.ShouldBe(["Filled 600@200"]);
        (_scene.Tracker.Statistics.OverFills, _scene.Tracker.Statistics.Duplicates).ShouldBe((0, 1));
    }

    [Fact]
    public void Apply_ExitThatWasTakenForSomebodyElses_IsGivenBackBeforeItIsBooked()
    {
        Instrument contract = new(new InstrumentId(0), _scene.Instrument.Definition with { Kind = InstrumentKind.LinearPerpetual });
        List<ExecutionReport> reports = [];
        OrderTracker tracker = new([contract], reports.Add, _scene.Time);
        tracker.Register(Id(1), contract, _scene.Request());
        tracker.Apply(new OrderUpdate(default, OrderUpdateKind.Traded, _scene.Shown(VenueOrderStatus.Filled, 1m)) { Trade = Trade(5, 1m) });
        OwnTrade exit = Trade(6, 0.4m, order: 8) with { Side = OrderSide.Sell };
        tracker.Apply(new FillTold(default, FactMapping.Of(exit, FactMapping.TermsOf(contract), "", default)));
        tracker.Register(Id(2), contract, _scene.Request(2, quantity: 0.4m) with { Side = OrderSide.Sell, ReduceOnly = true });
        VenueOrder shown = _scene.Shown(VenueOrderStatus.Filled, 0.4m, sequence: 2, venueId: 8, quantity: 0.4m) with { Side = OrderSide.Sell };
        tracker.Apply(new OrderUpdate(default, OrderUpdateKind.Traded, shown) { Trade = exit });

        // The other way round the bot would hold less for a moment, and the engine take back what its exit seems to have traded too much.
        (ExecutionKind, OrderSide, long)[] expected = [(ExecutionKind.Filled, default, 1000), (ExecutionKind.Adjusted, OrderSide.Sell, 400), (ExecutionKind.Adjusted, OrderSide.Buy, 400), (ExecutionKind.Filled, default, 400)];
        reports.Select(static report => (report.Kind, report.Kind == ExecutionKind.Adjusted ? report.Side : default, report.Size.Value)).ShouldBe(expected);
    }

    [Fact]
    public void Apply_StopThatWaitsForTheWrongSide_IsNotAcceptedAndItsCancelIsARefusal()
    {
        List<TrackedOrder> backwards = [];
        _scene.Tracker.Backwards += backwards.Add;
        TrackedOrder order = _scene.Register(type: OrderType.Stop);
        _scene.Push(OrderUpdateKind.Accepted, _scene.Shown(VenueOrderStatus.Waiting) with { Type = OrderType.TakeProfit });
        backwards.ShouldBe([order]);
        _scene.Words.ShouldBeEmpty();
        _scene.Push(OrderUpdateKind.Canceled, _scene.Shown(VenueOrderStatus.Canceled));
        _scene.Words.ShouldBe(["Rejected WouldTrigger"]);
    }

    [Fact]
    public void Apply_MoreThanTheOrder_IsNotBooked()
    {
        _scene.Register();
        _scene.Push(OrderUpdateKind.Traded, _scene.Shown(VenueOrderStatus.PartiallyFilled, 0.6m), Trade(5, 0.6m));
        _scene.Push(OrderUpdateKind.Traded, _scene.Shown(VenueOrderStatus.PartiallyFilled, 1.2m), Trade(6, 0.6m));
        _scene.Words.ShouldBe(["Filled 600@200"]);
        _scene.Tracker.Statistics.OverFills.ShouldBe(1);
    }

    [Theory]
    [InlineData("margin not enough", RejectReason.InsufficientBalance)]
    [InlineData("WOULD_MATCH_IMMEDIATELY", RejectReason.PostOnlyWouldTake)]
    [InlineData("STOP_PRICE_WOULD_TRIGGER_IMMEDIATELY", RejectReason.WouldTrigger)]
    [InlineData("strange", RejectReason.Other)]
    public void Apply_Rejected_TellsTheReason(string words, RejectReason reason)
    {
        _scene.Register();
        _scene.Tracker.Apply(new OrderUpdate(default, OrderUpdateKind.Rejected, _scene.Shown(VenueOrderStatus.Rejected)) { Reason = words });
        _scene.Words.ShouldBe(["Rejected " + reason]);
    }

    [Fact]
    public void Report_ReceivedTime_NeverGoesBack()
    {
        _scene.Register();
        _scene.Push(OrderUpdateKind.Accepted, _scene.Shown(VenueOrderStatus.Open));
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        _scene.Push(OrderUpdateKind.Canceled, _scene.Shown(VenueOrderStatus.Canceled));
        (_scene.Reports[1].ReceivedTime - _scene.Reports[0].ReceivedTime).ShouldBe(TimeSpan.FromSeconds(1));
    }
}
