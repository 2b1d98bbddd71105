using Harrier.Features.Patterns;

namespace Harrier.Tests.Features.Patterns;

public sealed class WyckoffScoreTests
{
    [Theory]
    [InlineData(WyckoffParts.Climax | WyckoffParts.Rally | WyckoffParts.Spring | WyckoffParts.Confirmation, 50, 3, 90)]
    [InlineData(WyckoffParts.None, 100, 0, 20)]
    [InlineData(WyckoffParts.Climax, 20, 2, 19)]
    [InlineData(WyckoffParts.Climax | WyckoffParts.Rally | WyckoffParts.Spring | WyckoffParts.Confirmation, 100, 9, 100)]
    public void Strength_Parts_MeetsTheVectors(WyckoffParts parts, double institutional, int spikes, double expected) =>
        WyckoffScore.Strength(parts, institutional, spikes).ShouldBe(expected, 1e-12);

    [Theory]
    [InlineData(50, 0.6)]
    [InlineData(90, 1)]
    [InlineData(0, 0)]
    public void Confidence_Strength_IsAFraction(double strength, double expected) => WyckoffScore.Confidence(strength).ShouldBe(expected, 1e-12);
}
