using Harrier.Storage.DuckDb;
using Harrier.Storage.Market;
using Harrier.Storage.Market.Queries;
using Harrier.Tests.Support;

namespace Harrier.Tests.Storage.Market;

public sealed class StoreQueryTests
{
    [Fact]
    public void Run_GroupByFolder_CountsRows()
    {
        using StoredBars stored = new();
        stored.Store.Bars.Write(StoredBars.Key, StoredBars.Bars("2024-01-31T20:00Z", 9), StoredBars.From("test"));
        stored.Store.Bars.Write(StoredBars.Key with { Symbol = "1000" }, StoredBars.Bars("2024-01-01T00:00Z", 2), StoredBars.From("test"));

        Rows(stored.Root, "select venue, kind, symbol, interval, month, count(*), min(open_time) from bars group by all order by symbol, month").ShouldBe(
        [
            "sim-test|bars|1000|1h|2024-01|2|2024-01-01T00:00:00Z",
            "sim-test|bars|BTCUSDT|1h|2024-01|4|2024-01-31T20:00:00Z",
            "sim-test|bars|BTCUSDT|1h|2024-02|5|2024-02-01T00:00:00Z",
        ]);
    }

    [Theory]
    [InlineData("bars", "venue|kind|symbol|interval|open_time|open|high|low|close|volume|quote_volume|taker_buy_volume|taker_buy_quote_volume|trade_count|exact|month")]
    [InlineData("trades", "venue|kind|symbol|time|id|price|quantity|side|first_trade_id|last_trade_id|exact|month")]
    [InlineData("funding", "venue|kind|symbol|time|rate|mark_price|exact|month")]
    [InlineData("book", "venue|kind|symbol|time|side|level|price|quantity|last_update_id|exact|month")]
    public void Run_StoreWithoutData_HasEmptyViewsWithTheSameColumns(string view, string columns)
    {
        using TemporaryFolder folder = new();
        using StoreQuery query = StoreQuery.Open(Path.Combine(folder.Path, "none"));
        using QueryRows rows = query.Run($"select * from {view}");

        string.Join('|', rows.Columns).ShouldBe(columns);
        rows.Read().ShouldBeEmpty();
    }

    [Fact]
    public void Run_StoreWithData_HasTheColumnsOfTheEmptyViews()
    {
        using StoredBars stored = new();
        stored.Store.Bars.Write(StoredBars.Key, StoredBars.Bars("2024-01-01T00:00Z", 1), StoredBars.From("test"));
        stored.Store.Trades.Write(SeriesKey.Trades(StoredBars.Key.Venue, "BTCUSDT"), [StoredTrades.Trade("2024-01-01T00:00Z", 1)], StoredBars.From("test"));
        using TemporaryFolder folder = new();
        using StoreQuery empty = StoreQuery.Open(folder.Path);
        using StoreQuery full = StoreQuery.Open(stored.Root);
        foreach (string view in (string[])["bars", "trades"])
        {
            using QueryRows left = empty.Run($"describe {view}");
            using QueryRows right = full.Run($"describe {view}");
            left.Read().Select(row => $"{row[0]} {row[1]}").ToList().ShouldBe(right.Read().Select(row => $"{row[0]} {row[1]}").ToList());
        }
    }

    [Fact]
    public void Run_AnyType_IsShown() => Rows(Path.GetTempPath() + "harrier-none", """
        select 1.50::decimal(9,2), [1, 2], interval 1 hour, true, null, 170141183460469231731687303715884105727, 'a', date '2024-02-29', timestamp '2024-01-02 03:04:05.5', 255::utinyint, 1.5::float;
        """).ShouldBe(["1.50|[1, 2]|01:00:00|True||170141183460469231731687303715884105727|a|2024-02-29|2024-01-02T03:04:05.5|255|1.5"]);

    [Theory]
    [InlineData("copy bars to '{0}/stolen.csv'")]
    [InlineData("copy (select 1) to '{1}/stolen.csv'")]
    [InlineData("explain analyze copy (select 1) to '{1}/stolen.csv'")]
    [InlineData("attach '{0}/other.db'")]
    [InlineData("install httpfs")]
    [InlineData("load httpfs")]
    [InlineData("create table t as select 1")]
    [InlineData("create view v as select 1")]
    [InlineData("drop view bars")]
    [InlineData("set enable_external_access=true")]
    [InlineData("pragma memory_limit='1GB'")]
    [InlineData("export database '{1}/x'")]
    [InlineData("select 1; select 2")]
    [InlineData("select * from read_csv('/etc/passwd')")]
    [InlineData("select * from read_text('/etc/passwd')")]
    [InlineData("select * from read_blob('{0}/*')")]
    [InlineData("select * from glob('/etc/*')")]
    [InlineData("from '/etc/passwd'")]
    [InlineData("select * from read_parquet('{1}/../../*.parquet')")]
    [InlineData("select * from query('copy (select 1) to ''{1}/stolen.csv''')")]
    [InlineData("")]
    [InlineData("selec 1")]
    [InlineData("select nothing from bars")]
    public void Run_AnythingButAQueryOfTheStore_IsRefused(string sql)
    {
        using StoredBars stored = new();
        using TemporaryFolder outside = new();
        stored.Store.Bars.Write(StoredBars.Key, StoredBars.Bars("2024-01-01T00:00Z", 1), StoredBars.From("test"));
        string[] before = Directory.GetFileSystemEntries(stored.Root, "*", SearchOption.AllDirectories);

        DuckDbException fault = Should.Throw<DuckDbException>(() => Rows(stored.Root, string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, outside.Path, stored.Root)));

        fault.Line.ShouldNotContain("\n");
        fault.Line.ShouldNotBeEmpty();
        Directory.GetFileSystemEntries(stored.Root, "*", SearchOption.AllDirectories).ShouldBe(before);
        Directory.GetFileSystemEntries(outside.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("with [brackets]")]
    [InlineData("with * and ?")]
    [InlineData("it's {odd}")]
    public void Open_FolderWithOddCharacters_IsReadAndQueried(string name)
    {
        using TemporaryFolder folder = new();
        string root = Path.Combine(folder.Path, name);
        using MarketStore store = MarketStore.Open(root);
        store.Bars.Write(StoredBars.Key, StoredBars.Bars("2024-01-01T00:00Z", 3), StoredBars.From("test"));

        store.Bars.Read(StoredBars.Key, TimeRange.Always).Count().ShouldBe(3);
        Rows(root, "select count(*) from bars").ShouldBe(["3"]);
    }

    [Fact]
    public void Run_SymbolWithOddCharacters_IsNamedAsItIs()
    {
        using StoredBars stored = new();
        stored.Store.Bars.Write(StoredBars.Key with { Symbol = "A*B?'[C]币%" }, StoredBars.Bars("2024-01-01T00:00Z", 1), StoredBars.From("test"));

        Rows(stored.Root, "select symbol from bars").ShouldBe(["A*B?'[C]币%"]);
    }

    private static List<string> Rows(string root, string sql)
    {
        using StoreQuery query = StoreQuery.Open(root);
        using QueryRows rows = query.Run(sql);
        return [.. rows.Read().Select(row => string.Join('|', row.Select(cell => Convert.ToString(cell, System.Globalization.CultureInfo.InvariantCulture))))];
    }
}
