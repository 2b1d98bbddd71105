using Harrier.Domain;
using Harrier.Research.Metrics;
using Harrier.Tests.Support;

namespace Harrier.Tests.Research.Metrics;

public sealed class TradeStatisticsTests
{
    // Vector B of the quant definitions (section 2.3).
    private static readonly RoundTrip[] VectorB = Trades(30, -10, 20, -15, 25);

    [Fact]
    public void VectorB_Figures_AreAsPublished()
    {
        TradeStatistics.ProfitFactor(VectorB).ShouldBe(3);
        TradeStatistics.Expectancy(VectorB).ShouldBe(10m);
        TradeStatistics.Sqn(VectorB)!.Value.ShouldBe(1.0690449676, 1e-10);
        TradeStatistics.WinRate(VectorB)!.Value.ShouldBe(0.6, 1e-10);
        TradeStatistics.AverageWin(VectorB).ShouldBe(25m);
        TradeStatistics.AverageLoss(VectorB).ShouldBe(-12.5m);
        TradeStatistics.AverageMinutes(VectorB)!.Value.ShouldBe(30, 1e-10);
    }

    [Fact]
    public void VectorB_DrawdownOnTheEquityOfItsTrades_IsAsPublished()
    {
        EquityRecorder recorder = BacktestResults.Recorder(1000m, 5, TimeSpan.FromDays(2));
        double equity = 1000;
        for (int i = 0; i < VectorB.Length; i++)
        {
            equity += (double)VectorB[i].Pnl;
            recorder.Observe(BacktestResults.Start + TimeSpan.FromDays(2 * (i + 1)), equity, 0);
        }

        recorder.MaxDrawdown!.Depth.ShouldBe(.0144230769, 1e-10);
    }

    [Fact]
    public void VectorA_AsTrades_FactorAndRatesAreAsPublished()
    {
        RoundTrip[] trades = Trades(.02m, -.01m, .03m, -.02m, .01m, 0, -.03m, .04m);
        TradeStatistics.ProfitFactor(trades)!.Value.ShouldBe(5d / 3, 1e-10);
        TradeStatistics.WinRate(trades).ShouldBe(.5, "a trade of 0 is no win but counts as a trade");
        (TradeStatistics.AverageWin(trades) / -TradeStatistics.AverageLoss(trades)).ShouldBe(1.25m);
    }

    [Fact]
    public void Sqn_EveryTradeWithRisk_IsOnMultiplesOfRisk()
    {
        RoundTrip[] risked = [.. VectorB.Select((trade, i) => trade with { InitialRisk = i + 1 })];
        double[] multiples = [30, -5, 20d / 3, -3.75, 5];
        double mean = multiples.Average();
        double deviation = Math.Sqrt(multiples.Sum(r => (r - mean) * (r - mean)) / 4);
        TradeStatistics.Sqn(risked)!.Value.ShouldBe(Math.Sqrt(5) * mean / deviation, 1e-10);

        risked[2] = risked[2] with { InitialRisk = null };
        TradeStatistics.Sqn(risked)!.Value.ShouldBe(1.0690449676, 1e-10, "one trade without a stop: all on PnL");
    }

    [Fact]
    public void Sqn_MoreThanHundredTrades_GrowsNoFurther()
    {
        RoundTrip[] trades = Trades([.. Enumerable.Range(0, 400).Select(i => i % 2 == 0 ? 3m : -1m)]);
        double deviation = Math.Sqrt(4 * 400d / 399);
        TradeStatistics.Sqn(trades)!.Value.ShouldBe(10 / deviation, 1e-10);
    }

    [Fact]
    public void AllStatistics_NoTrades_AreNull()
    {
        TradeStatistics.ProfitFactor([]).ShouldBeNull();
        TradeStatistics.WinRate([]).ShouldBeNull();
        TradeStatistics.Expectancy([]).ShouldBeNull();
        TradeStatistics.AverageWin([]).ShouldBeNull();
        TradeStatistics.AverageLoss([]).ShouldBeNull();
        TradeStatistics.AverageMinutes([]).ShouldBeNull();
        TradeStatistics.Sqn([]).ShouldBeNull();
    }

    [Fact]
    public void ProfitFactor_WithoutLossOrWithoutWin_IsNullOrZero()
    {
        TradeStatistics.ProfitFactor(Trades(5, 0)).ShouldBeNull();
        TradeStatistics.ProfitFactor(Trades(-5)).ShouldBe(0);
        TradeStatistics.Sqn(Trades(5)).ShouldBeNull();
        TradeStatistics.Sqn(Trades(5, 5, 5)).ShouldBeNull("no spread to divide by");
    }

    private static RoundTrip[] Trades(params decimal[] pnl) => [.. pnl.Select((value, i) => BacktestResults.Trade(i + 1, value))];
}
