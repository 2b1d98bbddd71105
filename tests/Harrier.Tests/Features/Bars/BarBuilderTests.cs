using System.Buffers;
using Harrier.Domain;
using Harrier.Features.Bars;
using Harrier.Tests.Support;

namespace Harrier.Tests.Features.Bars;

/// <summary>What holds for bars of every kind.</summary>
public sealed class BarBuilderTests
{
    public static TheoryData<string> Kinds => ["1s", "1m", "tick:7", "volume:5", "dollar:20000", "renko:10", "imbalance:30"];

    [Fact]
    public void Update_AnchorsTrades_ClosesAsManyBarsAsTheirHarness()
    {
        TradePrint[] trades = SampleTrades.Anchor(3_000_000);
        int Count(string spec) => SampleTrades.Build(SampleTrades.Builder(spec), trades).Count;

        (Count("1s"), Count("1m"), Count("1h"), Count("volume:50")).ShouldBe((88_507, 1_475, 25, 14_926));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Update_AnyTrades_GivesBarsInOrderThatLoseNothing(string spec)
    {
        TradePrint[] trades = SampleTrades.Anchor(20_000);
        BarBuilder builder = SampleTrades.Builder(spec);
        List<Bar> bars = [];
        double closed = 0;
        double given = 0;
        long count = 0;
        for (int i = 0; i < trades.Length; i++)
        {
            double before = given;
            given += trades[i].Quantity;
            foreach (Bar bar in builder.Update(in trades[i]))
            {
                bars.Add(bar);
                closed += bar.Volume;
                count += bar.TradeCount;

                // A bar of time ends before the trade that shows it; every other one holds the trade whole.
                closed.ShouldBe(builder.Spec.IsTime ? before : given, given * 1e-12);
                count.ShouldBe(builder.Spec.IsTime ? i : i + 1);
            }
        }

        bars.Count.ShouldBeGreaterThan(spec == "1m" ? 8 : 50);
        bars.ShouldAllBe(bar => bar.Low <= bar.Open && bar.Low <= bar.Close && bar.High >= bar.Open && bar.High >= bar.Close);
        bars.ShouldAllBe(bar => bar.TakerBuyVolume <= bar.Volume && bar.CloseTime > bar.OpenTime);
        bars.Zip(bars.Skip(1)).ShouldAllBe(pair => pair.First.CloseTime <= pair.Second.OpenTime);
        new BarSeries(SampleTrades.Instrument, builder.Spec, [.. bars], bars.Count).Extent.Count.ShouldBe(bars.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Restore_AtAnyTrade_ContinuesBitEqual(string spec)
    {
        TradePrint[] trades = SampleTrades.Anchor(6_000);
        List<Bar> unbroken = SampleTrades.Build(SampleTrades.Builder(spec), trades);
        foreach (int at in (int[])[0, 1, 777, 3000, 5999])
        {
            BarBuilder first = SampleTrades.Builder(spec);
            List<Bar> bars = SampleTrades.Build(first, trades.Take(at));
            ArrayBufferWriter<byte> saved = new();
            StateWriter writer = new(saved);
            first.Save(ref writer);
            BarBuilder second = SampleTrades.Builder(spec);
            StateReader reader = new(saved.WrittenSpan);
            second.Restore(ref reader);
            reader.Remaining.ShouldBe(0);
            bars.AddRange(SampleTrades.Build(second, trades.Skip(at)));

            bars.Count.ShouldBe(unbroken.Count);
            for (int i = 0; i < bars.Count; i++)
            {
                System.Runtime.InteropServices.MemoryMarshal.AsBytes<Bar>([bars[i]]).SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes<Bar>([unbroken[i]])).ShouldBeTrue();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Update_AfterTheStart_AllocatesNothing(string spec)
    {
        TradePrint[] trades = SampleTrades.Anchor(20_000);
        Allocation.Least(() =>
        {
            BarBuilder builder = SampleTrades.Builder(spec);
            builder.Update(in trades[0]);
            return () =>
            {
                foreach (ref readonly TradePrint trade in trades.AsSpan(1))
                {
                    builder.Update(in trade);
                }
            };
        }).ShouldBe(0);
    }

    [Theory]
    [InlineData("tick:2")]
    [InlineData("volume:2")]
    [InlineData("imbalance:2")]
    public void Update_SeveralBarsInOneInstant_KeepTheirOrder(string spec)
    {
        TradePrint trade = SampleTrades.At(100)[0];
        List<Bar> bars = SampleTrades.Build(SampleTrades.Builder(spec), Enumerable.Repeat(trade, 8));

        bars.Count.ShouldBeGreaterThanOrEqualTo(4);
        bars.Select(bar => bar.OpenTime.Nanos).ShouldBe(Enumerable.Range(0, bars.Count).Select(i => (long)i));
        bars.ShouldAllBe(bar => bar.CloseTime.Nanos == bar.OpenTime.Nanos + 1);
    }

    [Fact]
    public void Update_TradeOfAnEarlierTime_CountsAsThatOfTheOneBefore()
    {
        TradePrint[] trades = SampleTrades.At(100, 101, 102);
        trades[2] = trades[2] with { Time = new Timestamp(5) };

        Bar bar = SampleTrades.Build(SampleTrades.Builder("tick:3"), trades).ShouldHaveSingleItem();
        bar.CloseTime.ShouldBe(Timestamp.FromUnixSeconds(1));
        bar.Close.Value.ShouldBe(102);
    }
}
