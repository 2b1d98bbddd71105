using Harrier.Domain;
using Harrier.Storage.Market;

namespace Harrier.Tests.Storage.Market;

public sealed class OtherKindsTests
{
    private static readonly VenueId Venue = StoredBars.Key.Venue;

    [Fact]
    public void Write_Trades_AreReadBackEqualDayByDay()
    {
        using StoredBars stored = new();
        SeriesKey key = SeriesKey.Trades(Venue, "BTCUSDT");
        HistoricalTrade[] trades =
        [
            StoredTrades.Trade("2024-01-31T23:59:59.999Z", 1),
            StoredTrades.Trade("2024-02-01T00:00:00Z", 2),
            StoredTrades.Trade("2024-02-01T00:00:00Z", 3) with { FirstTradeId = null, LastTradeId = null },
            StoredTrades.Trade("2024-02-01T00:00:01Z", 4) with { Time = new Timestamp(StoredBars.At("2024-02-01T00:00:01Z").Nanos + 7), Price = 0.1234567890123456789m },
        ];

        StoreWriteResult result = stored.Store.Trades.Write(key, [trades[3], trades[0], trades[2], trades[1], trades[1]], StoredBars.From("test"));

        (result.Added, result.Duplicates, result.Files).ShouldBe((4, 1, 2));
        stored.Store.Trades.Read(key, TimeRange.Always).ShouldBe(trades);
        stored.Store.Trades.Read(key, new TimeRange(trades[1].Time, trades[3].Time)).ShouldBe(trades[1..3]);
        string folder = Path.Combine(stored.Root, "venue=sim-test", "kind=trades", "symbol=BTCUSDT", "month=2024-02");
        Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["_manifest-2024-02-01.json", "_trades-2024-02-01.csv", "trades-2024-02-01.parquet"]);
        File.ReadAllLines(Path.Combine(folder, "_trades-2024-02-01.csv"))[3].ShouldBe("2024-02-01T00:00:01.000000007Z,4,0.1234567890123456789,0.00123,sell,40,43");
    }

    [Fact]
    public void Write_Funding_IsReadBackEqual()
    {
        using StoredBars stored = new();
        SeriesKey key = SeriesKey.Funding(Venue, "BTCUSDT");
        HistoricalFunding[] payments =
        [
            new() { Time = StoredBars.At("2024-01-01T00:00:00.001Z"), Rate = 0.0001m, MarkPrice = 42000.12345678m },
            new() { Time = StoredBars.At("2024-01-01T08:00:00Z"), Rate = -0.00037409m },
        ];

        stored.Store.Funding.Write(key, payments, StoredBars.From("test"));

        stored.Store.Funding.Read(key, TimeRange.Always).ShouldBe(payments);
    }

    [Fact]
    public void Write_Books_AreReadBackEqual()
    {
        using StoredBars stored = new();
        SeriesKey key = SeriesKey.Book(Venue, "BTCUSDT");
        HistoricalBook[] books =
        [
            Book("2024-01-01T00:00:00Z", 7, [new(100.1m, 2m), new(100m, 0.5m)], [new(100.2m, 1m)]),
            Book("2024-01-01T00:00:00Z", 8, [], [new(100.3m, 1m), new(100.4m, 3m)]),
            Book("2024-01-02T00:00:00Z", 9, [new(99m, 1m)], []),
        ];

        stored.Store.Books.Write(key, books, StoredBars.From("test"));

        List<HistoricalBook> read = [.. stored.Store.Books.Read(key, TimeRange.Always)];
        read.Select(book => (book.Time, book.UpdateId)).ShouldBe(books.Select(book => (book.Time, book.UpdateId)));
        read.SelectMany(book => book.Bids).ShouldBe(books.SelectMany(book => book.Bids));
        read.SelectMany(book => book.Asks).ShouldBe(books.SelectMany(book => book.Asks));
    }

    private static HistoricalBook Book(string time, long id, HistoricalLevel[] bids, HistoricalLevel[] asks) =>
        new() { Time = StoredBars.At(time), UpdateId = id, Bids = bids, Asks = asks };
}
