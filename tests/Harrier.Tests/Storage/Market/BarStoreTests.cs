using Harrier.Domain;
using Harrier.Storage.Market;

namespace Harrier.Tests.Storage.Market;

public sealed class BarStoreTests
{
    [Fact]
    public void Write_BarsOfTwoMonths_AreReadBackEqual()
    {
        using StoredBars stored = new();
        HistoricalBar[] bars = StoredBars.Bars("2024-01-31T20:00Z", 9);

        StoreWriteResult result = stored.Store.Bars.Write(StoredBars.Key, bars, StoredBars.From("test"));

        result.Added.ShouldBe(9);
        result.Files.ShouldBe(2);
        stored.ReadAll().ShouldBe(bars);
        File.Exists(stored.PathOf("2024-01", "bars.parquet")).ShouldBeTrue();
        File.Exists(stored.PathOf("2024-02", "_bars.csv")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("31252391.32456781")]
    [InlineData("0.0000000000000000000000000001")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("9007199254740993")]
    [InlineData("0.1")]
    [InlineData("0")]
    [InlineData("123456789012345.6")]
    [InlineData("0.30000000000000004")]
    [InlineData("99999999999999.99")]
    public void Write_AnyDecimal_IsReadBackExactly(string text)
    {
        using StoredBars stored = new();
        decimal value = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        HistoricalBar bar = StoredBars.Bar(StoredBars.At("2024-01-01T00:00Z")) with { QuoteVolume = value, Volume = value };

        stored.Store.Bars.Write(StoredBars.Key, [bar], StoredBars.From("test"));

        stored.ReadAll().ShouldBe([bar]);
        File.ReadAllLines(stored.PathOf("2024-01", "_bars.csv"))[1].ShouldBe($"2024-01-01T00:00:00Z,100,101.5,99.5,100.25,{text},{text},6.1,610.25,17");
    }

    [Fact]
    public void Write_ValuesThatTheSourceDoesNotSay_StayUnknown()
    {
        using StoredBars stored = new();
        HistoricalBar bar = StoredBars.Bar(StoredBars.At("2024-01-01T00:00Z")) with { QuoteVolume = null, TradeCount = null, TakerBuyVolume = null, TakerBuyQuoteVolume = null };

        stored.Store.Bars.Write(StoredBars.Key, [bar], StoredBars.From("test"));

        stored.ReadAll().ShouldBe([bar]);
        BarBlock block = stored.Store.Bars.ReadBlocks(StoredBars.Key, TimeRange.Always).First();
        block.QuoteVolume[0].ShouldBe(double.NaN);
        block.TradeCount[0].ShouldBe(-1);
    }

    [Fact]
    public void Write_SameBarsAgain_ChangesNothing()
    {
        using StoredBars stored = new();
        HistoricalBar[] bars = StoredBars.Bars("2024-01-01T00:00Z", 24);
        stored.Store.Bars.Write(StoredBars.Key, bars, StoredBars.From("test"));
        DateTime written = File.GetLastWriteTimeUtc(stored.PathOf("2024-01", "bars.parquet"));

        StoreWriteResult again = stored.Store.Bars.Write(StoredBars.Key, bars, StoredBars.From("test"));

        (again.Added, again.Duplicates, again.Files).ShouldBe((0, 24, 0));
        File.GetLastWriteTimeUtc(stored.PathOf("2024-01", "bars.parquet")).ShouldBe(written);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Write_OtherValuesForABar_ReplaceItOnlyWhenTold(bool replace)
    {
        using StoredBars stored = new();
        Timestamp time = StoredBars.At("2024-01-01T00:00Z");
        stored.Store.Bars.Write(StoredBars.Key, [StoredBars.Bar(time, 100m)], StoredBars.From("first"));

        StoreWriteResult result = stored.Store.Bars.Write(StoredBars.Key, [StoredBars.Bar(time, 101m)], StoredBars.From("second") with { ReplaceConflicts = replace });

        result.Conflicts.ShouldBe(1);
        result.FirstConflicts.ShouldBe([time]);
        stored.ReadAll().Single().Close.ShouldBe(replace ? 101m : 100m);
    }

    [Fact]
    public void Write_RowsInAnyOrderAndTwice_AreStoredInOrderAndOnce()
    {
        using StoredBars stored = new();
        HistoricalBar[] bars = StoredBars.Bars("2024-01-31T12:00Z", 30);
        HistoricalBar[] shuffled = [.. bars.Concat(bars.Take(5)).OrderBy(bar => bar.OpenTime.Nanos * 2654435761 % 1000003)];

        StoreWriteResult result = stored.Store.Bars.Write(StoredBars.Key, shuffled, StoredBars.From("test"));

        (result.Added, result.Duplicates).ShouldBe((30, 5));
        stored.ReadAll().ShouldBe(bars);
    }

    [Fact]
    public void Write_ABarBetweenOthers_IsMergedIntoItsMonth()
    {
        using StoredBars stored = new();
        HistoricalBar[] bars = StoredBars.Bars("2024-01-01T00:00Z", 5);
        stored.Store.Bars.Write(StoredBars.Key, [bars[0], bars[4]], StoredBars.From("test"));
        PartitionManifest before = stored.Store.Bars.Describe(StoredBars.Key).Files[0].Manifest;

        stored.Store.Bars.Write(StoredBars.Key, [bars[3], bars[1]], StoredBars.From("test"));

        before.Gaps.ShouldBe([new TimeRange(bars[1].OpenTime, bars[4].OpenTime)]);
        stored.ReadAll().ShouldBe([bars[0], bars[1], bars[3], bars[4]]);
        stored.Store.Bars.Describe(StoredBars.Key).Files[0].Manifest.Gaps.ShouldBe([new TimeRange(bars[2].OpenTime, bars[3].OpenTime)]);
    }

    [Fact]
    public void Read_ASpan_HasTheBarsThatOpenInIt()
    {
        using StoredBars stored = new();
        HistoricalBar[] bars = StoredBars.Bars("2024-01-31T20:00Z", 9);
        stored.Store.Bars.Write(StoredBars.Key, bars, StoredBars.From("test"));

        stored.Store.Bars.Read(StoredBars.Key, new TimeRange(bars[2].OpenTime, bars[6].OpenTime)).ShouldBe(bars[2..6]);
        stored.Store.Bars.ReadBlocks(StoredBars.Key, new TimeRange(bars[2].OpenTime, bars[6].OpenTime)).Sum(block => block.Count).ShouldBe(4);
    }

    [Fact]
    public void ReadBlocks_ManyBars_HaveTheValuesOfTheRows()
    {
        using StoredBars stored = new();
        HistoricalBar[] bars = StoredBars.Bars("2024-01-01T00:00Z", 5000);
        stored.Store.Bars.Write(StoredBars.Key, bars, StoredBars.From("test"));

        int index = 0;
        foreach (BarBlock block in stored.Store.Bars.ReadBlocks(StoredBars.Key, TimeRange.Always))
        {
            for (int i = 0; i < block.Count; i++, index++)
            {
                block.OpenTimeNanos[i].ShouldBe(bars[index].OpenTime.Nanos);
                ((decimal)block.Close[i]).ShouldBe(bars[index].Close);
                ((decimal)block.TakerBuyQuoteVolume[i]).ShouldBe(bars[index].TakerBuyQuoteVolume!.Value);
                block.TradeCount[i].ShouldBe(17);
            }
        }

        index.ShouldBe(5000);
    }

    [Fact]
    public void Describe_ASeries_SaysWhatIsKnownOfIt()
    {
        using StoredBars stored = new();
        HistoricalBar[] bars = StoredBars.Bars("2024-01-01T00:00Z", 3);
        TimeRange first = new(StoredBars.At("2024-01-01T00:00Z"), StoredBars.At("2024-01-02T00:00Z"));
        stored.Store.Bars.Write(StoredBars.Key, bars, StoredBars.From("the venue") with { Covered = first, TickSize = 0.01m, Market = InstrumentKind.Spot, FirstAvailable = first.From });
        stored.Store.Bars.Write(StoredBars.Key, [], StoredBars.From("the venue") with { Covered = new TimeRange(first.To, first.To + TimeSpan.FromDays(1)) });

        SeriesDescription found = stored.Store.Describe(stored.Store.List().Single());

        found.Key.ShouldBe(StoredBars.Key);
        found.Facts.Covered.ShouldBe([new TimeRange(first.From, first.To + TimeSpan.FromDays(1))]);
        (found.Facts.TickSize, found.Facts.LotSize, found.Facts.Market, found.Facts.FirstAvailable).ShouldBe((0.01m, null, InstrumentKind.Spot, first.From));
        (found.Rows, found.First, found.Last, found.PriceDecimals, found.VolumeDecimals).ShouldBe((3, bars[0].OpenTime, bars[2].OpenTime, 1, 3));
        found.Files[0].Manifest.WrittenAt.ShouldBe(StoredBars.At("2026-01-02T03:04:05Z"));
    }

    [Theory]
    [InlineData("1000SHIB'USDT")]
    [InlineData("币安人生USDT")]
    [InlineData("A*B?[C]")]
    [InlineData("..")]
    [InlineData("a b%c=d;")]
    public void Write_SymbolWithOddCharacters_HasItsOwnFolder(string symbol)
    {
        using StoredBars stored = new();
        SeriesKey key = StoredBars.Key with { Symbol = symbol };
        HistoricalBar[] bars = StoredBars.Bars("2024-01-01T00:00Z", 3);

        stored.Store.Bars.Write(key, bars, StoredBars.From("test"));

        stored.Store.List().ShouldBe([key]);
        stored.Store.Bars.Read(key, TimeRange.Always).ShouldBe(bars);
    }

    [Theory]
    [InlineData("../etc")]
    [InlineData("a\\b")]
    [InlineData("")]
    [InlineData("a\0b")]
    public void Write_SymbolThatCouldLeaveItsFolder_IsRefused(string symbol)
    {
        using StoredBars stored = new();
        Should.Throw<StoreException>(() => stored.Store.Bars.Write(StoredBars.Key with { Symbol = symbol }, StoredBars.Bars("2024-01-01T00:00Z", 1), StoredBars.From("test")));
    }

    [Theory]
    [InlineData("1w", "interval=1w")]
    [InlineData("60m", "interval=1h")]
    [InlineData("1d", "interval=1d")]
    public void FolderOf_Interval_IsNamedByItsLargestUnit(string interval, string folder)
    {
        using StoredBars stored = new();
        BarSpec.TryParse(interval, out BarSpec spec).ShouldBeTrue();

        stored.Store.Bars.Write(SeriesKey.Bars(StoredBars.Key.Venue, "BTCUSDT", spec), StoredBars.Bars("2024-01-01T00:00Z", 1), StoredBars.From("test"));

        Directory.GetDirectories(Path.Combine(stored.Root, "venue=sim-test", "kind=bars", "symbol=BTCUSDT")).Select(Path.GetFileName).ShouldBe([folder]);
        stored.Store.List().Single().Interval.ShouldBe(spec);
    }
}
