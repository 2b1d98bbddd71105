using Harrier.Domain;
using Harrier.Storage.DuckDb;
using Harrier.Storage.Market;
using Harrier.Storage.Market.Checks;

namespace Harrier.Tests.Storage.Market.Checks;

public sealed class StoreCheckTests
{
    private static readonly HistoricalBar[] Bars = StoredBars.Bars("2024-01-30T00:00Z", 96);

    [Fact]
    public void Check_CleanSeries_FindsNothing()
    {
        using StoredBars stored = new();
        stored.Store.Bars.Write(StoredBars.Key, Bars, StoredBars.From("test"));

        SeriesCheck check = stored.Store.Check(StoredBars.Key);

        check.Findings.ShouldBeEmpty();
        (check.Passed, check.Rows, check.Files).ShouldBe((true, 96, 2));
    }

    [Fact]
    public void Check_MissingBars_AreGapsOnlyWhereNobodyAsked()
    {
        using StoredBars stored = new();
        HistoricalBar[] holes = [.. Bars.Where((_, i) => i is not (10 or 11 or 12 or 60))];
        TimeRange asked = new(Bars[0].OpenTime, Bars[20].OpenTime);
        stored.Store.Bars.Write(StoredBars.Key, holes, StoredBars.From("test") with { Covered = asked });

        SeriesCheck check = stored.Store.Check(StoredBars.Key);

        Counts(check).ShouldBe([(StoreFindingKind.Gap, 1), (StoreFindingKind.SourceHasNone, 3)]);
        check.Missing.ShouldBe([new TimeRange(Bars[60].OpenTime, Bars[61].OpenTime)]);
        check.Passed.ShouldBeFalse();
    }

    [Fact]
    public void Check_WrongValues_AreFoundEachByItsKind()
    {
        using StoredBars stored = new();
        HistoricalBar[] bars = [.. Bars];
        bars[5] = bars[5] with { High = 100m, Close = 101m };
        bars[6] = bars[6] with { Low = 0m };
        bars[7] = bars[7] with { Volume = -1m };
        bars[8] = bars[8] with { OpenTime = bars[8].OpenTime + TimeSpan.FromMinutes(1) };
        bars[50] = bars[50] with { Open = 1000m, High = 1015m, Low = 995m, Close = 1000m };
        for (int i = 70; i < 80; i++)
        {
            bars[i] = bars[i] with { Volume = 0m };
        }

        stored.Store.Bars.Write(StoredBars.Key, bars, StoredBars.From("test"));

        Counts(stored.Store.Check(StoredBars.Key)).ShouldBe(
        [
            (StoreFindingKind.Unaligned, 1), (StoreFindingKind.Inconsistent, 1), (StoreFindingKind.Price, 1), (StoreFindingKind.Volume, 1),
            (StoreFindingKind.ZeroVolume, 1), (StoreFindingKind.Outlier, 1), (StoreFindingKind.Wick, 1), (StoreFindingKind.Gap, 1), (StoreFindingKind.Jump, 1),
        ]);
    }

    [Fact]
    public void Repair_ForeignFileThatIsToBeKept_IsPutInOrder()
    {
        using StoredBars stored = new();
        stored.Store.Bars.Write(StoredBars.Key, Bars, StoredBars.From("test"));
        string path = stored.PathOf("2024-01", "bars.parquet");

        // Two rows swapped, one twice, one twice with other values, and one of the next month.
        Rewrite(path, """
            select * from (select * from bars where open_time not in ('2024-01-30 05:00:00Z', '2024-01-30 06:00:00Z') order by open_time)
            union all select * from (select * from bars where open_time in ('2024-01-30 05:00:00Z', '2024-01-30 06:00:00Z') order by open_time desc)
            union all select * from bars where open_time = '2024-01-31 23:00:00Z'
            union all select * replace (7.0::double as volume) from bars where open_time = '2024-01-31 23:00:00Z'
            union all select * replace (open_time + interval 240 hours as open_time) from bars where open_time = '2024-01-31 23:00:00Z'
            """);

        SeriesCheck check = stored.Store.Check(StoredBars.Key);
        Kinds(check).ShouldBe([StoreFindingKind.Checksum, StoreFindingKind.Misplaced, StoreFindingKind.OutOfOrder, StoreFindingKind.Duplicate, StoreFindingKind.Overlap, StoreFindingKind.Gap], ignoreOrder: true);

        SeriesRepair repair = stored.Store.Repair(StoredBars.Key, keepChanged: true);

        repair.Moved.Count.ShouldBe(1);
        File.Exists(repair.Moved[0]).ShouldBeTrue();
        stored.ReadAll().Take(96).ShouldBe(Bars);
        Kinds(stored.Store.Check(StoredBars.Key)).ShouldBe([StoreFindingKind.Gap]);
    }

    [Fact]
    public void Repair_ChangedFile_IsMovedAside_ThoughItsRowsCanBeRead()
    {
        using StoredBars stored = new();
        HistoricalBar[] bars = StoredBars.Bars("2024-01-30T00:00Z", 24 * 40);
        stored.Store.Bars.Write(StoredBars.Key, bars, StoredBars.From("test") with { Covered = new TimeRange(bars[0].OpenTime, bars[^1].OpenTime + TimeSpan.FromHours(1)) });
        string path = stored.PathOf("2024-02", "bars.parquet");
        Rewrite(path, "select * replace (close + 0.01 as close) from bars");

        SeriesRepair repair = stored.Store.Repair(StoredBars.Key);

        TimeRange february = new(StoredBars.At("2024-02-01T00:00Z"), StoredBars.At("2024-03-01T00:00Z"));
        repair.Moved.ShouldHaveSingleItem();
        repair.Rewritten.ShouldBeEmpty();
        repair.Missing.ShouldBe([february]);
        stored.Store.Check(StoredBars.Key).Missing.ShouldBe([february]);
        stored.Store.Bars.Write(StoredBars.Key, [.. bars.Where(bar => february.Contains(bar.OpenTime))], StoredBars.From("again") with { Covered = february });
        stored.ReadAll().ShouldBe(bars);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Repair_DamagedOrLostFile_IsMovedAsideAndItsSpanIsMissing(bool isDamaged)
    {
        using StoredBars stored = new();
        HistoricalBar[] bars = StoredBars.Bars("2024-01-30T00:00Z", 24 * 40);
        stored.Store.Bars.Write(StoredBars.Key, bars, StoredBars.From("test") with { Covered = new TimeRange(bars[0].OpenTime, bars[^1].OpenTime + TimeSpan.FromHours(1)) });
        string path = stored.PathOf("2024-02", "bars.parquet");
        if (isDamaged)
        {
            File.WriteAllText(path, "no parquet");
        }
        else
        {
            File.Delete(path);
        }

        TimeRange february = new(StoredBars.At("2024-02-01T00:00Z"), StoredBars.At("2024-03-01T00:00Z"));
        SeriesCheck check = stored.Store.Check(StoredBars.Key);
        Kinds(check).ShouldBe(isDamaged
            ? [StoreFindingKind.DamagedFile, StoreFindingKind.Checksum, StoreFindingKind.Gap]
            : [StoreFindingKind.MissingFile, StoreFindingKind.Gap]);
        check.Missing.ShouldBe([february]);

        SeriesRepair repair = stored.Store.Repair(StoredBars.Key);

        repair.Missing.ShouldBe([february]);
        repair.Moved.Select(File.ReadAllText).ShouldBe(isDamaged ? ["no parquet"] : []);
        stored.Store.Bars.FactsOf(StoredBars.Key).Covered.ShouldBe(
            [new TimeRange(bars[0].OpenTime, february.From), new TimeRange(february.To, bars[^1].OpenTime + TimeSpan.FromHours(1))]);
        stored.Store.Bars.Write(StoredBars.Key, [.. bars.Where(bar => february.Contains(bar.OpenTime))], StoredBars.From("again") with { Covered = february });
        stored.ReadAll().ShouldBe(bars);
        stored.Store.Check(StoredBars.Key).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void Check_Trades_FindsWhatIsWrongWithThem()
    {
        using StoredBars stored = new();
        SeriesKey key = SeriesKey.Trades(StoredBars.Key.Venue, "BTCUSDT");
        stored.Store.Trades.Write(key, [StoredTrades.Trade("2024-01-01T00:00:01Z", 1), StoredTrades.Trade("2024-01-01T00:00:02Z", 2) with { Price = 0m }], StoredBars.From("test"));

        Counts(stored.Store.Check(key)).ShouldBe([(StoreFindingKind.Price, 1)]);
    }

    private static void Rewrite(string path, string query)
    {
        using DuckDatabase database = DuckDatabase.Open();
        using DuckConnection connection = database.Connect();
        connection.Execute($"create table bars as from read_parquet('{path}', hive_partitioning=false)");
        connection.Execute($"copy ({query}) to '{path}' (format parquet)");
    }

    private static List<(StoreFindingKind Kind, long Count)> Counts(SeriesCheck check) => [.. check.Findings.Select(finding => (finding.Kind, finding.Count))];

    private static List<StoreFindingKind> Kinds(SeriesCheck check) => [.. check.Findings.Select(finding => finding.Kind)];
}
