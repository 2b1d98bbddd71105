using Harrier.Domain;

namespace Harrier.Tests.Domain;

/// <summary>Amounts of an asset.</summary>
public sealed class MoneyTests
{
    [Fact]
    public void Add_SameAsset_IsExact() => (new Money(0.1m, new Asset("USDT")) + new Money(0.2m, new Asset("usdt"))).ShouldBe(new Money(0.3m, new Asset("USDT")));

    [Fact]
    public void AddOrSubtract_DifferentAssets_IsAnError()
    {
        Should.Throw<InvalidOperationException>(() => new Money(1, new Asset("BTC")) + new Money(1, new Asset("ETH"))).Message.ShouldContain("BTC");
        Should.Throw<InvalidOperationException>(() => new Money(1, new Asset("BTC")) - new Money(1, new Asset("ETH")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("US DT")]
    public void Asset_WithoutACode_IsRefused(string code) => Should.Throw<ArgumentException>(() => new Asset(code));

    [Theory]
    [InlineData("")]
    [InlineData("Binance")]
    [InlineData("a b")]
    public void VenueId_OutOfForm_IsRefused(string name) => Should.Throw<ArgumentException>(() => new VenueId(name));
}
