using Harrier.Domain;
using Harrier.Storage.Collection;
using Harrier.Storage.Market;
using Harrier.Tests.Support;

namespace Harrier.Tests.Storage.Collection;

/// <summary>A venue, a store in a folder of its own, and the collector between them.</summary>
internal sealed class CollectScene : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CollectScene(params string[] symbols)
    {
        Symbols = symbols;
        Venue = new ScriptedHistory(symbols);
    }

    public IReadOnlyList<string> Symbols { get; }

    public ScriptedHistory Venue { get; set; }

    public CollectorOptions Options { get; init; } = new() { Pause = TimeSpan.Zero };

    /// <summary>Start of the span that ten months back from the venue's now is.</summary>
    public static Timestamp Start { get; } = Timestamp.From(new DateTimeOffset(2025, 5, 20, 0, 0, 0, TimeSpan.Zero));

    /// <summary>End of the last closed hour of the venue's now.</summary>
    public static Timestamp End { get; } = Timestamp.From(new DateTimeOffset(2026, 3, 20, 10, 0, 0, TimeSpan.Zero));

    public string Folder => _folder.Path;

    public Task<CollectSummary> RunAsync(Func<CollectRequest, CollectRequest>? change = null, CancellationToken? stop = null) =>
        RunAsync(change, TimeProvider.System, stop ?? TestContext.Current.CancellationToken);

    public async Task<CollectSummary> RunAsync(Func<CollectRequest, CollectRequest>? change, TimeProvider time, CancellationToken stop)
    {
        using MarketStore store = MarketStore.Open(_folder.Path, new StoreOptions { WriteCsv = false, Threads = 1 });
        CollectRequest request = new() { Symbols = Symbols, Interval = ScriptedHistory.Hour };
        return await new Collector(Venue, store, time, Options).RunAsync(change?.Invoke(request) ?? request, null, stop);
    }

    /// <summary>The bars that are stored.</summary>
    public IReadOnlyList<HistoricalBar> Stored(string symbol) => Read(store => store.Bars.Read(SeriesKey.Bars(Venue.Venue, symbol, ScriptedHistory.Hour), TimeRange.Always).ToArray());

    public SeriesFacts Facts(string symbol) => Read(store => store.Bars.FactsOf(SeriesKey.Bars(Venue.Venue, symbol, ScriptedHistory.Hour)));

    public T Read<T>(Func<MarketStore, T> read)
    {
        using MarketStore store = MarketStore.Open(_folder.Path, new StoreOptions { Threads = 1 });
        return read(store);
    }

    public void Dispose() => _folder.Dispose();
}
