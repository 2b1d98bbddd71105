using Harrier.Domain;
using Harrier.Features.Bars;
using Harrier.Tests.Support;

namespace Harrier.Tests.Features.Bars;

/// <summary>Time bars of trades against a naive grouping, and of shorter bars against the batch form.</summary>
public sealed class TimeBarsTests
{
    [Theory]
    [InlineData("1s")]
    [InlineData("5m")]
    [InlineData("1h")]
    public void Update_Trades_EqualAGroupingByBucket(string text)
    {
        TradePrint[] trades = SampleTrades.Anchor(150_000);
        BarBuilder builder = SampleTrades.Builder(text);
        List<Bar> bars = SampleTrades.Build(builder, trades);
        bars.AddRange(builder.CloseUntil(new Timestamp(long.MaxValue)));

        long length = builder.Spec.IntervalNanos;
        TradePrint[][] groups = [.. trades.GroupBy(trade => trade.Time.Nanos / length).Select(group => group.ToArray())];
        bars.Count.ShouldBe(groups.Length);
        for (int i = 0; i < groups.Length; i++)
        {
            bars[i].OpenTime.Nanos.ShouldBe(groups[i][0].Time.Nanos / length * length);
            bars[i].CloseTime.Nanos.ShouldBe(bars[i].OpenTime.Nanos + length);
            (bars[i].Open, bars[i].Close).ShouldBe((groups[i][0].Price, groups[i][^1].Price));
            (bars[i].High.Value, bars[i].Low.Value).ShouldBe((groups[i].Max(trade => trade.Price.Value), groups[i].Min(trade => trade.Price.Value)));
            bars[i].Volume.ShouldBe(groups[i].Sum(trade => trade.Quantity), 1e-9);
            bars[i].TakerBuyVolume.ShouldBe(groups[i].Where(trade => !trade.IsSell).Sum(trade => trade.Quantity), 1e-9);
            bars[i].TradeCount.ShouldBe(groups[i].Length);
        }
    }

    [Fact]
    public void CloseUntil_EndOfTheBar_ClosesItOnceAndNotBefore()
    {
        BarBuilder builder = SampleTrades.Builder("1m");
        builder.CloseUntil(new Timestamp(long.MaxValue)).Length.ShouldBe(0);
        SampleTrades.Build(builder, SampleTrades.At(1, 2)).ShouldBeEmpty();
        builder.CloseUntil(Timestamp.FromUnixSeconds(59)).Length.ShouldBe(0);
        builder.CloseUntil(Timestamp.FromUnixSeconds(60))[0].Close.Value.ShouldBe(2);
        builder.CloseUntil(Timestamp.FromUnixSeconds(60)).Length.ShouldBe(0);
    }

    [Fact]
    public void Update_ShorterBars_EqualTheBatchFormForAnyStartLengthAndHoles()
    {
        Random random = new(20);
        long[] lengths = [2, 3, 5, 15, 60, 240, 1440, 7 * 1440];
        for (int run = 0; run < 200; run++)
        {
            BarSeries minutes = RandomBars.Minutes(random.Next(0, 3000), run, 27_000_000 + random.Next(20_000), random.Next(3) * 0.2);
            long length = lengths[random.Next(lengths.Length)] * 60 * Timestamp.NanosPerSecond;
            BarSeries expected = BarResampler.Aggregate(minutes, length).Series;
            BuiltHistory built = new(new BlockHistory(minutes, random.Next(1, 500)), minutes.Spec with { IntervalNanos = length });
            Bar[] bars = [.. built.ReadBlocks().SelectMany(block => block.ToArray())];

            built.Spec.ShouldBe(expected.Spec);
            bars.Length.ShouldBe(expected.Count);
            built.Extent.Count.ShouldBe(expected.Count);
            for (int i = 0; i < bars.Length; i++)
            {
                Bytes(in bars[i]).ShouldBe(Bytes(in expected[i]));
            }
        }
    }

    [Fact]
    public void Update_BarAcrossABorder_Throws()
    {
        Bar hour = RandomBars.Minutes(1, 1)[0] with { OpenTime = new Timestamp(5400 * Timestamp.NanosPerSecond), Spec = new BarSpec(3600 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue) };
        Should.Throw<ArgumentException>(() => SampleTrades.Builder("2h").Update(in hour)).Message.ShouldContain("crosses a border of 2h");
    }

    [Fact]
    public void BuiltHistory_NoMultiple_Throws() =>
        Should.Throw<ArgumentException>(() => new BuiltHistory(RandomBars.Minutes(3, 1), new BarSpec(90 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue)));

    private static string Bytes(in Bar bar) => Convert.ToHexString(System.Runtime.InteropServices.MemoryMarshal.AsBytes<Bar>([bar]));
}
