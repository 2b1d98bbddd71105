using Harrier.Testnet.Markets;

namespace Harrier.Exchanges.Tests.Testnet.Markets;

public sealed class LivelyScenarioTests
{
    private const int StepsOfAnHour = 36_000;

    [Fact]
    public void Advance_OverAnHour_RunsAndRests_WithinAQuarter()
    {
        double[] path = PathOf(7);
        double[] minutes = [.. Enumerable.Range(0, (StepsOfAnHour / 600) - 1).Select(i => Math.Abs(path[(i + 1) * 600] - path[i * 600]))];
        minutes.Max().ShouldBeInRange(0.045, 0.075 + 1e-9, "the fastest minute");
        minutes.Count(static move => move > 0.035).ShouldBeInRange(15, 55, "most of the time it runs");
        path.Select(Math.Abs).Max().ShouldBeLessThan(0.35);
        Enumerable.Range(1, StepsOfAnHour - 1).Count(i => path[i] == path[i - 1]).ShouldBeGreaterThan(2_000, "it rests in between");
        path[..50].ShouldAllBe(static value => value == 0, "the first run does not begin at once");
        path[300].ShouldNotBe(0, "nor does it wait for long");
    }

    [Fact]
    public void Advance_WithOneSeed_IsTheSame_AndWithAnotherNot()
    {
        PathOf(7).ShouldBe(PathOf(7));
        PathOf(8).ShouldNotBe(PathOf(7));
    }

    // Logarithm of the factor on the price, by steps.
    private static double[] PathOf(long seed)
    {
        PriceShift shift = new();
        LivelyScenario scenario = new([shift], seed);
        double[] path = new double[StepsOfAnHour];
        for (int step = 0; step < StepsOfAnHour; step++)
        {
            scenario.Advance(step);
            shift.Advance();
            path[step] = shift.Value;
        }

        return path;
    }
}
