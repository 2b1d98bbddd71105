namespace Harrier.Architecture.Tests.Rules;

public sealed class VenueNamesTests
{
    [Theory]
    [InlineData("src/Harrier.Engine/A.cs", "class BinanceVenue;", true)]
    [InlineData("src/Harrier.Engine/A.cs", "class A { string x = \"bybit-spot\"; }", true)]
    [InlineData("src/Harrier.Engine/A.cs", "class A { string x = $\"{1}UPHOLD\"; }", true)]
    [InlineData("src/Harrier.Exchanges.Bybit/A.cs", "class BinanceVenue;", true)]
    [InlineData("src/Harrier.Engine/A.cs", "/// <summary>Such as Binance.</summary>\nclass A; // Bybit too", false)]
    [InlineData("src/Harrier.Exchanges.Binance/A.cs", "class BinanceVenue;", false)]
    [InlineData("src/Harrier.Testnet/A.cs", "class BinanceWire;", false)]
    public void OutOfPlace_CodeOutsideTheVenuesProject_IsFound(string path, string text, bool found) =>
        VenueNames.OutOfPlace(SourceFile.Sample(path, text)).Any().ShouldBe(found);
}
