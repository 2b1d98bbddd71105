using Harrier.Domain;
using Harrier.Engine.Reconciliation;

namespace Harrier.Tests.Engine.Reconciliation;

public sealed class ReconcilerTests
{
    private readonly BookScene _scene = new();

    [Fact]
    public void Compare_EqualSides_FindsNothing()
    {
        _scene.Intend(1, 10);
        _scene.Tell(_scene.Fill(1, 4, 100));
        _scene.Wait(60);
        _scene.Compare(_scene.Shows(_scene.Order(1, 10, OrderStanding.Working, 4)) with
        {
            Fills = [_scene.Fill(1, 4, 100)],
            Positions = [new PositionFact(BookScene.Btc, 4, 100)],
        }).ShouldBeEmpty();
    }

    [Fact]
    public void Compare_OrderSentAMomentAgo_IsNoDifference()
    {
        _scene.Intend(1, 10);
        _scene.Wait(2);
        _scene.Compare(_scene.Shows()).ShouldBeEmpty();
        _scene.Wait(2);
        Ask(_scene.Compare(_scene.Shows()));
    }

    [Fact]
    public void Compare_OrderSentAfterTheQuestion_IsNoDifference()
    {
        AccountPicture early = _scene.Shows();
        _scene.Wait(30);
        _scene.Intend(1, 10);
        _scene.Tell(_scene.Fill(1, 4, 100));
        _scene.Compare(early).ShouldBeEmpty();
    }

    [Fact]
    public void F10_OpenListOmitsALiveOrderOnce_IsAskedAfterAndNotDropped()
    {
        OrderFact order = Working(1);
        _scene.Wait(30);
        AccountPicture list = _scene.Shows();
        Reconciler.Unlisted(_scene.Book, list, _scene.Policy).ShouldHaveSingleItem().ClientId.ShouldBe(order.ClientId);
        Ask(_scene.Sync(list));
        _scene.Sync(_scene.Shows(_scene.Order(1, 10, OrderStanding.Working))).ShouldBeEmpty();
        _scene.Book.Working.ShouldHaveSingleItem();
    }

    [Fact]
    public void F18_CancelEventLost_IsSettledByTheAnswerToOneQuery()
    {
        Working(1);
        _scene.Wait(30);
        Difference end = _scene.Sync(_scene.Shows(_scene.Order(1, 10, OrderStanding.Canceled))).ShouldHaveSingleItem();
        (end.Kind, end.Resolution.Kind).ShouldBe((DifferenceKind.OrderStateDiffers, ResolutionKind.EndOrder));
        _scene.Book.Working.ShouldBeEmpty();
    }

    [Fact]
    public void F22_CanceledWithExecutions_BooksThemBeforeTheEnd()
    {
        Working(1);
        FillFact fill = _scene.Fill(1, 4, 100);
        _scene.Wait(30);
        IReadOnlyList<Difference> found = _scene.Sync(_scene.Shows(_scene.Order(1, 10, OrderStanding.Canceled, 4)) with { Fills = [fill], Positions = [new PositionFact(BookScene.Btc, 4, 100)] });
        found.Select(d => d.Resolution.Kind).ShouldBe([ResolutionKind.AdoptFill, ResolutionKind.EndOrder]);
        _scene.Position!.Quantity.ShouldBe(4);
    }

    [Fact]
    public void F15_SameIdOtherFields_IsReportedOnceAndNeverBooked()
    {
        Working(1);
        _scene.Tell(_scene.Fill(1, 4, 100));
        _scene.Wait(30);
        AccountPicture theirs = _scene.Shows(_scene.Order(1, 10, OrderStanding.Working, 4)) with
        {
            Fills = [_scene.Fill(1, 5, 100)],
            Positions = [new PositionFact(BookScene.Btc, 4, 100)],
        };
        Difference difference = _scene.Sync(theirs).ShouldHaveSingleItem();
        (difference.Kind, difference.Resolution.HaltsEntries).ShouldBe((DifferenceKind.ContradictingFill, true));
        _scene.Position!.Quantity.ShouldBe(4);
        _scene.Sync(theirs).ShouldBeEmpty();
    }

    [Fact]
    public void F17_MoreThanTheOrder_IsBookedOnTheAccountAndStopsEntries()
    {
        Baseline();
        Working(1);
        FillFact whole = _scene.Fill(1, 10, 100);
        FillFact beyond = _scene.Fill(2, 3, 100);
        _scene.Wait(30);
        AccountPicture theirs = _scene.Shows(_scene.Order(1, 10, OrderStanding.Filled, 13)) with
        {
            Fills = [whole with { ClientId = "" }, beyond with { ClientId = "" }],
            Positions = [new PositionFact(BookScene.Btc, 13, 100)],
        };
        Difference excess = _scene.Sync(theirs).Single(d => d.Resolution.Kind == ResolutionKind.RecordForeign);
        excess.Resolution.HaltsEntries.ShouldBeTrue();
        _scene.Position!.Quantity.ShouldBe(13);
        _scene.Book.TryFind(whole.ClientId, out OrderFact? order).ShouldBeTrue();
        order!.Executed.ShouldBe(10);
    }

    [Fact]
    public void F63_OrderOfSomebodyElse_IsReportedOnceAndItsExecutionsAreTheAccounts()
    {
        Baseline();
        OrderFact manual = _scene.Order(9, 2, OrderStanding.Working, 1) with { ClientId = "web_1" };
        FillFact fill = _scene.Fill(5, 1, 100, sequence: 9) with { ClientId = "" };
        _scene.Wait(30);
        AccountPicture theirs = _scene.Shows(manual) with { Fills = [fill], Positions = [new PositionFact(BookScene.Btc, 1, 100)] };
        _scene.Sync(theirs).Select(d => (d.Kind, d.Resolution.Kind)).ShouldBe(
        [
            (DifferenceKind.ForeignFill, ResolutionKind.RecordForeign),
            (DifferenceKind.ForeignOrder, ResolutionKind.Report),
        ]);
        _scene.Book.Orders.ShouldBeEmpty();
        _scene.Position!.Quantity.ShouldBe(1);
        _scene.Sync(theirs).ShouldBeEmpty();
    }

    [Fact]
    public void UnknownOutcome_ExecutionWithoutOwner_IsNotCalledForeign()
    {
        Baseline();
        OrderFact order = _scene.Intend(1, 4);
        FillFact fill = _scene.Fill(1, 4, 100) with { ClientId = "" };
        _scene.Wait(30);
        AccountPicture theirs = _scene.Holds(4, 100) with { Fills = [fill], NotFound = new HashSet<string> { order.ClientId } };
        _scene.Sync(theirs).ShouldAllBe(d => d.Resolution.Kind == ResolutionKind.LookAgain);
        _scene.Sync(theirs with { Orders = [_scene.Order(1, 4, OrderStanding.Filled, 4)] }).ShouldContain(d => d.Resolution.Kind == ResolutionKind.AdoptFill);
        _scene.Book.HeldByBots(BookScene.Btc).ShouldBe(4);
    }

    [Fact]
    public void ForeignExecution_ThatTurnsOutToBeOurs_IsClaimedByItsOrderOnce()
    {
        Baseline();
        OrderFact order = Working(1);
        FillFact fill = _scene.Fill(7, 4, 100);
        _scene.Tell(fill with { ClientId = "", OrderId = 999 });
        _scene.Book.HeldByBots(BookScene.Btc).ShouldBe(0);
        _scene.Tell(fill).IsNew.ShouldBeTrue();
        _scene.Tell(fill).IsNew.ShouldBeFalse();
        _scene.Position!.Quantity.ShouldBe(4);
        _scene.Book.HeldByBots(BookScene.Btc).ShouldBe(4);
        _scene.Book.TryFind(order.ClientId, out OrderFact? known).ShouldBeTrue();
        known!.Executed.ShouldBe(4);
    }

    [Fact]
    public void ManualSale_OfWhatABotHolds_IsTakenFromTheBot_AndAnInferredOneGivenBack()
    {
        Baseline();
        Working(1);
        _scene.Tell(_scene.Fill(1, 10, 100)).FromBots.ShouldBe(0);
        FillFact manual = _scene.Fill(2, 4, 110, OrderSide.Sell, sequence: 9) with { ClientId = "" };
        _scene.Tell(manual).FromBots.ShouldBe(-4);
        _scene.Book.HeldByBots(BookScene.Btc).ShouldBe(6);

        // The venue has less, nothing explains it, the bot loses it; then our own sale explains it after all.
        _scene.Intend(2, 6, OrderSide.Sell);
        _scene.Wait(30);
        FillFact sale = _scene.Fill(3, 6, 120, OrderSide.Sell, sequence: 2);
        BookEntry stated = _scene.Book.Apply(new PositionStated(_scene.Now, 77, new PositionFact(BookScene.Btc, 0, 0), _scene.Now, 6));
        stated.FromBots.ShouldBe(-6);
        BookEntry explained = _scene.Tell(sale);
        (explained.IsCovered, explained.FromBots).ShouldBe((true, 6));
        _scene.Book.HeldByBots(BookScene.Btc).ShouldBe(0);
    }

    [Fact]
    public void Forget_OldExecutions_LeavesPositionsBalancesAndWorkingOrders()
    {
        OrderFact working = Working(1);
        _scene.Tell(_scene.Fill(1, 4, 100));
        _scene.Intend(2, 2);
        _scene.Tell(_scene.Fill(2, 2, 100, sequence: 2) with { Fee = 1, FeeAsset = new Asset("USDT") });
        _scene.Wait(60);
        _scene.Book.Forget(_scene.Now);
        _scene.Book.Fills.ShouldHaveSingleItem().ClientId.ShouldBe(working.ClientId);
        _scene.Book.Orders.ShouldHaveSingleItem().ClientId.ShouldBe(working.ClientId);
        _scene.Position!.Quantity.ShouldBe(6);
        _scene.Book.Holdings.Balance(new Asset("USDT")).ShouldBe(-1);
    }

    [Fact]
    public void OrphanOrder_CarriesOurNamingButIsNotOurs_IsReportedAndStopsEntries()
    {
        _scene.Wait(30);
        Difference orphan = _scene.Sync(_scene.Shows(_scene.Order(44, 2, OrderStanding.Working))).ShouldHaveSingleItem();
        (orphan.Kind, orphan.Resolution.Kind, orphan.Resolution.HaltsEntries).ShouldBe((DifferenceKind.OrphanOrder, ResolutionKind.Report, true));
        _scene.Book.Orders.ShouldBeEmpty();
    }

    [Fact]
    public void F34_ForgottenByTheVenue_EndsOnceItsExecutionsAreKnown()
    {
        OrderFact order = Working(1);
        _scene.Wait(86_400);
        AccountPicture forgotten = _scene.Shows() with { NotFound = new HashSet<string> { order.ClientId } };
        _scene.Compare(forgotten with { Complete = PictureParts.OpenOrders }).ShouldHaveSingleItem().Resolution.Kind.ShouldBe(ResolutionKind.LookAgain);
        _scene.Sync(forgotten).ShouldHaveSingleItem().Resolution.Kind.ShouldBe(ResolutionKind.EndOrder);
        _scene.Sync(forgotten).ShouldBeEmpty();
    }

    [Fact]
    public void F74_PositionWrongForAMoment_IsNotBelievedBeforeASecondReading()
    {
        _scene.Policy = new ReconciliationPolicy();
        _scene.Tell(_scene.Fill(1, 4, 100));
        Baseline();
        _scene.Wait(30);
        _scene.Sync(_scene.Holds(0, 0)).ShouldHaveSingleItem().Resolution.Kind.ShouldBe(ResolutionKind.LookAgain);
        _scene.Wait(4);
        _scene.Sync(_scene.Holds(0, 0)).ShouldHaveSingleItem().Resolution.Kind.ShouldBe(ResolutionKind.LookAgain);
        _scene.Wait(4);
        _scene.Sync(_scene.Holds(4, 100)).ShouldBeEmpty();

        // Another wrong one is another suspicion: it begins anew.
        _scene.Sync(_scene.Holds(7, 100)).ShouldHaveSingleItem().Resolution.Kind.ShouldBe(ResolutionKind.LookAgain);
        _scene.Wait(6);
        _scene.Sync(_scene.Holds(8, 100)).ShouldHaveSingleItem().Resolution.Kind.ShouldBe(ResolutionKind.LookAgain);
        _scene.Wait(6);
        _scene.Sync(_scene.Holds(8, 100)).ShouldHaveSingleItem().Resolution.ShouldSatisfyAllConditions(
            r => r.Kind.ShouldBe(ResolutionKind.AdjustBook), r => r.HaltsEntries.ShouldBeTrue());
        _scene.Position!.Quantity.ShouldBe(8);
    }

    [Fact]
    public void UnknownOutcome_HoldsThePositionBackUntilItIsSettled()
    {
        OrderFact order = _scene.Intend(1, 4);
        _scene.Book.Apply(new OrderMoved(_scene.Now, order.ClientId, OrderStanding.Unknown, null));
        _scene.Wait(30);
        AccountPicture theirs = _scene.Holds(4, 100) with { NotFound = new HashSet<string> { order.ClientId } };
        _scene.Compare(theirs).ShouldAllBe(d => d.Resolution.Kind == ResolutionKind.LookAgain);
        _scene.Compare(theirs).Count.ShouldBe(2);
    }

    [Fact]
    public void InferredExecution_HasAnIdOfItsFacts()
    {
        VenueTradeId first = Infer(new BookScene());
        VenueTradeId second = Infer(new BookScene());
        first.IsDerived.ShouldBeTrue();
        second.ShouldBe(first);

        static VenueTradeId Infer(BookScene scene)
        {
            scene.Intend(1, 10);
            OrderFact shown = scene.Order(1, 10, OrderStanding.Working, 4);
            scene.Wait(20);
            AccountPicture theirs = scene.Shows(shown) with { Positions = [new PositionFact(BookScene.Btc, 4, 100)] };
            scene.Sync(theirs).Where(d => d.Kind == DifferenceKind.ExecutedDiffers).ShouldHaveSingleItem().Resolution.Kind.ShouldBe(ResolutionKind.LookAgain);
            scene.Wait(20);
            theirs = theirs with { Asked = scene.Now, AskedAtVenue = scene.Now };
            Difference inferred = scene.Sync(theirs).Single(d => d.Resolution.Kind == ResolutionKind.InferFill);
            scene.Sync(theirs).ShouldBeEmpty();
            return ((FillTold)inferred.Resolution.Fact!).Fill.TradeId;
        }
    }

    [Fact]
    public void BalanceDrift_BeforeAnyBaseline_IsNotCompared()
    {
        AccountPicture theirs = _scene.Shows() with { Balances = [new BalanceFact(new Asset("USDT"), 100)] };
        _scene.Compare(theirs).ShouldBeEmpty();
        Baseline();
        _scene.Wait(30);
        Difference drift = _scene.Sync(theirs with { Asked = _scene.Now, AskedAtVenue = _scene.Now }).ShouldHaveSingleItem();
        (drift.Kind, drift.Ours, drift.Theirs).ShouldBe((DifferenceKind.BalanceDrift, "0", "100"));
        _scene.Book.Holdings.Balance(new Asset("USDT")).ShouldBe(100);
    }

    [Fact]
    public void F23_FeesInBaseOrThirdAssetOrRebates_AreExact()
    {
        BookScene scene = new() { Kind = InstrumentKind.Spot };
        scene.Tell(scene.Fill(1, 1, 100) with { Fee = 0.001m, FeeAsset = new Asset("BTC") });
        scene.Tell(scene.Fill(2, 1, 100) with { Fee = 0.0002m, FeeAsset = new Asset("BNB") });
        scene.Tell(scene.Fill(3, 1, 100) with { Fee = -0.01m, FeeAsset = new Asset("USDT") });
        scene.Book.Holdings.Balance(new Asset("BTC")).ShouldBe(2.999m);
        scene.Book.Holdings.Balance(new Asset("BNB")).ShouldBe(-0.0002m);
        scene.Book.Holdings.Balance(new Asset("USDT")).ShouldBe(-299.99m);
    }

    private static void Ask(IReadOnlyList<Difference> found)
    {
        Difference missing = found.ShouldHaveSingleItem();
        (missing.Kind, missing.Resolution.Kind).ShouldBe((DifferenceKind.MissingOrder, ResolutionKind.QueryOrder));
    }

    private void Baseline()
    {
        _scene.Book.Apply(new BaselineTaken(_scene.Now, _scene.Now));
        _scene.Wait(1);
    }

    private OrderFact Working(int sequence)
    {
        OrderFact order = _scene.Intend(sequence, 10);
        _scene.Book.Apply(new OrderMoved(_scene.Now, order.ClientId, OrderStanding.Working, 100 + sequence));
        return order;
    }
}
