using Harrier.Domain;
using Harrier.Storage.Market;

namespace Harrier.Tests.Storage.Market;

public sealed class HistoricalResamplerTests
{
    [Fact]
    public void Aggregate_HoursToFour_HasFirstLastHighestLowestAndExactSums()
    {
        HistoricalBar[] bars =
        [
            .. StoredBars.Bars("2024-01-01T03:00Z", 7).Select((bar, i) => bar with
            {
                Open = 100.1m + i, High = 200.5m - i, Low = 50.25m + (i % 3), Close = 101.7m + i, Volume = 0.1m, QuoteVolume = 0.00000001m * (i + 1), TradeCount = i,
            }),
        ];

        ResampledHistory made = HistoricalResampler.Aggregate(bars, StoredBars.Hour, Spec("4h"));

        (made.DroppedFirst, made.DroppedLast).ShouldBe((1, 2));
        HistoricalBar only = made.Bars.ShouldHaveSingleItem();
        only.OpenTime.ShouldBe(StoredBars.At("2024-01-01T04:00Z"));
        (only.Open, only.High, only.Low, only.Close).ShouldBe((101.1m, 199.5m, 50.25m, 105.7m));
        (only.Volume, only.QuoteVolume, only.TradeCount).ShouldBe((0.4m, 0.00000014m, 10));
    }

    [Fact]
    public void Aggregate_Trades_HasExactSumsAndLeavesOutWhatMayBeCut()
    {
        HistoricalTrade[] trades =
        [
            StoredTrades.Trade("2024-01-01T00:00:30Z", 1), StoredTrades.Trade("2024-01-01T00:01:00Z", 2), StoredTrades.Trade("2024-01-01T00:01:10Z", 5),
            StoredTrades.Trade("2024-01-01T00:01:59.999Z", 3), StoredTrades.Trade("2024-01-01T00:04:00Z", 4), StoredTrades.Trade("2024-01-01T00:05:00Z", 6),
        ];

        ResampledHistory made = HistoricalResampler.Aggregate(trades, Spec("1m"));

        (made.DroppedFirst, made.DroppedLast).ShouldBe((1, 1));
        made.Bars.Select(bar => bar.OpenTime).ShouldBe([StoredBars.At("2024-01-01T00:01Z"), StoredBars.At("2024-01-01T00:04Z")]);
        HistoricalBar bar = made.Bars[0];
        (bar.Open, bar.High, bar.Low, bar.Close, bar.Volume).ShouldBe((42002.5m, 42005.5m, 42002.5m, 42003.5m, 0.00369m));
        (bar.QuoteVolume, bar.TradeCount).ShouldBe(((42002.5m + 42005.5m + 42003.5m) * 0.00123m, 12));
        (bar.TakerBuyVolume, bar.TakerBuyQuoteVolume).ShouldBe((0.00246m, (42005.5m + 42003.5m) * 0.00123m));
    }

    [Fact]
    public void Aggregate_TradesIntoNoLengthOfTime_IsRefused() => Should.Throw<ArgumentException>(() => HistoricalResampler.Aggregate([], Spec("volume:50")));

    [Fact]
    public void Aggregate_DaysToWeeks_StartOnMondays()
    {
        HistoricalBar[] days = [.. Enumerable.Range(0, 20).Select(i => StoredBars.Bar(StoredBars.At("2024-01-04T00:00Z") + TimeSpan.FromDays(i)))];

        ResampledHistory made = HistoricalResampler.Aggregate(days, Spec("1d"), Spec("1w"));

        made.Bars.Select(bar => bar.OpenTime.ToDateTimeOffset().DayOfWeek).ShouldBe([DayOfWeek.Monday, DayOfWeek.Monday]);
        (made.DroppedFirst, made.DroppedLast).ShouldBe((4, 2));
    }

    [Fact]
    public void Aggregate_APartThatIsNotKnown_MakesTheSumUnknown()
    {
        HistoricalBar[] bars = StoredBars.Bars("2024-01-01T00:00Z", 4);
        bars[2] = bars[2] with { QuoteVolume = null, TradeCount = null };

        HistoricalBar made = HistoricalResampler.Aggregate(bars, StoredBars.Hour, Spec("4h")).Bars.Single();

        (made.QuoteVolume, made.TradeCount, made.Volume).ShouldBe((null, null, 4 * 12.345m));
    }

    [Fact]
    public void Aggregate_HoleInside_IsKeptAndHoleAtTheEnd_IsNot()
    {
        HistoricalBar[] bars = [.. StoredBars.Bars("2024-01-01T00:00Z", 8).Where((_, i) => i is not (2 or 7))];

        ResampledHistory made = HistoricalResampler.Aggregate(bars, StoredBars.Hour, Spec("4h"));

        made.Bars.Select(bar => bar.Volume).ShouldBe([3 * 12.345m]);
        made.DroppedLast.ShouldBe(3);
    }

    private static BarSpec Spec(string text)
    {
        BarSpec.TryParse(text, out BarSpec spec).ShouldBeTrue();
        return spec;
    }
}
