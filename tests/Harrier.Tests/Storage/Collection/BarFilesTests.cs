using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Storage.Collection;

namespace Harrier.Tests.Storage.Collection;

/// <summary>Whole months from files, and the venue itself for all else.</summary>
public sealed class BarFilesTests : IDisposable
{
    private const string Symbol = "BTCUSDT";
    private readonly CollectScene _scene = new(Symbol);
    private readonly Shelf _shelf;

    public BarFilesTests()
    {
        _shelf = new Shelf();
        _scene.Venue = new ScriptedHistory(Symbol) { Bulk = _shelf };
        _scene.Venue.Bars[Symbol] = ScriptedHistory.Hours(CollectScene.Start, _scene.Venue.Now);
    }

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task RunAsync_FilesAreThere_TakesWholePastMonthsFromThem()
    {
        CollectSummary summary = await _scene.RunAsync();

        _shelf.Asked.ShouldBe(["2025-06", "2025-07", "2025-08", "2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02"]);
        _scene.Venue.Asked.Count.ShouldBe(2, "what is left of May, and March");
        _scene.Stored(Symbol).ShouldBe(ScriptedHistory.Hours(CollectScene.Start, CollectScene.End));
        summary.Symbols[0].Notes.ShouldBeEmpty();
    }

    [Fact]
    public async Task RunAsync_NeverFiles_AsksTheVenueAlone()
    {
        await _scene.RunAsync(request => request with { Bulk = BulkUse.Never });

        _shelf.Asked.ShouldBeEmpty();
        _scene.Stored(Symbol).Count.ShouldBe(7306);
    }

    [Fact]
    public async Task RunAsync_FilesCannotBeReached_AsksTheVenueAndSaysSoOnce()
    {
        _shelf.Fault = new HistoryFault(HistoryFaultKind.Unreachable, "no connection");

        CollectSummary summary = await _scene.RunAsync();

        _shelf.Asked.ShouldHaveSingleItem();
        summary.IsComplete.ShouldBeTrue();
        summary.Symbols[0].Notes.ShouldBe(["the files of whole months could not be used: no connection"]);
        _scene.Stored(Symbol).ShouldBe(ScriptedHistory.Hours(CollectScene.Start, CollectScene.End));
    }

    [Fact]
    public async Task RunAsync_OneFileIsMissingAndOneDamaged_AsksTheVenueForThese()
    {
        _shelf.Faults["2025-08"] = new HistoryFault(HistoryFaultKind.NotSupported, "not there");
        _shelf.Faults["2025-10"] = new HistoryFault(HistoryFaultKind.Malformed, "wrong checksum");

        CollectSummary summary = await _scene.RunAsync();

        _shelf.Asked.Count.ShouldBe(9);
        summary.Symbols[0].Notes.ShouldBe(["the files of whole months could not be used: wrong checksum"]);
        _scene.Stored(Symbol).ShouldBe(ScriptedHistory.Hours(CollectScene.Start, CollectScene.End));
    }

    [Fact]
    public async Task RunAsync_AFileLacksBars_AsksTheVenueBeforeThatIsBelieved()
    {
        _shelf.Change = bars => [.. bars.Where(bar => bar.OpenTime.Nanos / ScriptedHistory.Hour.IntervalNanos % 100 > 2).SkipLast(5)];

        await _scene.RunAsync();

        _scene.Stored(Symbol).ShouldBe(ScriptedHistory.Hours(CollectScene.Start, CollectScene.End));
    }

    [Fact]
    public async Task RunAsync_OnlyFiles_LeavesOutWhatNoneHoldsAndCoversNoneOfIt()
    {
        _shelf.Faults["2025-08"] = new HistoryFault(HistoryFaultKind.NotSupported, "not there");

        await _scene.RunAsync(request => request with { Bulk = BulkUse.Only });
        int fromFiles = _scene.Stored(Symbol).Count;
        _scene.Venue.Asked.ShouldBeEmpty();
        await _scene.RunAsync();

        fromFiles.ShouldBe((30 + 31 + 30 + 31 + 30 + 31 + 31 + 28) * 24);
        _scene.Stored(Symbol).ShouldBe(ScriptedHistory.Hours(CollectScene.Start, CollectScene.End));
    }

    private sealed class Shelf : IBulkHistory
    {
        public List<string> Asked { get; } = [];

        public HistoryFault? Fault { get; set; }

        public Dictionary<string, HistoryFault> Faults { get; } = [];

        public Func<List<HistoricalBar>, List<HistoricalBar>> Change { get; set; } = static bars => bars;

        public Task<HistoryAnswer<HistoryPage<HistoricalBar>>> MonthAsync(string symbol, BarSpec interval, Timestamp month, CancellationToken cancellation)
        {
            string name = $"{month.ToDateTimeOffset():yyyy-MM}";
            Asked.Add(name);
            Timestamp next = Timestamp.From(month.ToDateTimeOffset().AddMonths(1));
            return Task.FromResult((Fault ?? Faults.GetValueOrDefault(name)) is { } fault
                ? HistoryAnswer<HistoryPage<HistoricalBar>>.Failed(fault)
                : ScriptedHistory.Page(Change(ScriptedHistory.Hours(month, next)), next));
        }
    }
}
