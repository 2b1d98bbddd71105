using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Reconciliation;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Trading;
using static Harrier.Exchanges.Tests.Trading.TradingScene;

namespace Harrier.Exchanges.Tests.Trading;

/// <summary>
/// Faults of the order path that need no wire: late, doubled, swapped and contradicting news of one order, through the tracker that turns them into
/// what the engine hears. Those on a wire are among the reconciliation and contract tests.
/// </summary>
public sealed class FaultCatalogueTests
{
    private readonly TradingScene _scene = new();

    private AccountBookView Book => new(_scene.Tracker.Record);

    [Theory]
    [InlineData(VenueErrorKind.Timeout)]
    [InlineData(VenueErrorKind.Malformed)]
    [InlineData(VenueErrorKind.Unknown)]
    public async Task F05_UnclearAnswer_IsADoubtAndNoRefusal(VenueErrorKind kind)
    {
        _scene.Client.OnPlace = _ => FakeTradingClient.Failed<VenueOrder>(kind, Outcome.Unknown);
        await using OrderRouter router = _scene.Router();
        router.Submit(_scene.Approved());
        await Eventually.Holds(() => _scene.Reports.Count == 1);
        _scene.Words.ShouldBe(["OutcomeUnknown"]);
        Book.Standing(1).ShouldBe(OrderStanding.Unknown);
    }

    [Fact]
    public void F07_LateAcknowledgement_DoesNotReopenACanceledOrder()
    {
        TrackedOrder order = _scene.Register();
        _scene.Push(OrderUpdateKind.Canceled, _scene.Shown(VenueOrderStatus.Canceled));
        _scene.Time.Advance(TimeSpan.FromSeconds(30));
        _scene.Tracker.Apply(order, _scene.Shown(VenueOrderStatus.Open));
        _scene.Words.ShouldBe(["Canceled"]);
        Book.Standing(1).ShouldBe(OrderStanding.Canceled);
    }

    [Fact]
    public void F08_FillBeforeTheAcknowledgement_IsBookedOnceAndTheAnswerMerges()
    {
        TrackedOrder order = _scene.Register();
        _scene.Push(OrderUpdateKind.Traded, _scene.Shown(VenueOrderStatus.PartiallyFilled, 0.4m), Trade(5, 0.4m));
        _scene.Tracker.Apply(order, _scene.Shown(VenueOrderStatus.Open));
        _scene.Tracker.Apply(order, _scene.Shown(VenueOrderStatus.PartiallyFilled, 0.4m) with { Fills = [Trade(5, 0.4m)] });
        _scene.Words.ShouldBe(["Filled 400@200"]);
        Book.Held.ShouldBe(0.4m);
    }

    [Fact]
    public async Task F11_DuplicateIdAnswer_IsAskedAfterAndAdopted()
    {
        _scene.Client.OnPlace = _ => FakeTradingClient.Failed<VenueOrder>(VenueErrorKind.DuplicateOrder, Outcome.Unknown);
        _scene.Client.OnQuery = _ => VenueResult<VenueOrder>.Ok(_scene.Shown(VenueOrderStatus.Open));
        await using OrderRouter router = _scene.Router();
        router.Submit(_scene.Approved());
        await Passing(() => _scene.Reports.Count == 2);
        _scene.Words.ShouldBe(["OutcomeUnknown", "Accepted"]);
        _scene.Client.Calls.Count(c => c.StartsWith("place", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public void F12_IdsNeverRepeat_ARestartedTrackerRefusesAKnownOne()
    {
        _scene.Register();
        OrderTracker second = new([_scene.Instrument], _ => { }, _scene.Time, _scene.Tracker.Record);
        second.Resume();
        Should.Throw<ArgumentException>(() => second.Register(Id(1), _scene.Instrument, _scene.Request()));
    }

    [Fact]
    public void F13_CancelRacesWithTheLastFill_ExecutionsAreTheTruth()
    {
        _scene.Register();
        _scene.Push(OrderUpdateKind.Traded, _scene.Shown(VenueOrderStatus.PartiallyFilled, 0.4m), Trade(5, 0.4m));
        _scene.Push(OrderUpdateKind.Canceled, _scene.Shown(VenueOrderStatus.Canceled, 0.7m));
        _scene.Push(OrderUpdateKind.Traded, _scene.Shown(VenueOrderStatus.PartiallyFilled, 0.7m), Trade(6, 0.3m));
        _scene.Words.ShouldBe(["Filled 400@200", "Filled 300@200", "Canceled"]);
        Book.Held.ShouldBe(0.7m);
    }

    [Fact]
    public void F14_TheSameExecutionByStreamAnswerAndList_IsBookedOnce()
    {
        TrackedOrder order = _scene.Register();
        _scene.Push(OrderUpdateKind.Traded, _scene.Shown(VenueOrderStatus.PartiallyFilled, 0.4m), Trade(5, 0.4m));
        _scene.Tracker.Apply(order, _scene.Shown(VenueOrderStatus.PartiallyFilled, 0.4m) with { Fills = [Trade(5, 0.4m)] });
        _scene.Tracker.Apply([Trade(5, 0.4m), Trade(5, 0.4m)]);
        _scene.Words.ShouldBe(["Filled 400@200"]);
        Book.Held.ShouldBe(0.4m);
    }

    [Fact]
    public void F16_FillsOutOfOrder_EndWithTheSameBook()
    {
        _scene.Register();
        _scene.Push(OrderUpdateKind.Traded, _scene.Shown(VenueOrderStatus.Filled, 1m), Trade(7, 0.3m));
        _scene.Push(OrderUpdateKind.Traded, _scene.Shown(VenueOrderStatus.PartiallyFilled, 0.4m), Trade(5, 0.4m));
        _scene.Push(OrderUpdateKind.Traded, _scene.Shown(VenueOrderStatus.PartiallyFilled, 0.7m), Trade(6, 0.3m));
        _scene.Words.Count().ShouldBe(3);
        Book.Held.ShouldBe(1m);
        Book.Standing(1).ShouldBe(OrderStanding.Filled);
    }

    [Fact]
    public void F20_BatchHalfAccepted_EachOrderIsSettledAlone()
    {
        TrackedOrder first = _scene.Register(1);
        TrackedOrder second = _scene.Register(2);
        _scene.Tracker.Doubt(first, isEscalated: false);
        _scene.Tracker.Doubt(second, isEscalated: false);
        _scene.Tracker.Apply(first, _scene.Shown(VenueOrderStatus.Open));
        _scene.Tracker.Refuse(second, RejectReason.ProvenAbsent);
        _scene.Words.ShouldBe(["OutcomeUnknown", "OutcomeUnknown", "Accepted", "Rejected ProvenAbsent"]);
        (Book.Standing(1), Book.Standing(2)).ShouldBe((OrderStanding.Working, OrderStanding.Rejected));
    }

    [Fact]
    public void F24_TriggeredStop_IsOneOrderUnderTwoIds()
    {
        _scene.Register(type: OrderType.Stop);
        VenueOrder waiting = _scene.Shown(VenueOrderStatus.Waiting, venueId: 2000) with { IsConditional = true };
        _scene.Push(OrderUpdateKind.Accepted, waiting);
        _scene.Push(OrderUpdateKind.Triggered, waiting with { Status = VenueOrderStatus.Triggered });
        _scene.Tracker.Apply(new OrderUpdate(default, OrderUpdateKind.Traded, _scene.Shown(VenueOrderStatus.PartiallyFilled, 0.4m, venueId: 77) with { ClientId = "made-by-venue" })
        {
            ParentId = 2000,
            Trade = Trade(5, 0.4m, order: 77),
        });
        Book.Standing(1).ShouldBe(OrderStanding.Working);
        Book.Held.ShouldBe(0.4m);
        _scene.Tracker.Record.Read(b => b.Orders.Count).ShouldBe(1, "counted once as risk");
    }

    [Fact]
    public void F28_ReduceOnlyExitOfAClosedPosition_EndsWithItsRefusal()
    {
        TrackedOrder exit = _scene.Register();
        _scene.Tracker.Refuse(exit, RejectReasons.Of(VenueErrorKind.ReduceOnlyRejected));
        _scene.Words.ShouldBe(["Rejected NothingToReduce"]);
        _scene.Tracker.Working.ShouldBeEmpty();
    }

    [Fact]
    public void InferredThenReal_CorrectsThePriceAndNeverCountsTwice_InBothOrders()
    {
        foreach (bool isInferredFirst in (bool[])[true, false])
        {
            TradingScene scene = new();
            scene.Register();
            FillTold inferred = new(default, FactMapping.Of(Trade(0, 0.4m) with { Price = 101m, Quote = 40.4m }, FactMapping.TermsOf(scene.Instrument), Id(1).ToString(), default) with
            {
                TradeId = VenueTradeId.Derive("fill BTCUSDT 7 0 0.4"),
                Fee = 0,
            });
            if (isInferredFirst)
            {
                scene.Tracker.Apply(inferred);
                scene.Push(OrderUpdateKind.Traded, scene.Shown(VenueOrderStatus.PartiallyFilled, 0.4m), Trade(5, 0.4m));
                scene.Words.ShouldBe(["Filled 400@202", "Corrected"]);
                scene.Reports[1].ReplacedPrice.ShouldBe(new PriceTicks(202));
                scene.Reports[1].Price.ShouldBe(new PriceTicks(200));
                scene.Reports[1].Fee.ShouldBe(0.1m);
            }
            else
            {
                scene.Push(OrderUpdateKind.Traded, scene.Shown(VenueOrderStatus.PartiallyFilled, 0.4m), Trade(5, 0.4m));
                scene.Words.ShouldBe(["Filled 400@200"]);
            }

            scene.Push(OrderUpdateKind.Traded, scene.Shown(VenueOrderStatus.PartiallyFilled, 0.4m), Trade(5, 0.4m));
            new AccountBookView(scene.Tracker.Record).Held.ShouldBe(0.4m);
        }
    }

    [Fact]
    public void LateFill_AfterTheEndWasTold_BelongsToTheBotAllTheSame()
    {
        _scene.Register();
        _scene.Push(OrderUpdateKind.Canceled, _scene.Shown(VenueOrderStatus.Canceled));
        _scene.Push(OrderUpdateKind.Traded, _scene.Shown(VenueOrderStatus.PartiallyFilled, 0.4m), Trade(5, 0.4m));
        _scene.Words.ShouldBe(["Canceled", "Adjusted"]);
        _scene.Reports[1].ShouldSatisfyAllConditions(r => r.Size.ShouldBe(new SizeLots(400)), r => r.Side.ShouldBe(OrderSide.Buy), r => r.Instrument.ShouldBe(_scene.Instrument.Id));
        Book.Held.ShouldBe(0.4m);
    }

    [Fact]
    public async Task JournalFailed_NoEntryLeavesAndAnExitDoes()
    {
        TradingScene scene = new(new AccountRecord(journal: new BrokenJournal()));
        scene.Client.OnPlace = r => VenueResult<VenueOrder>.Ok(scene.Shown(VenueOrderStatus.Open, sequence: 2));
        await using OrderRouter router = scene.Router();
        router.Submit(scene.Approved());
        await Eventually.Holds(() => scene.Reports.Count == 1);
        scene.Words.ShouldBe(["Rejected NotSupported"]);
        scene.Client.Calls.ShouldBeEmpty();
        router.Submit(scene.Approved(2, new OrderIntent { Instrument = scene.Instrument.Id, Side = OrderSide.Sell, Type = OrderType.Market, Size = new SizeLots(1), ReduceOnly = true }));
        await Eventually.Holds(() => scene.Client.Calls.Count == 1);
    }

    // Waits are on the scene's clock, which moves only here.
    private async Task Passing(Func<bool> condition) => await Eventually.Holds(() =>
    {
        if (!condition())
        {
            _scene.Time.Advance(TimeSpan.FromMilliseconds(250));
            return false;
        }

        return true;
    });

    private sealed record AccountBookView(AccountRecord Record)
    {
        public decimal Held => Record.Read(book => book.Holdings.Find(new PositionKey("BTCUSDT", PositionSide.Both))?.Net.Quantity ?? 0);

        public OrderStanding Standing(int sequence) => Record.Read(book => book.Orders.Single(o => o.ClientId == Id(sequence).ToString()).Standing);
    }

    private sealed class BrokenJournal : IAccountJournal
    {
        public void Append(AccountFact fact)
        {
        }

        public void Sync() => throw new IOException("no space left on device");
    }
}
