using Harrier.Domain;
using Harrier.Features.Bars;
using Harrier.Tests.Support;

namespace Harrier.Tests.Features.Bars;

/// <summary>Tick, volume and dollar bars, by hand.</summary>
public sealed class MeasuredBarsTests
{
    [Fact]
    public void TickBars_SevenTrades_AreTwoBarsOfThree()
    {
        List<Bar> bars = SampleTrades.Build(SampleTrades.Builder("tick:3"), SampleTrades.At(100, 103, 99, 101, 104, 102, 105));

        bars.Count.ShouldBe(2);
        (bars[0].Open.Value, bars[0].High.Value, bars[0].Low.Value, bars[0].Close.Value).ShouldBe((100, 103, 99, 99));
        (bars[1].Open.Value, bars[1].High.Value, bars[1].Low.Value, bars[1].Close.Value).ShouldBe((101, 104, 101, 102));
        bars.ShouldAllBe(bar => bar.TradeCount == 3 && bar.Volume == 3);
        bars[0].TakerBuyVolume.ShouldBe(2);
        bars[0].QuoteVolume.ShouldBe(3.02, 1e-12);
        (bars[0].OpenTime, bars[0].CloseTime).ShouldBe((Timestamp.FromUnixSeconds(0), Timestamp.FromUnixSeconds(2)));
        (bars[1].OpenTime, bars[1].CloseTime).ShouldBe((Timestamp.FromUnixSeconds(3), Timestamp.FromUnixSeconds(5)));
        bars[0].Spec.ToString().ShouldBe("tick:3");
    }

    [Fact]
    public void VolumeBars_TradeThatOverflows_BelongsToOneBarWhole()
    {
        TradePrint[] trades = SampleTrades.At(100, 101, 102, 103);
        double[] sizes = [4, 9, 1, 9];
        List<Bar> bars = SampleTrades.Build(SampleTrades.Builder("volume:10"), trades.Select((trade, i) => trade with { Quantity = sizes[i] }));

        bars.Select(bar => bar.Volume).ShouldBe([13.0, 10.0]);
    }

    [Fact]
    public void VolumeBars_TenTenths_AreOne()
    {
        TradePrint tenth = SampleTrades.At(100)[0] with { Quantity = 0.1 };
        SampleTrades.Build(SampleTrades.Builder("volume:1"), Enumerable.Repeat(tenth, 10)).Count.ShouldBe(1);
    }

    [Fact]
    public void DollarBars_CountTheValue()
    {
        TradePrint[] trades = [.. SampleTrades.At(100, 200, 300, 400).Select(trade => trade with { Value = trade.Price.Value })];
        List<Bar> bars = SampleTrades.Build(SampleTrades.Builder("dollar:500.5"), trades);

        bars.ShouldHaveSingleItem().QuoteVolume.ShouldBe(600);
    }

    [Fact]
    public void Update_ShorterBars_AreTakenWholeAndLabeled()
    {
        BarSeries minutes = RandomBars.Minutes(200, seed: 3);
        BuiltHistory history = new(minutes, BarSpec.Of(BarKind.Volume, 50));
        Bar[] bars = [.. history.ReadBlocks().SelectMany(block => block.ToArray())];

        history.Spec.Source.ShouldBe(BarSource.Approximated);
        bars.ShouldAllBe(bar => bar.Spec.Source == BarSource.Approximated && bar.Volume >= 50);
        int next = 0;
        foreach (Bar bar in bars)
        {
            double volume = 0;
            int first = next;
            while (volume < 50)
            {
                volume += minutes[next++].Volume;
            }

            bar.Volume.ShouldBe(volume);
            bar.Open.ShouldBe(minutes[first].Open);
            bar.Close.ShouldBe(minutes[next - 1].Close);
            (bar.OpenTime, bar.CloseTime).ShouldBe((minutes[first].OpenTime, minutes[next - 1].CloseTime));
        }

        bars.Length.ShouldBeGreaterThan(5);
    }

    [Theory]
    [InlineData(BarKind.Tick)]
    [InlineData(BarKind.Renko)]
    [InlineData(BarKind.Imbalance)]
    public void Constructor_SeriesOfAnotherKind_Throws(BarKind kind) =>
        Should.Throw<ArgumentException>(() => new VolumeBars(SampleTrades.Instrument, BarSpec.Of(kind, 10)));
}
