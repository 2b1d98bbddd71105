using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Storage.Collection;
using Harrier.Storage.Market;

namespace Harrier.Tests.Storage.Collection;

/// <summary>A venue that answers badly: in the end the store holds its truth, or nothing false.</summary>
public sealed class CollectorFaultTests : IDisposable
{
    private const string Symbol = "BTCUSDT";
    private readonly CollectScene _scene = new(Symbol);

    public CollectorFaultTests() => _scene.Venue.Bars[Symbol] = ScriptedHistory.Hours(CollectScene.Start, _scene.Venue.Now);

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(999)]
    public async Task RunAsync_PagesHoldFewerRowsThanTheyShould_EndsAtTheTruth(int most)
    {
        _scene.Venue.Bars[Symbol] = ScriptedHistory.Hours(new Timestamp(CollectScene.End.Nanos - (7 * most * ScriptedHistory.Hour.IntervalNanos)), _scene.Venue.Now);
        _scene.Venue.Listings[Symbol] = ScriptedHistory.Listing(Symbol) with { ListedSince = _scene.Venue.Bars[Symbol][0].OpenTime };
        _scene.Venue.Spoil = (query, _, answer) => ScriptedHistory.Page([.. answer.Value!.Rows.Take(most)], query.To);

        CollectSummary summary = await _scene.RunAsync();

        summary.IsComplete.ShouldBeTrue();
        _scene.Stored(Symbol).ShouldBe(_scene.Venue.Bars[Symbol].Where(bar => bar.OpenTime < CollectScene.End));
        summary.Symbols[0].Gaps.ShouldBe(0);
    }

    [Fact]
    public async Task RunAsync_EmptyPagesInTheMiddle_AreNotBelievedAtOnce()
    {
        _scene.Venue.Spoil = (query, number, answer) => number % 3 == 0 ? ScriptedHistory.Page([], query.To) : answer;

        CollectSummary summary = await _scene.RunAsync();

        summary.IsComplete.ShouldBeTrue();
        _scene.Stored(Symbol).ShouldBe(ScriptedHistory.Hours(CollectScene.Start, CollectScene.End));
    }

    [Fact]
    public async Task RunAsync_RowsAreLeftOutOfAPage_AreThereWhenAskedAgain()
    {
        _scene.Venue.Spoil = (query, number, answer) => number % 2 == 1
            ? ScriptedHistory.Page([.. answer.Value!.Rows.Where((_, index) => index % 10 != 4)], answer.Value.Until, answer.Value.IsFull)
            : answer;

        await _scene.RunAsync();

        _scene.Stored(Symbol).ShouldBe(ScriptedHistory.Hours(CollectScene.Start, CollectScene.End));
    }

    [Theory]
    [InlineData(HistoryFaultKind.Unreachable)]
    [InlineData(HistoryFaultKind.Refused)]
    [InlineData(HistoryFaultKind.Malformed)]
    public async Task RunAsync_EverySecondQuestionFails_EndsAtTheTruth(HistoryFaultKind kind)
    {
        _scene.Venue.Spoil = (_, number, answer) => number % 2 == 0 ? HistoryAnswer<HistoryPage<HistoricalBar>>.Failed(kind, "not now") : answer;

        CollectSummary summary = await _scene.RunAsync();

        summary.IsComplete.ShouldBeTrue();
        _scene.Stored(Symbol).ShouldBe(ScriptedHistory.Hours(CollectScene.Start, CollectScene.End));
    }

    [Fact]
    public async Task RunAsync_VenueFailsForGoodInTheMiddle_KeepsWhatCameAndGoesOnFromThere()
    {
        _scene.Venue.Spoil = (_, number, answer) => number > 3 ? HistoryAnswer<HistoryPage<HistoricalBar>>.Failed(HistoryFaultKind.Unreachable, "gone") : answer;

        CollectSummary broken = await _scene.RunAsync();
        IReadOnlyList<HistoricalBar> half = _scene.Stored(Symbol);
        _scene.Venue.Spoil = null;
        _scene.Venue.Asked.Clear();
        CollectSummary whole = await _scene.RunAsync();

        broken.Symbols[0].State.ShouldBe(SymbolState.Failed);
        broken.Symbols[0].Notes.ShouldBe(["gone"]);
        half.ShouldBe(ScriptedHistory.Hours(CollectScene.Start, new Timestamp(CollectScene.Start.Nanos + (3000 * ScriptedHistory.Hour.IntervalNanos))));
        _scene.Venue.Asked[0].From.ShouldBe(new Timestamp(CollectScene.Start.Nanos + (3000 * ScriptedHistory.Hour.IntervalNanos)));
        whole.Symbols[0].RowsNew.ShouldBe(4306);
        _scene.Stored(Symbol).ShouldBe(ScriptedHistory.Hours(CollectScene.Start, CollectScene.End));
    }

    [Fact]
    public async Task RunAsync_VenueContradictsItself_StoresNothingOfThatPage()
    {
        _scene.Venue.Spoil = (query, number, answer) => number switch
        {
            2 => ScriptedHistory.Page([.. answer.Value!.Rows.Skip(1)], answer.Value.Until, answer.Value.IsFull),
            3 => ScriptedHistory.Page([.. answer.Value!.Rows.Select(bar => bar with { Close = bar.Close + 0.01m, High = bar.High + 1 })], query.To),
            _ => answer,
        };

        CollectSummary summary = await _scene.RunAsync();

        summary.Symbols[0].State.ShouldBe(SymbolState.Failed);
        summary.Symbols[0].Notes[^1].ShouldEndWith("has other values when asked for again");
        _scene.Stored(Symbol).ShouldBe(ScriptedHistory.Hours(CollectScene.Start, new Timestamp(CollectScene.Start.Nanos + (1000 * ScriptedHistory.Hour.IntervalNanos))));
    }

    [Fact]
    public async Task RunAsync_Stopped_WritesWhatCameAndTheNextRunTakesItUp()
    {
        using CancellationTokenSource stop = new();
        _scene.Venue.Spoil = (_, number, answer) =>
        {
            if (number == 5)
            {
                stop.Cancel();
            }

            return answer;
        };

        CollectSummary stopped = await _scene.RunAsync(null, stop.Token);
        int half = _scene.Stored(Symbol).Count;
        _scene.Venue.Asked.Clear();
        CollectSummary whole = await _scene.RunAsync();

        stopped.Symbols[0].State.ShouldBe(SymbolState.Stopped);
        half.ShouldBe(5000);
        _scene.Venue.Asked.Count.ShouldBe(3);
        whole.Symbols[0].RowsNew.ShouldBe(2306);
        _scene.Stored(Symbol).ShouldBe(ScriptedHistory.Hours(CollectScene.Start, CollectScene.End));
    }

    [Fact]
    public async Task RunAsync_VenueAsksToBeLeftAloneTooLong_EndsAndSaysWhy()
    {
        _scene.Venue.Spoil = (_, _, _) => HistoryAnswer<HistoryPage<HistoricalBar>>.Failed(new HistoryFault(HistoryFaultKind.Refused, "banned", TimeSpan.FromHours(2)));

        CollectSummary summary = await _scene.RunAsync();

        (summary.Symbols[0].State, summary.Symbols[0].Requests).ShouldBe((SymbolState.Failed, 1));
        summary.Symbols[0].Notes.ShouldBe(["banned"]);
    }

    [Fact]
    public async Task RunAsync_StoreCannotBeWritten_SaysSoAndGoesOnWithTheOthers()
    {
        using CollectScene scene = new(Symbol, "ETHUSDT");
        scene.Venue.Bars[Symbol] = scene.Venue.Bars["ETHUSDT"] = ScriptedHistory.Hours(CollectScene.Start, scene.Venue.Now);
        string kind = Path.Combine(scene.Folder, "venue=sim-scripted", "kind=bars");
        Directory.CreateDirectory(kind);
        await File.WriteAllTextAsync(Path.Combine(kind, "symbol=" + Symbol), "a file where the folder should be", TestContext.Current.CancellationToken);

        CollectSummary summary = await scene.RunAsync();

        summary.Symbols.Select(one => one.State).ShouldBe([SymbolState.Failed, SymbolState.Complete]);
        summary.Symbols[0].Notes.ShouldNotBeEmpty();
        scene.Stored("ETHUSDT").Count.ShouldBe(7306);
    }

    [Fact]
    public async Task RunAsync_ManySmallWrites_LeaveTheSameRows()
    {
        using CollectScene scene = new(Symbol) { Options = new CollectorOptions { Pause = TimeSpan.Zero, RowsPerWrite = 333 } };
        scene.Venue = new ScriptedHistory(Symbol) { BarPageSize = 250 };
        scene.Venue.Bars[Symbol] = ScriptedHistory.Hours(CollectScene.Start, scene.Venue.Now);

        await scene.RunAsync();

        scene.Stored(Symbol).ShouldBe(ScriptedHistory.Hours(CollectScene.Start, CollectScene.End));
        scene.Facts(Symbol).Covered.ShouldBe([new TimeRange(CollectScene.Start, CollectScene.End)]);
    }
}
