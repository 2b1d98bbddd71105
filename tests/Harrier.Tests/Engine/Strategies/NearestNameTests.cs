using Harrier.Engine.Strategies;

namespace Harrier.Tests.Engine.Strategies;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("BREAKOT", "BREAKOUT")]
    [InlineData("mean_revesion", "MEAN_REVERSION")]
    [InlineData("vwpa", "VWAP")]
    [InlineData("PAVW", null)]
    [InlineData("VWA", "VWAP")]
    [InlineData("XYZ", null)]
    [InlineData("", null)]
    public void Find_Misspelling_GivesTheNearestOrNothing(string name, string? expected) =>
        NearestName.Find(name, ["BREAKOUT", "MEAN_REVERSION", "VWAP"]).ShouldBe(expected);
}
