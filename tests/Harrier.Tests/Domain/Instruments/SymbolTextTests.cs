using Harrier.Domain;

namespace Harrier.Tests.Domain.Instruments;

/// <summary>The ways in which symbols are written.</summary>
public sealed class SymbolTextTests
{
    [Theory]
    [InlineData("BTCUSDT", "BTC", "USDT")]
    [InlineData("btc/usdt", "BTC", "USDT")]
    [InlineData("BTC-USD", "BTC", "USD")]
    [InlineData("ETH_BTC", "ETH", "BTC")]
    [InlineData("BTCFDUSD", "BTC", "FDUSD")]
    [InlineData("1000PEPEUSDC", "1000PEPE", "USDC")]
    public void TryParse_KnownForms_AreSplit(string text, string baseAsset, string quoteAsset)
    {
        SymbolText.TryParse(text, out Asset left, out Asset right).ShouldBeTrue();
        left.Code.ShouldBe(baseAsset);
        right.Code.ShouldBe(quoteAsset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("USDT")]
    [InlineData("BTC/")]
    [InlineData("/USDT")]
    [InlineData("hello")]
    [InlineData("B C/USDT")]
    public void TryParse_OtherText_IsRefused(string text) => SymbolText.TryParse(text, out _, out _).ShouldBeFalse();
}
