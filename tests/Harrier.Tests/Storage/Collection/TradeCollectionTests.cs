using Harrier.Domain;
using Harrier.Storage.Collection;
using Harrier.Storage.Market;

namespace Harrier.Tests.Storage.Collection;

public sealed class TradeCollectionTests : IDisposable
{
    private const string Symbol = "BTCUSDT";
    private static readonly Timestamp _first = Timestamp.From(new DateTimeOffset(2026, 3, 18, 22, 0, 0, TimeSpan.Zero));
    private readonly CollectScene _scene = new(Symbol);

    public TradeCollectionTests() => _scene.Venue.Trades[Symbol] = [.. Enumerable.Range(0, 5500).Select(Trade)];

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task RunAsync_TwoDays_StoresEachTradeOnceInFilesOfDays()
    {
        CollectSummary summary = await CollectAsync();

        Stored().ShouldBe(_scene.Venue.Trades[Symbol].Where(trade => trade.Time >= Midnight(19) && trade.Time < _scene.Venue.Now));
        (summary.IsComplete, summary.Symbols[0].Gaps).ShouldBe((true, 0));
        _scene.Read(store => store.Trades.Describe(SeriesKey.Trades(_scene.Venue.Venue, Symbol))).Files.Select(file => file.Partition).ShouldBe(["2026-03-19", "2026-03-20"]);
    }

    [Fact]
    public async Task RunAsync_Again_GoesOnAfterTheLastIdAndSeesWhatIsMissing()
    {
        _scene.Venue.Trades[Symbol].RemoveRange(4000, 1500);
        await CollectAsync();
        int before = Stored().Count;
        _scene.Venue.Trades[Symbol] = [.. Enumerable.Range(4010, 1490).Select(Trade)];
        _scene.Venue.Now = _scene.Venue.Now + TimeSpan.FromHours(12);

        CollectSummary summary = await CollectAsync();

        Stored().Count.ShouldBe(before + 1490);
        summary.Symbols[0].Gaps.ShouldBe(10);
        summary.Symbols[0].Notes.ShouldHaveSingleItem().ShouldStartWith("the venue lacks 10 trades before");
    }

    [Fact]
    public async Task RunAsync_StoppedInTheMiddle_TheNextRunLeavesNoGapAndNoDuplicate()
    {
        using CancellationTokenSource stop = new();
        _scene.Venue = new ScriptedHistory(Symbol) { BarPageSize = 100 };
        _scene.Venue.Trades[Symbol] = [.. Enumerable.Range(0, 5500).Select(Trade)];
        Task<CollectSummary> stopped = CollectAsync(stop.Token);
        await stop.CancelAsync();
        await stopped;

        await CollectAsync();

        Stored().ShouldBe(_scene.Venue.Trades[Symbol].Where(trade => trade.Time >= Midnight(19) && trade.Time < _scene.Venue.Now));
    }

    private static Timestamp Midnight(int day) => Timestamp.From(new DateTimeOffset(2026, 3, day, 0, 0, 0, TimeSpan.Zero));

    // Several trades share a millisecond, across borders of pages too.
    private static HistoricalTrade Trade(int index) => new()
    {
        Id = 10_000 + index,
        Time = _first + TimeSpan.FromSeconds(index / 7 * 170),
        Price = 100m + (index % 13),
        Quantity = 0.001m * (1 + (index % 5)),
        IsSell = index % 2 == 0,
        FirstTradeId = 20_000 + index,
        LastTradeId = 20_000 + index,
    };

    private IReadOnlyList<HistoricalTrade> Stored() => _scene.Read(store => store.Trades.Read(SeriesKey.Trades(_scene.Venue.Venue, Symbol), TimeRange.Always).ToArray());

    private Task<CollectSummary> CollectAsync(CancellationToken? stop = null) =>
        _scene.RunAsync(request => request with { Kind = SeriesKind.Trades, Period = new CollectPeriod { Days = 1 } }, stop);
}
