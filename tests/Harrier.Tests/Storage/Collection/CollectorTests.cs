using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Storage.Collection;
using Harrier.Storage.Market;

namespace Harrier.Tests.Storage.Collection;

public sealed class CollectorTests : IDisposable
{
    private const string Symbol = "BTCUSDT";
    private readonly CollectScene _scene = new(Symbol);

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task RunAsync_TenMonths_StoresEveryClosedBarAndNoOther()
    {
        GrowTruth();

        CollectSummary summary = await _scene.RunAsync();

        summary.IsComplete.ShouldBeTrue();
        _scene.Stored(Symbol).ShouldBe(ScriptedHistory.Hours(CollectScene.Start, CollectScene.End));
        SymbolSummary one = summary.Symbols.ShouldHaveSingleItem();
        (one.RowsNew, one.RowsTotal, one.Gaps, one.State).ShouldBe((7306, 7306, 0, SymbolState.Complete));
        (one.First, one.Last).ShouldBe((CollectScene.Start, new Timestamp(CollectScene.End.Nanos - ScriptedHistory.Hour.IntervalNanos)));
        one.Requests.ShouldBe(8);
        _scene.Facts(Symbol).Covered.ShouldBe([new TimeRange(CollectScene.Start, CollectScene.End)]);
        (_scene.Facts(Symbol).TickSize, _scene.Facts(Symbol).LotSize).ShouldBe((0.01m, 0.00001m));
    }

    [Fact]
    public async Task RunAsync_AgainSomeHoursLater_CostsOneQuestionForBarsAndOneForTheListing()
    {
        GrowTruth();
        await _scene.RunAsync();
        (int asked, int listed) = (_scene.Venue.Asked.Count, _scene.Venue.TimesListed);
        _scene.Venue.Now = _scene.Venue.Now + TimeSpan.FromHours(3);
        GrowTruth();

        CollectSummary summary = await _scene.RunAsync();

        (_scene.Venue.Asked.Count - asked, _scene.Venue.TimesListed - listed).ShouldBe((1, 1));
        summary.Symbols[0].RowsNew.ShouldBe(3);
        _scene.Stored(Symbol).ShouldBe(ScriptedHistory.Hours(CollectScene.Start, new Timestamp(CollectScene.End.Nanos + (3 * ScriptedHistory.Hour.IntervalNanos))));
    }

    [Fact]
    public async Task RunAsync_AgainWithinTheHour_AsksForNothing()
    {
        GrowTruth();
        await _scene.RunAsync();
        (int asked, int listed) = (_scene.Venue.Asked.Count, _scene.Venue.TimesListed);

        CollectSummary summary = await _scene.RunAsync();

        (_scene.Venue.Asked.Count - asked, _scene.Venue.TimesListed - listed).ShouldBe((0, 0));
        summary.IsComplete.ShouldBeTrue();
        summary.Symbols[0].RowsTotal.ShouldBe(7306);
    }

    [Theory]
    [InlineData(1.5, 9)]
    [InlineData(2.5, 10)]
    public async Task RunAsync_RightAfterABarEnded_WaitsForTheSafetyByTheVenuesClock(double secondsAfter, int lastHourEnds)
    {
        _scene.Venue.Now = CollectScene.End + TimeSpan.FromSeconds(secondsAfter);
        GrowTruth();

        await _scene.RunAsync();

        _scene.Stored(Symbol)[^1].OpenTime.ShouldBe(Timestamp.From(new DateTimeOffset(2026, 3, 20, lastHourEnds - 1, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public async Task RunAsync_VenueHasHoles_AsksOnceMoreThenTakesThemForGoodAndCountsThem()
    {
        GrowTruth();
        _scene.Venue.Bars[Symbol].RemoveAll(bar => bar.OpenTime.Nanos % (500 * ScriptedHistory.Hour.IntervalNanos) < 3 * ScriptedHistory.Hour.IntervalNanos);
        HistoricalBar[] truth = [.. _scene.Venue.Bars[Symbol].Where(bar => bar.OpenTime >= CollectScene.Start && bar.OpenTime < CollectScene.End)];

        CollectSummary summary = await _scene.RunAsync();
        int asked = _scene.Venue.Asked.Count;
        CollectSummary again = await _scene.RunAsync();

        _scene.Stored(Symbol).ShouldBe(truth);
        summary.IsComplete.ShouldBeTrue();
        summary.Symbols[0].Gaps.ShouldBe(7306 - truth.Length);
        summary.Symbols[0].Notes.ShouldContain(note => note.StartsWith("the venue lacks", StringComparison.Ordinal));
        asked.ShouldBeLessThanOrEqualTo(16, "a page and one more question for each that has holes");
        _scene.Venue.Asked.Count.ShouldBe(asked);
        again.Symbols[0].Gaps.ShouldBe(summary.Symbols[0].Gaps);
    }

    [Fact]
    public async Task RunAsync_ListedLater_SaysSinceWhenAndNeverAsksForTheTimeBefore()
    {
        Timestamp listed = CollectScene.Start + TimeSpan.FromDays(100.125);
        GrowTruth();
        _scene.Venue.Bars[Symbol].RemoveAll(bar => bar.OpenTime < listed);

        CollectSummary summary = await _scene.RunAsync();
        _scene.Venue.Now = _scene.Venue.Now + TimeSpan.FromHours(1);
        GrowTruth();
        _scene.Venue.Asked.Clear();
        await _scene.RunAsync();

        summary.IsComplete.ShouldBeTrue();
        (summary.Symbols[0].First, summary.Symbols[0].Gaps).ShouldBe((listed, 0));
        summary.Symbols[0].Notes.ShouldBe([$"its history begins at {listed}"]);
        _scene.Facts(Symbol).FirstAvailable.ShouldBe(listed);
        _scene.Venue.Asked.ShouldHaveSingleItem().From.ShouldBe(CollectScene.End);
    }

    [Fact]
    public async Task RunAsync_VenueSaysSinceWhenItIsListed_BeginsThere()
    {
        Timestamp listed = CollectScene.Start + TimeSpan.FromMinutes(90);
        GrowTruth();
        _scene.Venue.Listings[Symbol] = ScriptedHistory.Listing(Symbol) with { ListedSince = listed };

        CollectSummary summary = await _scene.RunAsync();

        _scene.Venue.Asked[0].From.ShouldBe(ScriptedHistory.Hour.BucketStart(listed));
        _scene.Facts(Symbol).Covered.ShouldBe([new TimeRange(CollectScene.Start, CollectScene.End)]);
        summary.Symbols[0].RowsTotal.ShouldBe(7305);
    }

    [Fact]
    public async Task RunAsync_NewestBarsAreMissing_AsksAgainInTheNextRun()
    {
        GrowTruth();
        Timestamp silence = new(CollectScene.End.Nanos - (5 * ScriptedHistory.Hour.IntervalNanos));
        List<HistoricalBar> late = _scene.Venue.Bars[Symbol].FindAll(bar => bar.OpenTime >= silence);
        _scene.Venue.Bars[Symbol].RemoveAll(late.Contains);

        CollectSummary before = await _scene.RunAsync();
        _scene.Venue.Bars[Symbol].AddRange(late);
        await _scene.RunAsync();

        before.Symbols[0].Notes.ShouldHaveSingleItem().ShouldStartWith($"the venue has no bars from {silence} on yet");
        _scene.Stored(Symbol).ShouldBe(ScriptedHistory.Hours(CollectScene.Start, CollectScene.End));
    }

    [Fact]
    public async Task RunAsync_SymbolStoppedTradingLongAgo_IsCompleteWithWhatThereWas()
    {
        Timestamp end = new(CollectScene.End.Nanos - (60 * Timestamp.NanosPerDay));
        _scene.Venue.Bars[Symbol] = ScriptedHistory.Hours(CollectScene.Start, end);

        CollectSummary summary = await _scene.RunAsync();
        int asked = _scene.Venue.Asked.Count;
        await _scene.RunAsync();

        summary.IsComplete.ShouldBeTrue();
        _scene.Stored(Symbol).ShouldBe(_scene.Venue.Bars[Symbol]);
        (_scene.Venue.Asked.Count - asked).ShouldBe(2, "the last day is asked for again, and asked twice");
    }

    [Fact]
    public async Task RunAsync_UnknownSymbolAmongOthers_CollectsTheOthersAndSaysSo()
    {
        using CollectScene scene = new(Symbol, "MATICUSDT", "ETHUSDT");
        scene.Venue.Listings.Remove("MATICUSDT");
        scene.Venue.Bars[Symbol] = ScriptedHistory.Hours(CollectScene.Start, scene.Venue.Now);
        scene.Venue.Bars["ETHUSDT"] = ScriptedHistory.Hours(CollectScene.Start, scene.Venue.Now);

        CollectSummary summary = await scene.RunAsync();

        summary.IsComplete.ShouldBeFalse();
        summary.Symbols.Select(one => one.State).ShouldBe([SymbolState.Complete, SymbolState.Unknown, SymbolState.Complete]);
        summary.Symbols[1].Notes.ShouldBe(["not listed at sim-scripted: unknown, or delisted"]);
        scene.Venue.Asked.ShouldAllBe(query => query.Symbol != "MATICUSDT");
        scene.Stored("ETHUSDT").Count.ShouldBe(7306);
    }

    [Fact]
    public async Task RunAsync_VenueDoesNotAnswer_SaysSoAndLeavesTheStoreAlone()
    {
        _scene.Venue = new ScriptedHistory(Symbol) { NoTime = new HistoryFault(HistoryFaultKind.Unreachable, "no connection to the venue") };

        CollectSummary summary = await _scene.RunAsync();

        summary.Fault!.Kind.ShouldBe(HistoryFaultKind.Unreachable);
        Directory.EnumerateFileSystemEntries(_scene.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task RunAsync_Days_TakesWholeDaysInUtc()
    {
        GrowTruth();

        await _scene.RunAsync(request => request with { Period = new CollectPeriod { From = new DateOnly(2026, 1, 5), To = new DateOnly(2026, 1, 6) } });

        _scene.Stored(Symbol).ShouldBe(ScriptedHistory.Hours(
            Timestamp.From(new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero)), Timestamp.From(new DateTimeOffset(2026, 1, 7, 0, 0, 0, TimeSpan.Zero))));
    }

    [Fact]
    public async Task RunAsync_OnlyTheMiddleIsStored_AsksForBothSidesAndNothingElse()
    {
        GrowTruth();
        await _scene.RunAsync(request => request with { Period = new CollectPeriod { From = new DateOnly(2025, 8, 1), To = new DateOnly(2025, 9, 15) } });
        _scene.Venue.Asked.Clear();

        await _scene.RunAsync();

        _scene.Stored(Symbol).ShouldBe(ScriptedHistory.Hours(CollectScene.Start, CollectScene.End));
        TimeRange middle = new(Timestamp.From(new DateTimeOffset(2025, 8, 1, 0, 0, 0, TimeSpan.Zero)), Timestamp.From(new DateTimeOffset(2025, 9, 16, 0, 0, 0, TimeSpan.Zero)));
        _scene.Venue.Asked.ShouldAllBe(query => query.To <= middle.From || query.From >= middle.To);
    }

    [Fact]
    public async Task RunAsync_Book_StoresASnapshot()
    {
        CollectSummary summary = await _scene.RunAsync(request => request with { Kind = SeriesKind.Book });

        summary.IsComplete.ShouldBeTrue();
        HistoricalBook book = _scene.Read(store => store.Books.Read(SeriesKey.Book(_scene.Venue.Venue, Symbol), TimeRange.Always).ToArray()).ShouldHaveSingleItem();
        (book.UpdateId, book.Bids.Count, book.Asks[0]).ShouldBe((7, 2, new HistoricalLevel(100.5m, 3m)));
    }

    [Fact]
    public async Task RunAsync_KindThatTheVenueLacks_IsToldApartFromAFailure()
    {
        CollectSummary summary = await _scene.RunAsync(request => request with { Kind = SeriesKind.Funding });

        (summary.Symbols[0].IsNotSupported, summary.Symbols[0].State).ShouldBe((true, SymbolState.Failed));
    }

    private void GrowTruth() => _scene.Venue.Bars[Symbol] = ScriptedHistory.Hours(new Timestamp(CollectScene.Start.Nanos - Timestamp.NanosPerDay), _scene.Venue.Now);
}
