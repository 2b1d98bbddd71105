using Harrier.Domain;
using Harrier.Storage.Market;
using Harrier.Tests.Support;

namespace Harrier.Tests.Storage.Market;

/// <summary>A store in a folder of its own, and bars to put into it.</summary>
public sealed class StoredBars : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public StoredBars(StoreOptions? options = null) => Store = MarketStore.Open(_folder.Path, options ?? new StoreOptions { Clock = new FixedClock() });

    public MarketStore Store { get; }

    public string Root => _folder.Path;

    public static BarSpec Hour { get; } = new(3600 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue);

    public static SeriesKey Key { get; } = SeriesKey.Bars(new VenueId("sim-test"), "BTCUSDT", Hour);

    public static StoreWrite From(string source) => new() { Source = source };

    public static Timestamp At(string time) => Timestamp.From(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture));

    public static HistoricalBar Bar(Timestamp time, decimal close = 100.25m) => new()
    {
        OpenTime = time,
        Open = 100m,
        High = 101.5m,
        Low = 99.5m,
        Close = close,
        Volume = 12.345m,
        QuoteVolume = 1234.5m,
        TradeCount = 17,
        TakerBuyVolume = 6.1m,
        TakerBuyQuoteVolume = 610.25m,
    };

    /// <summary>Consecutive bars of an hour.</summary>
    public static HistoricalBar[] Bars(string first, int count) =>
        [.. Enumerable.Range(0, count).Select(i => Bar(At(first) + TimeSpan.FromHours(i), 100m + (i % 3 * 0.5m)))];

    public IReadOnlyList<HistoricalBar> ReadAll() => [.. Store.Bars.Read(Key, TimeRange.Always)];

    public string PathOf(string month, string file) => Path.Combine(Root, "venue=sim-test", "kind=bars", "symbol=BTCUSDT", "interval=1h", $"month={month}", file);

    public void Dispose()
    {
        Store.Dispose();
        _folder.Dispose();
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    }
}
