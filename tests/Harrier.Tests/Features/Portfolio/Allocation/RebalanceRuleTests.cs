using FsCheck;
using FsCheck.Fluent;
using Harrier.Features.Portfolio;
using Harrier.Features.Portfolio.Allocation;

namespace Harrier.Tests.Features.Portfolio.Allocation;

public sealed class RebalanceRuleTests
{
    [Fact]
    public void Moves_WithinTheBand_TradesNothing() => new RebalanceRule().Moves([540, 460], [0.5, 0.5]).ShouldBe([0, 0]);

    [Fact]
    public void Moves_OutOfTheBand_GoesToTheTarget() => new RebalanceRule().Moves([600, 400], [0.5, 0.5]).ShouldBe([-100, 100]);

    [Fact]
    public void Moves_ToTheEdge_TradesLess() => new RebalanceRule { ToEdge = true }.Moves([600, 400], [0.5, 0.5]).Select(move => Math.Round(move, 9)).ShouldBe([-50, 50]);

    [Fact]
    public void Moves_RelativeBand_IsAShareOfEachTarget()
    {
        RebalanceRule rule = new() { Band = 0.25, IsRelative = true };
        rule.Moves([820, 120, 60], [0.8, 0.1, 0.1]).ShouldBe([-20, -20, 40], "0.06 is more than a quarter off 0.1");
        rule.Moves([820, 100, 80], [0.8, 0.1, 0.1]).ShouldBe([0, 0, 0]);
    }

    [Fact]
    public void Moves_TurnoverLimit_GoesAPartOfTheWay() => new RebalanceRule { MostTurnover = 0.05 }.Moves([700, 300], [0.5, 0.5]).Select(move => Math.Round(move, 9)).ShouldBe([-50, 50]);

    [Fact]
    public void Moves_SmallAmount_IsLeftAlone() =>
        new RebalanceRule { MinNotional = 10 }.Moves([700, 295, 5], [0.5, 0.495, 0.005]).Select(move => Math.Round(move, 9)).ShouldBe([-200, 200, 0]);

    [Fact]
    public void Moves_AnyPortfolio_BuysWhatItSellsAndEndsInTheBands()
    {
        var generator = from values in Gen.Choose(0, 100_000).ListOf(5)
                        from raw in Gen.Choose(1, 100).ListOf(5)
                        from edge in Gen.Elements(true, false)
                        where values.Sum() > 0
                        select (values, raw, edge);
        Prop.ForAll(generator.ToArbitrary(), sample =>
        {
            double[] targets = [.. sample.raw.Select(part => part / (double)sample.raw.Sum())];
            decimal[] values = [.. sample.values.Select(value => (decimal)value)];
            decimal total = values.Sum();
            decimal[] moves = new RebalanceRule { ToEdge = sample.edge, Band = 0.03 }.Moves(values, targets);
            ((double)(moves.Sum() / total)).ShouldBe(0, 1e-9);
            for (int i = 0; i < values.Length; i++)
            {
                ((double)((values[i] + moves[i]) / total)).ShouldBeInRange(targets[i] - 0.03 - 1e-9, targets[i] + 0.03 + 1e-9);
                ((double)((values[i] + moves[i]) / total)).ShouldBeGreaterThan(-1e-9);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(1, 3));
    }

    [Fact]
    public void Moves_Inputs_AreChecked()
    {
        Should.Throw<PortfolioInputException>(() => new RebalanceRule().Moves([1], [0.5, 0.5])).Field.ShouldBe("targets");
        Should.Throw<PortfolioInputException>(() => new RebalanceRule().Moves([1, 1], [0.5, 0.6])).Field.ShouldBe("targets");
        Should.Throw<PortfolioInputException>(() => new RebalanceRule { Band = 2 }.Moves([1, 1], [0.5, 0.5])).Field.ShouldBe("rebalance");
        new RebalanceRule().Moves([0, 0], [0.5, 0.5]).ShouldBe([0, 0]);
    }
}
