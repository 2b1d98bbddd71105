using Harrier.Domain;
using Harrier.Engine.Portfolio;
using Harrier.Engine.Reconciliation;

namespace Harrier.Tests.Engine.Reconciliation;

/// <summary>States and arithmetic of positions, with the vectors of the position reconciler that are no defects of it.</summary>
public sealed class PositionBookTests
{
    private readonly BookScene _scene = new();

    [Fact]
    public void Fills_TwoPartsOfOneOrder_GiveItsSizeAtTheAverage()
    {
        _scene.Intend(1, 10);
        _scene.Position!.State.ShouldBe(PositionState.Pending);
        _scene.Tell(_scene.Fill(1, 4, 100));
        _scene.Position!.State.ShouldBe(PositionState.Partial);
        _scene.Tell(_scene.Fill(2, 6, 110));
        _scene.Position!.ShouldSatisfyAllConditions(
            p => p.Quantity.ShouldBe(10), p => p.EntryPrice.ShouldBe(106), p => p.State.ShouldBe(PositionState.Open), p => p.Version.ShouldBe(2));
    }

    [Fact]
    public void Fills_TheSameTwice_CountOnce()
    {
        _scene.Intend(1, 10);
        _scene.Tell(_scene.Fill(1, 4, 100)).IsNew.ShouldBeTrue();
        _scene.Tell(_scene.Fill(1, 4, 100)).IsNew.ShouldBeFalse();
        _scene.Position!.Quantity.ShouldBe(4);
        _scene.Book.TryFind(_scene.Order(1, 10, OrderStanding.Working).ClientId, out OrderFact? order).ShouldBeTrue();
        order!.Executed.ShouldBe(4);
    }

    [Theory]
    [InlineData(6, 120, 4, 100, 120)] // a reduction leaves the average and realizes 6 x 20
    [InlineData(10, 90, 0, 0, -100)] // a close realizes all of it
    [InlineData(15, 110, -5, 110, 100)] // a flip begins anew at the price of the flip
    public void Fills_Against_RealizeAndKeepTheAverage(double sold, double price, double left, double entry, double realized)
    {
        NetPosition net = new NetPosition().Add(10, 100, out decimal opening);
        opening.ShouldBe(0);
        net = net.Add(-(decimal)sold, (decimal)price, out decimal profit);
        (net.Quantity, net.EntryPrice, profit).ShouldBe(((decimal)left, (decimal)entry, (decimal)realized));
    }

    [Fact]
    public void Fills_OfAShort_MirrorThoseOfALong()
    {
        NetPosition net = new NetPosition().Add(-4, 100, out _).Add(-6, 110, out _);
        (net.Quantity, net.EntryPrice).ShouldBe((-10m, 106m));
        net.Add(5, 100, out decimal realized).EntryPrice.ShouldBe(106m);
        realized.ShouldBe(30m);
    }

    [Fact]
    public void HedgeSides_OfOneSymbol_AreTwoPositions()
    {
        _scene.Tell(_scene.Fill(1, 5, 100) with { PositionSide = PositionSide.Long });
        _scene.Tell(_scene.Fill(2, 3, 110, OrderSide.Sell) with { PositionSide = PositionSide.Short });
        _scene.Book.Holdings.Find(new PositionKey("BTCUSDT", PositionSide.Long))!.Net.Quantity.ShouldBe(5);
        _scene.Book.Holdings.Find(new PositionKey("BTCUSDT", PositionSide.Short))!.Net.Quantity.ShouldBe(-3);
    }

    [Fact]
    public void Sync_PositionAtTheVenueOnly_IsImported()
    {
        _scene.Sync(_scene.Holds(0.5m, 50_000)).ShouldHaveSingleItem().Kind.ShouldBe(DifferenceKind.UntrackedPosition);
        _scene.Position!.ShouldSatisfyAllConditions(
            p => p.State.ShouldBe(PositionState.Open), p => p.Sync.ShouldBe(SyncStatus.Synced), p => p.Version.ShouldBe(1),
            p => p.Checksum().ShouldBe("0bbb52ab9b0a6f79aea4b5cd3c6b1ec5"));
        _scene.Book.Positions.Statistics.AutoResolved.ShouldBe(1);
    }

    [Fact]
    public void Sync_OtherSize_TheVenueWinsAndItIsRecorded()
    {
        _scene.Sync(_scene.Holds(0.5m, 50_000));
        _scene.Wait(30);
        _scene.Sync(_scene.Holds(0.7m, 50_200)).ShouldHaveSingleItem().Kind.ShouldBe(DifferenceKind.PositionSize);
        _scene.Position!.ShouldSatisfyAllConditions(
            p => p.Quantity.ShouldBe(0.7m), p => p.EntryPrice.ShouldBe(50_200), p => p.Version.ShouldBe(2), p => p.Sync.ShouldBe(SyncStatus.Synced));
        ReconciliationStatistics statistics = _scene.Book.Positions.Statistics;
        (statistics.MismatchCount, statistics.AutoResolved, statistics.Conflicts, statistics.SyncCount).ShouldBe((1, 2, 1, 2));
        statistics.LastSync.ShouldBe(_scene.Now);
        _scene.Book.Positions.Trail.ShouldHaveSingleItem().ShouldBe(
            new ConflictEntry(_scene.Now, "BTCUSDT", DifferenceKind.PositionSize, "0.5 @ 50000", "0.7 @ 50200", ResolutionKind.AdjustBook));
    }

    [Fact]
    public void Sync_OtherEntryPriceOnly_IsToldOnceAndNotTakenOver()
    {
        _scene.Sync(_scene.Holds(0.7m, 50_200));
        _scene.Wait(30);
        Difference difference = _scene.Sync(_scene.Holds(0.7m, 50_300)).ShouldHaveSingleItem();
        (difference.Kind, difference.Resolution.Kind).ShouldBe((DifferenceKind.EntryPrice, ResolutionKind.Report));
        _scene.Position!.EntryPrice.ShouldBe(50_200);
        _scene.Sync(_scene.Holds(0.7m, 50_300)).ShouldBeEmpty();
    }

    [Fact]
    public void Sync_PendingWithItsOrderAtTheVenue_StaysPending()
    {
        OrderFact order = _scene.Intend(1, 10);
        _scene.Wait(30);
        _scene.Sync(_scene.Shows(_scene.Order(1, 10, OrderStanding.Working)));
        (_scene.Position!.State, _scene.Position.Sync).ShouldBe((PositionState.Pending, SyncStatus.Synced));
        _scene.Book.TryFind(order.ClientId, out OrderFact? known).ShouldBeTrue();
        known!.Standing.ShouldBe(OrderStanding.Working);
    }

    [Fact]
    public void Sync_PendingWhoseOrderTheVenueForgot_IsAnError()
    {
        OrderFact order = _scene.Intend(1, 10);
        _scene.Wait(3600);
        AccountPicture forgotten = _scene.Shows() with { NotFound = new HashSet<string> { order.ClientId } };
        _scene.Sync(forgotten).ShouldHaveSingleItem().Resolution.Kind.ShouldBe(ResolutionKind.EndOrder);
        (_scene.Position!.State, _scene.Position.Sync).ShouldBe((PositionState.Error, SyncStatus.Error));
    }

    [Fact]
    public void Sync_ClosingAndGone_IsClosedWithoutAlarm()
    {
        _scene.Sync(_scene.Holds(0.5m, 50_000));
        _scene.Book.Apply(new BaselineTaken(_scene.Now, _scene.Now));
        _scene.Wait(30);
        _scene.Intend(1, 0.5m, OrderSide.Sell);
        _scene.Book.Apply(new OrderMoved(_scene.Now, _scene.Order(1, 1, OrderStanding.Working).ClientId, OrderStanding.Working, 101));
        _scene.Position!.State.ShouldBe(PositionState.Closing);
        _scene.Wait(30);
        OrderFact gone = _scene.Order(1, 0.5m, OrderStanding.Canceled) with { Side = OrderSide.Sell };
        Difference vanished = _scene.Sync(_scene.Shows(gone)).Single(d => d.Kind == DifferenceKind.VanishedPosition);
        vanished.Resolution.HaltsEntries.ShouldBeFalse();
        (_scene.Position!.State, _scene.Position.Sync).ShouldBe((PositionState.Closed, SyncStatus.Synced));
    }

    [Fact]
    public void Sync_VanishedPosition_IsOneMismatchAndNoneLater()
    {
        _scene.Sync(_scene.Holds(0.5m, 50_000));
        _scene.Book.Apply(new BaselineTaken(_scene.Now, _scene.Now));
        for (int i = 0; i < 3; i++)
        {
            _scene.Wait(30);
            IReadOnlyList<Difference> found = _scene.Sync(_scene.Holds(0, 0));
            found.Count.ShouldBe(i == 0 ? 1 : 0);
            found.ShouldAllBe(d => d.Resolution.HaltsEntries);
        }

        _scene.Book.Positions.Statistics.MismatchCount.ShouldBe(1);
        _scene.Position!.State.ShouldBe(PositionState.Closed);
    }

    [Fact]
    public void Sync_VenueNotTrusted_LeavesTheBookAndAsksForAPerson()
    {
        _scene.Sync(_scene.Holds(0.5m, 50_000));
        _scene.Policy = _scene.Policy with { TrustVenue = false };
        _scene.Wait(30);
        _scene.Sync(_scene.Holds(0.7m, 50_200)).ShouldHaveSingleItem().Resolution.Kind.ShouldBe(ResolutionKind.Escalate);
        (_scene.Position!.Quantity, _scene.Position.Sync).ShouldBe((0.5m, SyncStatus.Mismatch));
        _scene.Book.Positions.Statistics.ManualInterventions.ShouldBe(1);
    }

    [Fact]
    public void Sync_ClosedForAnHour_IsForgottenAndMayBeOpenedAgain()
    {
        _scene.Tell(_scene.Fill(1, 5, 100));
        _scene.Tell(_scene.Fill(2, 5, 110, OrderSide.Sell));
        _scene.Position!.State.ShouldBe(PositionState.Closed);
        _scene.Position.Realized.ShouldBe(50);
        _scene.Wait(3590);
        _scene.Sync(_scene.Shows());
        _scene.Position.ShouldNotBeNull();
        _scene.Wait(20);
        _scene.Sync(_scene.Shows());
        _scene.Position.ShouldBeNull();
        _scene.Tell(_scene.Fill(3, 1, 100));
        _scene.Position!.State.ShouldBe(PositionState.Open);
    }

    [Fact]
    public void Trail_KeepsTheNewestHundred()
    {
        for (int i = 1; i <= 150; i++)
        {
            _scene.Wait(30);
            _scene.Sync(_scene.Holds(i, 100));
        }

        _scene.Book.Positions.Trail.Count.ShouldBe(PositionBook.TrailLength);
        _scene.Book.Positions.Trail[^1].Theirs.ShouldBe("150 @ 100");
        _scene.Book.Positions.Statistics.Conflicts.ShouldBe(149);
    }
}
