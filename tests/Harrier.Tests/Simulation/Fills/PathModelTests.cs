using Harrier.Domain;
using Harrier.Engine.Positions;
using Harrier.Engine.Strategies;
using Harrier.Simulation.Fills;
using Harrier.Tests.Support;

namespace Harrier.Tests.Simulation.Fills;

/// <summary>One protected position over many bars: no path model beats the optimistic one or is worse than the pessimistic one.</summary>
public sealed class PathModelTests
{
    [Theory]
    [InlineData(SignalSide.Buy)]
    [InlineData(SignalSide.Sell)]
    public void ProfitOfOnePosition_LiesBetweenPessimisticAndOptimistic(SignalSide side)
    {
        int different = 0;
        for (int seed = 1; seed <= 300; seed++)
        {
            decimal worst = Profit(PathModel.Pessimistic, side, seed);
            decimal best = Profit(PathModel.Optimistic, side, seed);
            foreach (PathModel model in (ReadOnlySpan<PathModel>)[PathModel.Random, PathModel.Nearest, PathModel.HighFirst])
            {
                Profit(model, side, seed).ShouldBeInRange(worst, best, $"{model}, seed {seed}");
            }

            different += worst == best ? 0 : 1;
        }

        different.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void Random_WithAnotherSeed_TakesOtherPaths()
    {
        decimal[] profits = [.. Enumerable.Range(0, 40).Select(coin => Profit(PathModel.Random, SignalSide.Buy, 7, coin))];
        profits.Distinct().Count().ShouldBeGreaterThan(1);
        Profit(PathModel.Random, SignalSide.Buy, 7, 3).ShouldBe(profits[3]);
    }

    // Bars wide enough that stop and target are often both inside; entered at an open, so that every model enters at the same price.
    private static decimal Profit(PathModel model, SignalSide side, int seed, int coin = 0)
    {
        BacktestScenario run = new()
        {
            Kind = InstrumentKind.LinearPerpetual,
            Fills = BacktestScenario.Free with { Path = model, Seed = coin },
            Protection = new ProtectionSettings { StopLoss = 0.02m, TakeProfit = 0.02m },
        };
        run.Run(RandomBars.Walk(seed, 12, start: 1000, step: 30), (s, i) =>
        {
            if (i == 0)
            {
                s.Signal(side);
            }
        });
        run.Loop.CloseOut();
        return run.Trips.Sum(trip => trip.Pnl);
    }
}
