using Harrier.Domain;
using Harrier.Storage.Market;

namespace Harrier.Tests.Storage.Market;

public sealed class BarColumnSetTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Write_Columns_AreTheSameFilesAsRows(bool withOptional)
    {
        HistoricalBar[] bars = [.. StoredBars.Bars("2024-01-30T00:00Z", 3000).Where((_, i) => i != 70)];
        bars = withOptional ? bars : [.. bars.Select(bar => bar with { QuoteVolume = null, TakerBuyVolume = null, TakerBuyQuoteVolume = null, TradeCount = null })];
        using StoredBars byRow = new();
        using StoredBars byColumn = new();
        byRow.Store.Bars.Write(StoredBars.Key, bars, StoredBars.From("test"));

        StoreWriteResult result = byColumn.Store.Bars.Write(StoredBars.Key, Columns(bars), StoredBars.From("test"));

        result.Added.ShouldBe(bars.Length);
        byColumn.ReadAll().ShouldBe(bars);
        foreach (string month in (string[])["2024-01", "2024-02", "2024-05"])
        {
            File.ReadAllText(byColumn.PathOf(month, "_bars.csv")).ShouldBe(File.ReadAllText(byRow.PathOf(month, "_bars.csv")));
        }

        SeriesDescription left = byColumn.Store.Describe(StoredBars.Key);
        SeriesDescription right = byRow.Store.Describe(StoredBars.Key);
        left.Gaps.ShouldBe(right.Gaps);
        (left.Rows, left.First, left.Last, left.PriceDecimals, left.VolumeDecimals).ShouldBe((right.Rows, right.First, right.Last, right.PriceDecimals, right.VolumeDecimals));
    }

    [Fact]
    public void Write_ColumnsOverStoredMonth_AreMerged()
    {
        HistoricalBar[] bars = StoredBars.Bars("2024-01-30T00:00Z", 100);
        using StoredBars stored = new();
        stored.Store.Bars.Write(StoredBars.Key, bars[..10], StoredBars.From("test"));

        StoreWriteResult result = stored.Store.Bars.Write(StoredBars.Key, Columns(bars), StoredBars.From("test"));

        (result.Added, result.Duplicates).ShouldBe((90, 10));
        stored.ReadAll().ShouldBe(bars);
    }

    [Fact]
    public void Write_ColumnsThatDoNotFit_AreRefused()
    {
        using StoredBars stored = new();
        BarColumnSet columns = Columns(StoredBars.Bars("2024-01-30T00:00Z", 3));
        Refuse(columns with { Open = new double[2] });
        Refuse(columns with { Close = new[] { 1, double.NaN, 1 } });
        Refuse(columns with { OpenTimeNanos = new long[] { 2000, 1000, 3000 } });
        Refuse(columns with { OpenTimeNanos = new long[] { 1000, 2001, 3000 } });
        Directory.GetFileSystemEntries(stored.Root).ShouldBeEmpty();

        void Refuse(BarColumnSet wrong) => Should.Throw<ArgumentException>(() => stored.Store.Bars.Write(StoredBars.Key, wrong, StoredBars.From("test")));
    }

    private static BarColumnSet Columns(HistoricalBar[] bars) => new()
    {
        OpenTimeNanos = bars.Select(bar => bar.OpenTime.Nanos).ToArray(),
        Open = Values(bars, bar => bar.Open)!.Value,
        High = Values(bars, bar => bar.High)!.Value,
        Low = Values(bars, bar => bar.Low)!.Value,
        Close = Values(bars, bar => bar.Close)!.Value,
        Volume = Values(bars, bar => bar.Volume)!.Value,
        QuoteVolume = Values(bars, bar => bar.QuoteVolume),
        TakerBuyVolume = Values(bars, bar => bar.TakerBuyVolume),
        TakerBuyQuoteVolume = Values(bars, bar => bar.TakerBuyQuoteVolume),
        TradeCount = bars[0].TradeCount is null ? null : (ReadOnlyMemory<long>?)bars.Select(bar => bar.TradeCount!.Value).ToArray(),
    };

    private static ReadOnlyMemory<double>? Values(HistoricalBar[] bars, Func<HistoricalBar, decimal?> value) =>
        value(bars[0]) is null ? null : (ReadOnlyMemory<double>?)bars.Select(bar => (double)value(bar)!.Value).ToArray();
}
