using Harrier.Engine.Strategies;
using Harrier.Strategies;

namespace Harrier.Tests.Engine.Strategies;

public sealed class ResolutionNeedsTests
{
    private static readonly StrategyCatalog Catalog = new(typeof(MeanReversion).Assembly);

    [Theory]
    [InlineData("EMA_CROSS", MarketResolution.Bars)]
    [InlineData("WYCKOFF", MarketResolution.Bars)]
    [InlineData("DENSITY_BREAKOUT", MarketResolution.Book)]
    [InlineData("PRELEVEL_LIMIT", MarketResolution.Book)]
    public void Of_StrategyOfTheCatalog_IsTheLeastThatFeedsIt(string key, MarketResolution expected) =>
        ResolutionNeeds.Of(Catalog.Create(key, [])).ShouldBe(expected);

    [Fact]
    public void Of_EveryStrategyOfTheCatalog_CanBeToldWithoutAMarket()
    {
        foreach (StrategyDescriptor strategy in Catalog.Strategies)
        {
            MarketResolution needed = ResolutionNeeds.Of(strategy.Configure([]));
            TestContext.Current.SendDiagnosticMessage("{0} {1}", strategy.Key, needed);
            needed.ShouldBeOneOf(Enum.GetValues<MarketResolution>());
        }
    }
}
