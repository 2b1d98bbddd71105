using Harrier.Domain;
using Harrier.Hosting.Performance;
using Harrier.Storage.Records.Rows;

namespace Harrier.Tests.Hosting.Performance;

/// <summary>The five trades of the specification's vectors for the performance monitor (5.3), with a breakeven that is no loss and drawdown from the peak, and what minutes of several bots make.</summary>
public sealed class PerformanceSnapshotTests
{
    private static readonly Timestamp Begin = Timestamp.From(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Of_FiveTrades_GivesTheFiguresOfTheVectors()
    {
        decimal[] pnl = [50, -50, 500, -1000, 0];
        List<TradeRow> trades = [.. pnl.Select(static (amount, i) => Trade(i + 1, amount))];
        List<EquityRow> equity = [];
        decimal sum = 0;
        for (int i = 0; i < pnl.Length; i++)
        {
            sum += pnl[i];
            equity.Add(Minute("a", i * 1440, 10_000 + sum, sum));
        }

        PerformanceSnapshot snapshot = PerformanceSnapshot.Of(trades, equity, Begin);

        (snapshot.PaidIn, snapshot.Equity, snapshot.Pnl, snapshot.ClosedPnl).ShouldBe((10_000m, 9_500m, -500m, -500m));
        (snapshot.Trades, snapshot.Wins, snapshot.Losses, snapshot.Breakeven).ShouldBe((5, 2, 2, 1));
        snapshot.WinRate.ShouldBe(0.4);
        (snapshot.AverageWin, snapshot.AverageLoss, snapshot.Expectancy).ShouldBe((275m, -525m, -100m));
        snapshot.ProfitFactor!.Value.ShouldBe(0.52380952381, 1e-11);
        snapshot.MaxDrawdown.ShouldBe(0.0952380952381, 1e-13);
        snapshot.CurrentDrawdown.ShouldBe(0.0952380952381, 1e-13);
        snapshot.AverageTradeMinutes.ShouldBe(30);

        snapshot.Sharpe!.Value.ShouldBe(SharpeOf([0.005, -50.0 / 10_050, 0.05, -1000.0 / 10_500, 0]), 1e-12);
    }

    [Fact]
    public void Of_Nothing_HasNoRatios()
    {
        PerformanceSnapshot snapshot = PerformanceSnapshot.Of([], [], Begin);

        (snapshot.PaidIn, snapshot.Equity, snapshot.Trades, snapshot.MaxDrawdown).ShouldBe((0m, 0m, 0, 0.0));
        (snapshot.WinRate, snapshot.ProfitFactor, snapshot.AverageWin, snapshot.Sharpe).ShouldBe((null, null, null, null));
    }

    [Fact]
    public void Of_ABotThatBeginsLater_IsNoProfit_AndOneThatIsSilentStaysWhereItWas()
    {
        PerformanceSnapshot snapshot = PerformanceSnapshot.Of(
            [],
            [
                Minute("a", 0, 1_000, 0), Minute("a", 1, 1_100, 100), Minute("b", 2, 5_000, 0), Minute("a", 2, 1_100, 100), Minute("b", 3, 4_390, -610),
            ],
            Begin);

        // 6000, 6100, 6100, 5490: a tenth below the peak, with bot a counted at its last known worth.
        (snapshot.PaidIn, snapshot.Equity).ShouldBe((6_000m, 5_490m));
        snapshot.MaxDrawdown.ShouldBe(0.1, 1e-15);
        snapshot.Sharpe.ShouldBeNull("one day has no spread");
    }

    [Fact]
    public void Of_ADayWithoutAMinute_CountsAsAReturnOfZero()
    {
        PerformanceSnapshot snapshot = PerformanceSnapshot.Of([], [Minute("a", 0, 1_010, 10), Minute("a", 2 * 1440, 1_020.1m, 20.1m)], Begin);

        snapshot.Sharpe!.Value.ShouldBe(SharpeOf([0.01, 0, 0.01]), 1e-9);
    }

    private static double SharpeOf(double[] returns)
    {
        double mean = returns.Sum() / returns.Length;
        return Math.Sqrt(365) * mean / Math.Sqrt(returns.Sum(value => (value - mean) * (value - mean)) / (returns.Length - 1));
    }

    private static EquityRow Minute(string bot, int minute, decimal equity, decimal pnl) => new() { Account = "x", Bot = bot, Time = Begin + TimeSpan.FromMinutes(minute), Equity = equity, Pnl = pnl };

    private static TradeRow Trade(int number, decimal pnl) => new()
    {
        Number = number,
        Bot = "a",
        Symbol = "BTCUSDT",
        Side = "long",
        EntryTime = Begin,
        ExitTime = Begin + TimeSpan.FromMinutes(30),
        Pnl = pnl,
        ExitReason = "signal",
    };
}
