using Harrier.Features.Portfolio;
using Harrier.Research.Portfolios;
using static Harrier.Tests.Research.Portfolios.PortfolioScene;

namespace Harrier.Tests.Research.Portfolios;

public sealed class AlignedPricesTests
{
    [Fact]
    public void Of_GapsAndCrosses_KeepsInstantsThatAllHave()
    {
        AlignedPrices prices = AlignedPrices.Of(
            [Series(0, "BTC", (1, 100), (1, 110), null, (1, 120)), Quoted(1, "ETH", "BTC", (1, 0.1m), (1, 0.2m), (1, 0.3m), (1, 0.4m))], Usdt, 100, CancellationToken.None);

        prices.Assets.Select(asset => asset.Code).ShouldBe(["BTC", "ETH"]);
        prices.Times.ShouldBe([At(1), At(2), At(4)]);
        prices.Prices[0].ShouldBe([100, 110, 120]);
        prices.Prices[1].ShouldBe([10, 22, 48], 1e-9);
        prices.Returns().Periods.ShouldBe(2);
    }

    [Fact]
    public void Of_MostInstants_KeepsTheNewest() =>
        AlignedPrices.Of([Series(0, "BTC", (1, 100), (1, 110), (1, 120), (1, 130))], Usdt, 3, CancellationToken.None).Prices[0].ShouldBe([110, 120, 130]);

    [Fact]
    public void Of_NothingLeadsToTheNumeraire_IsRefused()
    {
        Should.Throw<PortfolioInputException>(() => AlignedPrices.Of([Series(0, "BTC", (1, 1))], new("EUR"), 3, CancellationToken.None)).Field.ShouldBe("numeraire");
        Should.Throw<PortfolioInputException>(() => AlignedPrices.Of([Series(0, "BTC", (1, 1), (1, 2))], Usdt, 3, CancellationToken.None).Returns()).Field.ShouldBe("data");
    }
}
