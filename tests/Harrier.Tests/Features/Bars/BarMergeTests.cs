using Harrier.Domain;
using Harrier.Features.Bars;
using Harrier.Tests.Support;

namespace Harrier.Tests.Features.Bars;

/// <summary>Several histories in one order, beside a plain sort.</summary>
public sealed class BarMergeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Advance_AnyHistories_GivesTheOrderOfASort(int count)
    {
        BarSeries[] series = [.. Enumerable.Range(0, count).Select(i => RandomBars.Minutes(400, i, firstMinute: i * 37, missing: 0.1 * i, instrument: Named(i)))];
        BlockHistory[] histories = [.. series.Select((one, i) => new BlockHistory(one, 1 + (i * 13)))];
        List<(long, int)> seen = [];
        using (BarMerge merge = new(histories))
        {
            for (; !merge.IsAtEnd; merge.Advance())
            {
                foreach (int place in merge.Group)
                {
                    merge[place].Current.CloseTime.ShouldBe(merge.Close);
                    seen.Add((merge.Close.Nanos, merge[place].Current.Instrument.Index));
                }
            }

            merge.Close.Nanos.ShouldBe(long.MaxValue);
            merge[0].HasPrevious.ShouldBeTrue();
            merge[0].Previous.OpenTime.ShouldBe(series[0][series[0].Count - 1].OpenTime);
        }

        seen.ShouldBe(series.SelectMany((one, i) => one.Bars.ToArray().Select(bar => (bar.CloseTime.Nanos, i))).OrderBy(item => item));
        histories.ShouldAllBe(history => history.Open == 0 && history.Reads == 1);
    }

    [Fact]
    public void Dispose_InTheMiddle_EndsTheReaders()
    {
        BlockHistory history = new(RandomBars.Minutes(100, 1), 10);
        using (BarMerge merge = new([history, history]))
        {
            merge.Advance();
            history.Open.ShouldBe(2);
        }

        history.Open.ShouldBe(0);
    }

    [Fact]
    public void Merge_OfNothing_IsAtItsEnd()
    {
        using BarMerge merge = new([new BlockHistory(RandomBars.Minutes(0, 1), 10)]);
        merge.IsAtEnd.ShouldBeTrue();
        merge[0].HasPrevious.ShouldBeFalse();
    }

    private static Instrument Named(int index) => new(new InstrumentId(index), SampleTrades.Instrument.Definition with { Symbol = $"S{index}USDT" });
}
