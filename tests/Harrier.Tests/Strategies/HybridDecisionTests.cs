using Harrier.Engine.Strategies;
using Harrier.Strategies;

namespace Harrier.Tests.Strategies;

/// <summary>Expected values: systems specification, section 5.5, obtained by running the original.</summary>
public sealed class HybridDecisionTests
{
    private static readonly TechnicalReadings Bullish = new(25, 1, 90, 95, 105, 1);
    private static readonly TechnicalReadings Bearish = new(75, -1, 110, 95, 105, -1);
    private static readonly TechnicalReadings Neutral = new(50, 0, 100, 95, 105, 0);

    public static TheoryData<TechnicalReadings, HybridVote?, HybridDecision, bool> Cases => new()
    {
        { Bullish, null, new(SignalSide.Buy, 1, false), true },
        { Bullish, new(1, 0.9), new(SignalSide.Buy, 0.94, true), true },
        { Bearish, new(1, 0.9), new(SignalSide.Hold, 0.14, true), false },
        { Bearish, new(1, 0.59), new(SignalSide.Sell, 1, false), true },
        { Neutral, new(1, 0.6), new(SignalSide.Buy, 0.36, true), false },
        { Neutral, new(-1, 0.8), new(SignalSide.Sell, 0.48, true), false },
        { Bullish, new(0, 0.9), new(SignalSide.Buy, 0.4, true), false },
        { Neutral, new(0, 0.9), new(SignalSide.Hold, 0, true), false },
        { new(35, 1, 100, 95, 105, 0), null, new(SignalSide.Buy, 0.5, false), true },
        { new(65, 1, 100, 95, 105, 1), null, new(SignalSide.Buy, 0.25, false), false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Combine_CasesOfTheOriginal_GiveItsDecision(TechnicalReadings readings, HybridVote? prediction, HybridDecision expected, bool tradable)
    {
        HybridDecision decision = HybridDecision.Combine(readings.Vote(), prediction);
        decision.Side.ShouldBe(expected.Side);
        decision.Confidence.ShouldBe(expected.Confidence, 1e-12);
        decision.UsesPrediction.ShouldBe(expected.UsesPrediction);
        decision.IsTradable().ShouldBe(tradable);
    }

    [Theory]
    [InlineData(29.9, 2, 5)]
    [InlineData(30, 1, 4)]
    [InlineData(40, 0, 4)]
    [InlineData(60, 0, 4)]
    [InlineData(70, -1, 4)]
    [InlineData(70.1, -2, 5)]
    public void Vote_RsiAtItsLimits_CountsAsInTheOriginal(double rsi, int points, int stake)
    {
        HybridVote vote = (Neutral with { Rsi = rsi }).Vote();
        vote.Direction.ShouldBe(Math.Sign(points));
        vote.Strength.ShouldBe(Math.Abs(points) / (double)stake, 1e-12);
    }
}
