using Harrier.Features.Portfolio;

namespace Harrier.Tests.Features.Portfolio;

public sealed class TradingPairTests
{
    [Theory]
    [InlineData("BTC-USD")]
    [InlineData(" btc/usd ")]
    public void Parse_Pair_IsReadInUpperCase(string text) => TradingPair.Parse(text, 7).ShouldBe(new TradingPair(new("BTC"), new("USD"), 7));

    [Theory]
    [InlineData("BTCUSD")]
    [InlineData("BTC-")]
    [InlineData("BTC-btc")]
    [InlineData("BTC-USD-EUR")]
    [InlineData("B C-USD")]
    [InlineData("ABCDEFGHIJKLMNOP-USDT")]
    public void Parse_NoPair_SaysWhatIsAllowed(string text)
    {
        PortfolioInputException fault = Should.Throw<PortfolioInputException>(() => TradingPair.Parse(text));
        (fault.Field, fault.Value).ShouldBe(("pair", text));
    }

    [Fact]
    public void Parse_PriorityOutOfRange_IsRefused() => Should.Throw<PortfolioInputException>(() => TradingPair.Parse("BTC-USD", 1001)).Field.ShouldBe("priority");
}
