using System.Runtime.InteropServices;
using Harrier.Domain;
using Harrier.Features.Bars;
using Harrier.Storage.Bars;
using Harrier.Storage.Market;
using Harrier.Storage.Market.Serving;
using Harrier.Tests.Support;

namespace Harrier.Tests.Storage.Market.Serving;

/// <summary>What a store serves to an engine equals what was put into it.</summary>
public sealed class StoredHistoriesTests : IDisposable
{
    // In minutes since 1970, whose fifth day was a Monday.
    private const long Monday = (2700 * 10_080) + (4 * 1440);

    private readonly ServedStore _served = new();

    public void Dispose() => _served.Dispose();

    [Fact]
    public void Find_StoredBars_AreReadBitEqualAndHashedAsTheFileOfThem()
    {
        BarSeries minutes = RandomBars.Minutes(10_000, 4, Monday, missing: 0.01);
        _served.Add(minutes);
        using TemporaryFolder folder = new();
        using (FileStream file = File.Create(Path.Combine(folder.Path, "BTCUSDT-1m.csv")))
        {
            BarCsvWriter.Write(file, minutes);
        }

        StoredHistory found = _served.Find();
        BarSeries fromFile = BarFileReader.Read(folder.Path, new BarReadOptions()).Single().Series;

        Same(AllOf(found.History), fromFile);
        found.History.Extent.Count.ShouldBe(minutes.Count);
        found.Stored!.SnappedPrices.ShouldBe(0);
        BarSeriesHash.Compute([found.History]).ShouldBe(BarSeriesHash.Compute([fromFile]));
        (found.History.Instrument.Definition.TickSize, found.History.Instrument.Definition.LotSize).ShouldBe((fromFile.Instrument.Definition.TickSize, fromFile.Instrument.Definition.LotSize));
        found.History.Instrument.Definition.Venue.ShouldBe(ServedStore.Venue);
    }

    [Theory]
    [InlineData("5m")]
    [InlineData("4h")]
    [InlineData("7d")]
    public void Find_LongerBars_AreMadeOfTheStoredOnes(string interval)
    {
        BarSeries minutes = RandomBars.Minutes(25_000, 5, Monday + 17, missing: 0.02);
        _served.Add(minutes);

        StoredHistory found = _served.Find(interval);

        Same(AllOf(found.History), BarResampler.Aggregate(minutes, found.History.Spec.IntervalNanos).Series);
        found.Source.IntervalName.ShouldBe("1m");
        found.IsApproximation.ShouldBeFalse();
    }

    [Fact]
    public void Find_SeveralIntervals_TakesTheLongestThatDivides()
    {
        BarSeries minutes = RandomBars.Minutes(3000, 6, Monday);
        _served.Add(minutes);
        _served.Add(BarResampler.Aggregate(minutes, 15 * 60 * Timestamp.NanosPerSecond).Series);

        _served.Find("15m").Source.IntervalName.ShouldBe("15m");
        _served.Find("30m").Source.IntervalName.ShouldBe("15m");
        _served.Find("20m").Source.IntervalName.ShouldBe("1m");
        Fault(() => _served.Find()).ShouldBe("interval: none given: one of 1m, 15m, in which the store has BTCUSDT, or a multiple");
        Fault(() => _served.Find("30s")).ShouldBe("interval: 30s: a multiple of one of 1m, 15m, in which the store has BTCUSDT");
    }

    [Fact]
    public void Find_DaysAskedFor_AreThoseOfAFile()
    {
        BarSeries minutes = RandomBars.Minutes(8 * 1440, 7, Monday - 700);
        _served.Add(minutes);
        DateOnly first = DateOnly.FromDateTime(minutes[0].OpenTime.ToDateTimeOffset().UtcDateTime).AddDays(2);
        BarReadOptions days = new() { Symbols = ["BTC/USDT"], From = first, To = first.AddDays(1) };

        Bar[] bars = AllOf(_served.Find("1h", days).History);

        bars.Length.ShouldBe(48);
        bars[0].OpenTime.ToDateTimeOffset().UtcDateTime.ShouldBe(first.ToDateTime(TimeOnly.MinValue));
        Fault(() => _served.Find("1m", days with { From = new DateOnly(2090, 1, 1), To = null })).ShouldContain("within the days asked for");
    }

    [Fact]
    public void Find_NothingOrSeveralThings_NamesWhatThereIs()
    {
        Fault(() => _served.Find()).ShouldContain("a store with bars or trades");
        BarSeries minutes = RandomBars.Minutes(100, 8, Monday);
        _served.Add(minutes);
        _served.Add(minutes, new VenueId("bybit-spot"));

        Fault(() => _served.Find()).ShouldBe("venue: none given: one of bybit-spot, sim-binance-spot, each of which has BTCUSDT");
        _served.Find(venue: new VenueId("bybit-spot")).Source.Venue.Name.ShouldBe("bybit-spot");
        Fault(() => _served.Find(venue: new VenueId("binance-spot"))).ShouldBe("venue: binance-spot: a venue of the store: bybit-spot, sim-binance-spot");
        Fault(() => _served.Find(options: new BarReadOptions { Symbols = ["ETHUSDT"] })).ShouldBe("symbol: ETHUSDT: a symbol of the store: BTCUSDT");
    }

    [Fact]
    public void Find_PriceOffTheGrid_NamesTheBar()
    {
        BarSeries minutes = RandomBars.Minutes(3000, 9, Monday);
        _served.Add(minutes);
        BarReadOptions coarse = new() { Symbols = ["BTCUSDT"], TickSize = 0.05m };

        int bad = Array.FindIndex(minutes.Bars.ToArray(), bar => bar.Open.Value % 5 != 0);
        Fault(() => _served.Find(options: coarse)).ShouldBe(
            $"tick: 0.05: a step that price {minutes.Instrument.ToDecimal(minutes[bad].Open):0.##} of sim-binance-spot:BTCUSDT in the bar at {minutes[bad].OpenTime} is a multiple of, within 1e-9");
    }

    [Fact]
    public void Find_PriceThatArithmeticMoved_IsSnappedAndCounted()
    {
        BarSeries minutes = RandomBars.Minutes(500, 10, Monday);
        HistoricalBar[] bars = ServedStore.Historical(minutes);
        bars[77] = bars[77] with { Close = bars[77].Close + 0.00000000001m };
        _served.Store.Bars.Write(SeriesKey.Bars(ServedStore.Venue, "BTCUSDT", minutes.Spec), bars, new StoreWrite { Source = "a test", TickSize = 0.01m });

        StoredHistory found = _served.Find(options: new BarReadOptions { Symbols = ["BTCUSDT"], TickSize = 0.01m, LotSize = 0.1m });

        Same(AllOf(found.History), minutes);
        found.Stored!.SnappedPrices.ShouldBe(1);
        found.OtherTickSize.ShouldBeNull();
        _served.Find().OtherTickSize.ShouldBe(0.01m);
    }

    [Fact]
    public void ReadBlocks_BarThatIsNone_IsRefused()
    {
        BarSeries minutes = RandomBars.Minutes(500, 11, Monday);
        HistoricalBar[] bars = ServedStore.Historical(minutes);
        bars[123] = bars[123] with { Low = bars[123].High + 1 };
        _served.Store.Bars.Write(SeriesKey.Bars(ServedStore.Venue, "BTCUSDT", minutes.Spec), bars, new StoreWrite { Source = "a test" });

        Should.Throw<StoreException>(() => AllOf(_served.Find().History)).Message.ShouldContain($"the bar at {minutes[123].OpenTime} breaks the rules of a bar");
    }

    [Fact]
    public void ReadPrices_AnyBars_LeavesOutTheRest()
    {
        BarSeries minutes = RandomBars.Minutes(5000, 13, Monday);
        _served.Add(minutes);

        Bar[] prices = [.. _served.Find().History.ReadPrices().SelectMany(block => block.ToArray())];

        Same(prices, [.. minutes.Bars.ToArray().Select(bar => bar with { QuoteVolume = double.NaN, TakerBuyVolume = double.NaN, TradeCount = -1 })]);
    }

    [Fact]
    public void ReadBlocks_DamagedFileAmongSeveral_IsNamed()
    {
        _served.Add(RandomBars.Minutes(100_000, 14, Monday));
        StoredHistory found = _served.Find();
        string[] files = [.. Directory.GetFiles(_served.Root, "*.parquet", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        files.Length.ShouldBeGreaterThan(2);
        File.WriteAllText(files[1], "not Parquet");

        Should.Throw<StoreException>(() => AllOf(found.History)).Path.ShouldBe(files[1]);
    }

    [Fact]
    public void Find_MonthOfOtherRows_IsRefusedWhereItIsAskedForOnly()
    {
        using ServedStore others = new();
        _served.Add(RandomBars.Minutes(100_000, 14, Monday));
        others.Add(RandomBars.Minutes(100_000, 15, Monday));
        string[] files = [.. Directory.GetFiles(_served.Root, "*.parquet", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        File.Copy(files[1].Replace(_served.Root, others.Root, StringComparison.Ordinal), files[1], overwrite: true);

        StoreException refused = Should.Throw<StoreException>(() => _served.Find());
        (refused.Path, refused.Fault).ShouldBe((files[1], "is not the file that was written: its checksum is not its manifest's"));

        DateOnly firstDay = DateOnly.FromDateTime(DateTime.UnixEpoch.AddMinutes(Monday));
        _served.Find(options: new BarReadOptions { Symbols = ["BTCUSDT"], From = firstDay, To = firstDay.AddDays(2) }).History.Extent.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Find_MonthWithoutManifest_IsRead()
    {
        _served.Add(RandomBars.Minutes(1000, 14, Monday));
        foreach (string manifest in Directory.GetFiles(_served.Root, "*.json", SearchOption.AllDirectories).Where(file => file.Contains("month=", StringComparison.Ordinal)))
        {
            File.Delete(manifest);
        }

        AllOf(_served.Find().History).Length.ShouldBe(1000);
    }

    [Fact]
    public void Find_OtherKinds_AreMadeOfTradesWhereThereAreAny()
    {
        BarSeries minutes = RandomBars.Minutes(2000, 12, Monday);
        _served.Add(minutes);
        StoredHistory approximated = _served.Find("volume:100");
        approximated.IsApproximation.ShouldBeTrue();
        Same(AllOf(approximated.History), AllOf(new BuiltHistory(minutes, BarSpec.Of(BarKind.Volume, 100))));

        HistoricalTrade[] trades = [.. SampleTrades.Anchor(20_000).Select((trade, i) => new HistoricalTrade
        {
            Id = i,
            Time = trade.Time,
            Price = SampleTrades.Instrument.ToDecimal(trade.Price),
            Quantity = decimal.Round((decimal)trade.Quantity, 6) + 0.000001m,
            IsSell = trade.IsSell,
        })];
        _served.Store.Trades.Write(SeriesKey.Trades(ServedStore.Venue, "BTCUSDT"), trades, new StoreWrite { Source = "a test" });
        TradePrint[] prints = [.. trades.Select(trade => TradePrint.Of(in trade, SampleTrades.Instrument))];

        StoredHistory exact = _served.Find("tick:500");
        exact.IsApproximation.ShouldBeFalse();
        exact.History.Extent.Count.ShouldBe(40);
        Same(AllOf(exact.History), SampleTrades.Build(SampleTrades.Builder("tick:500"), prints));
        AllOf(_served.Find("1s").History)[0].OpenTime.ShouldBe(SampleTrades.Build(SampleTrades.Builder("1s"), prints)[1].OpenTime);
    }

    private static Bar[] AllOf(BarHistory history) => [.. history.ReadBlocks().SelectMany(block => block.ToArray())];

    private static string Fault(Action find) => Should.Throw<BarDataException>(find).Message;

    private static void Same(Bar[] bars, BarSeries expected) => Same(bars, expected.Bars.ToArray());

    private static void Same(Bar[] bars, IReadOnlyList<Bar> expected)
    {
        bars.Length.ShouldBe(expected.Count);
        for (int i = 0; i < bars.Length; i++)
        {
            Convert.ToHexString(MemoryMarshal.AsBytes<Bar>([bars[i]])).ShouldBe(Convert.ToHexString(MemoryMarshal.AsBytes<Bar>([expected[i]])));
        }
    }
}
