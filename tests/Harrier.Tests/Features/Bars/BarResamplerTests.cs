using Harrier.Domain;
using Harrier.Features.Bars;
using Harrier.Tests.Support;

namespace Harrier.Tests.Features.Bars;

public sealed class BarResamplerTests
{
    private const long Minute = 60 * Timestamp.NanosPerSecond;
    private static readonly Instrument Instrument = new(new InstrumentId(0), new InstrumentDefinition { Venue = new VenueId("csv"), Symbol = "BTCUSDT", Base = new Asset("BTC"), Quote = new Asset("USDT"), TickSize = 0.01m, LotSize = 1m });

    [Fact]
    public void Aggregate_Minutes_TakesFirstOpenHighestLowestLastCloseAndSums()
    {
        BarSeries source = Series([(0, 10, 15, 9, 12), (1, 12, 13, 5, 6), (2, 6, 20, 6, 18)], Minute);

        ResampledBars result = BarResampler.Aggregate(source, 3 * Minute);

        Bar bar = result.Series.Bars.ToArray().ShouldHaveSingleItem();
        (bar.Open.Value, bar.High.Value, bar.Low.Value, bar.Close.Value).ShouldBe((10, 20, 5, 18));
        bar.Volume.ShouldBe(6);
        bar.QuoteVolume.ShouldBe(60);
        bar.TakerBuyVolume.ShouldBe(3);
        bar.TradeCount.ShouldBe(15);
        bar.Spec.ShouldBe(new BarSpec(3 * Minute, BarKind.Time, BarSource.Aggregated));
        (result.DroppedFirst + result.DroppedLast).ShouldBe(0);
    }

    [Fact]
    public void Aggregate_IncompleteEnds_AreDroppedAndAHoleInsideIsKept()
    {
        // Buckets of three minutes: 1-2 (no start), 3-5 (4 missing), 6-8, 9 (no end).
        ResampledBars result = BarResampler.Aggregate(Series([.. Enumerable.Range(1, 9).Where(i => i != 4).Select(i => (i, 10, 10, 10, 10))], Minute), 3 * Minute);

        result.Series.Bars.ToArray().Select(bar => bar.OpenTime.Nanos / Minute).ShouldBe([3L, 6]);
        result.Series[0].Volume.ShouldBe(3 + 5);
        result.DroppedFirst.ShouldBe(2);
        result.DroppedLast.ShouldBe(1);
    }

    [Fact]
    public void Aggregate_NoCompleteBucket_GivesAnEmptySeries() =>
        BarResampler.Aggregate(Series([(1, 1, 1, 1, 1)], Minute), 3 * Minute).Series.Count.ShouldBe(0);

    [Fact]
    public void Aggregate_Weeks_StartOnMondays()
    {
        // 1970-01-01 was a Thursday: days 4 to 10 are the first whole week from Monday to Sunday.
        ResampledBars result = BarResampler.Aggregate(Series([.. Enumerable.Range(0, 12).Select(i => (i, 1, 1, 1, 1))], Timestamp.NanosPerDay), 7 * Timestamp.NanosPerDay);

        result.Series.Bars.ToArray().ShouldHaveSingleItem().OpenTime.ToDateTimeOffset().DayOfWeek.ShouldBe(DayOfWeek.Monday);
        result.DroppedFirst.ShouldBe(4);
        result.DroppedLast.ShouldBe(1);
    }

    [Fact]
    public void Aggregate_UnknownStatistics_StayUnknown()
    {
        Bar[] bars = Series([(0, 1, 1, 1, 1), (1, 1, 1, 1, 1)], Minute).Bars.ToArray();
        bars[1] = bars[1] with { TradeCount = -1, QuoteVolume = double.NaN, TakerBuyVolume = double.NaN };

        Bar bar = BarResampler.Aggregate(new BarSeries(Instrument, bars[0].Spec, bars, 2), 2 * Minute).Series[0];

        bar.TradeCount.ShouldBe(-1);
        bar.QuoteVolume.ShouldBe(double.NaN);
        bar.TakerBuyVolume.ShouldBe(double.NaN);
    }

    [Fact]
    public void Aggregate_BarAcrossABorderOrNoMultiple_Throws()
    {
        BarSeries hours = Series([(0, 1, 1, 1, 1)], 60 * Minute);
        Bar[] shifted = [hours[0] with { OpenTime = new Timestamp(90 * Minute) }];

        Should.Throw<ArgumentException>(() => BarResampler.Aggregate(hours, 90 * Minute));
        Should.Throw<ArgumentException>(() => BarResampler.Aggregate(new BarSeries(Instrument, hours.Spec, shifted, 1), 120 * Minute));
    }

    [Fact]
    public void Hash_SourceOfTheBars_DoesNotMatterButEveryValueDoes()
    {
        BarSeries series = Series([(0, 10, 15, 9, 12), (1, 12, 13, 5, 6)], Minute);
        string hash = BarSeriesHash.Compute([series]);
        BarSpec aggregated = series.Spec with { Source = BarSource.Aggregated };
        Bar[] same = [.. series.Bars.ToArray().Select(bar => bar with { Spec = aggregated, TradeCount = -1, QuoteVolume = 0 })];
        BarSeriesHash.Compute([new BarSeries(Instrument, aggregated, same, 2)]).ShouldBe(hash);
        hash.Length.ShouldBe(64);

        Func<Bar, Bar>[] changes =
        [
            bar => bar with { OpenTime = new Timestamp(bar.OpenTime.Nanos + 1) }, bar => bar with { Open = bar.Open + 1 }, bar => bar with { High = bar.High + 1 },
            bar => bar with { Low = bar.Low - 1 }, bar => bar with { Close = bar.Close + 1 }, bar => bar with { Volume = Math.BitIncrement(bar.Volume) },
        ];
        foreach (Func<Bar, Bar> change in changes)
        {
            Bar[] bars = series.Bars.ToArray();
            bars[1] = change(bars[1]);
            BarSeriesHash.Compute([new BarSeries(Instrument, series.Spec, bars, 2)]).ShouldNotBe(hash);
        }

        BarSeriesHash.Compute([new BarSeries(Instrument, series.Spec, series.Bars.ToArray(), 1)]).ShouldNotBe(hash);
    }

    [Fact]
    public void Hash_SeveralSeries_DoesNotDependOnTheirOrder()
    {
        BarSeries first = Series([(0, 10, 15, 9, 12)], Minute);
        Instrument other = new(new InstrumentId(0), Instrument.Definition with { Symbol = "ETHUSDT" });
        BarSeries second = new(other, first.Spec, first.Bars.ToArray(), 1);

        BarSeriesHash.Compute([first, second]).ShouldBe(BarSeriesHash.Compute([second, first]));
        BarSeriesHash.Compute([first]).ShouldNotBe(BarSeriesHash.Compute([second]));
    }

    [Fact]
    public void Hash_KnownBar_IsTheSha256OfTheDocumentedForm()
    {
        using MemoryStream form = new();
        using BinaryWriter words = new(form);
        words.Write(7L);
        words.Write("BTCUSDT"u8);
        words.Write(Minute);
        words.Write(4L);
        words.Write("0.01"u8);
        foreach (long word in (long[])[1, 0, 10, 15, 9, 12, 0])
        {
            words.Write(word);
        }

        Bar[] bars = [Series([(0, 10, 15, 9, 12)], Minute)[0] with { Volume = 0 }];
        string expected = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(form.ToArray()));
        BarSeriesHash.Compute([new BarSeries(Instrument, bars[0].Spec, bars, 1)]).ShouldBe(expected);
    }

    [Fact]
    public void Hash_OtherKinds_DependsOnSizeAndLengthOfEachBar()
    {
        Bar[] bars = [.. SampleTrades.Build(SampleTrades.Builder("tick:3"), SampleTrades.At(1, 2, 3, 4, 5, 6))];
        string hash = HashOf(bars);

        HashOf([bars[0], bars[1] with { Spec = bars[1].Spec with { IntervalNanos = bars[1].Spec.IntervalNanos + 1 } }]).ShouldNotBe(hash);
        HashOf([.. bars.Select(bar => bar with { Spec = BarSpec.Of(BarKind.Tick, 4) with { IntervalNanos = bar.Spec.IntervalNanos } })]).ShouldNotBe(hash);
        HashOf([.. bars]).ShouldBe(hash);

        static string HashOf(Bar[] bars) => BarSeriesHash.Compute([new BarSeries(Instrument, bars[0].Spec with { IntervalNanos = 0 }, bars, 2)]);
    }

    private static BarSeries Series((int Index, int Open, int High, int Low, int Close)[] rows, long interval)
    {
        BarSpec spec = new(interval, BarKind.Time, BarSource.Venue);
        Bar[] bars = [.. rows.Select(row => new Bar
        {
            OpenTime = new Timestamp(row.Index * interval),
            Open = new PriceTicks(row.Open),
            High = new PriceTicks(row.High),
            Low = new PriceTicks(row.Low),
            Close = new PriceTicks(row.Close),
            Volume = row.Index + (rows.Length == 3 ? 1 : 0),
            QuoteVolume = 20,
            TakerBuyVolume = 1,
            TradeCount = 5,
            Spec = spec,
            Instrument = Instrument.Id,
        })];
        return new BarSeries(Instrument, spec, bars, bars.Length);
    }
}
