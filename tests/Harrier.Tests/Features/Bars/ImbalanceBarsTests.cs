using Harrier.Domain;
using Harrier.Features.Bars;
using Harrier.Tests.Support;

namespace Harrier.Tests.Features.Bars;

/// <summary>Tick imbalance bars beside a slow restatement, and that their threshold neither dies nor explodes.</summary>
public sealed class ImbalanceBarsTests
{
    [Fact]
    public void Update_FirstBar_ClosesAtTheRootOfItsExpectedLength()
    {
        // sqrt(16) = 4 more buys than sells: + + - + + + is 1 2 1 2 3 4.
        List<Bar> bars = SampleTrades.Build(SampleTrades.Builder("imbalance:16"), SampleTrades.At(1, 2, 1, 2, 3, 4));
        bars.ShouldHaveSingleItem().TradeCount.ShouldBe(6);
    }

    [Fact]
    public void Update_AnchorsTrades_EqualsTheFormulaWrittenOut()
    {
        TradePrint[] trades = SampleTrades.Anchor(50_000);
        int[] lengths = [.. SampleTrades.Build(SampleTrades.Builder("imbalance:100"), trades).Select(bar => bar.TradeCount)];

        List<int> expected = [];
        double length = 100;
        double side = 0;
        double threshold = 10;
        double theta = 0;
        int count = 0;
        foreach (TradePrint trade in trades)
        {
            int sign = trade.IsSell ? -1 : 1;
            side = (side * (1 - (2.0 / 2001))) + (sign * (2.0 / 2001));
            theta += sign;
            count++;
            if (Math.Abs(theta) >= threshold)
            {
                expected.Add(count);
                length = Math.Min(400, Math.Max(25, (length * 19 / 21) + (count * 2.0 / 21)));
                threshold = length * Math.Max(Math.Abs(side), Math.Pow(length, -0.5));
                (theta, count) = (0, 0);
            }
        }

        lengths.ShouldBe(expected);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.55)]
    [InlineData(0.9)]
    [InlineData(1.0)]
    public void Update_AnyShareOfBuys_NeitherDiesNorExplodes(double buys)
    {
        Random random = new(7);
        TradePrint trade = SampleTrades.At(100)[0];
        List<Bar> bars = SampleTrades.Build(SampleTrades.Builder("imbalance:50"), Enumerable.Range(0, 200_000).Select(i => trade with { Time = new Timestamp(i), IsSell = random.NextDouble() >= buys }));

        double mean = bars.Skip(bars.Count / 2).Average(bar => bar.TradeCount);
        mean.ShouldBeInRange(50 / 4 * 0.5, 50 * 4 * 2);
    }
}
