using Harrier.Domain;
using Harrier.Features.Portfolio;

namespace Harrier.Tests.Features.Portfolio;

public sealed class PortfolioBotSettingsTests
{
    public static TheoryData<string, PortfolioBotSettings> OutOfRange => new()
    {
        { "risk_tolerance", new() { RiskTolerance = 1.5 } },
        { "risk_tolerance", new() { RiskTolerance = double.NaN } },
        { "min_confidence", new() { MinConfidence = -0.01 } },
        { "min_expected_return", new() { MinExpectedReturn = -1 } },
        { "trade_size_amount", new() { TradeSizeAmount = 0 } },
        { "trade_size_percentage", new() { TradeSizePercentage = 0.009m } },
        { "trade_size_percentage", new() { TradeSizePercentage = 1.01m } },
        { "volatility_window", new() { VolatilityWindow = 2 } },
        { "model", new() { Model = (ReturnModel)9 } },
        { "horizon", new() { Horizon = TimeSpan.Zero } },
        { "fee", new() { Fee = 0.6m } },
        { "most_hops", new() { MostHops = 4 } },
        { "stale_after", new() { StaleAfter = TimeSpan.Zero } },
        { "numeraire", new() { Numeraire = default } },
        { "min_notional", new() { MinNotional = -1 } },
        { "reserve", new() { Reserves = new Dictionary<Asset, decimal> { [new("BTC")] = -1 } } },
        { "decimals", new() { Decimals = new Dictionary<Asset, int> { [new("BTC")] = 19 } } },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Check_OutOfRange_NamesTheField(string field, PortfolioBotSettings settings)
    {
        Should.Throw<PortfolioInputException>(settings.Check).Field.ShouldBe(field);
        Should.Throw<PortfolioInputException>(() => new PortfolioOptimizer(settings, []));
    }

    [Fact]
    public void Check_Defaults_AreThoseOfTheGuide()
    {
        PortfolioBotSettings settings = new PortfolioBotSettings().Check();
        (settings.RiskTolerance, settings.MinConfidence, settings.TradeSizePercentage, settings.VolatilityWindow, settings.MinExpectedReturn)
            .ShouldBe((0.5, 0.7, 0.1m, 10, 0.001));
    }

    [Theory]
    [InlineData(null, 0.1, 0, 1.2345678)]
    [InlineData(null, 1, 2, 10.345678)]
    [InlineData(5.0, 0.1, 0, 5)]
    [InlineData(50.0, 0.1, 0, 12.345678)]
    [InlineData(50.0, 0.1, 12, 0.345678)]
    [InlineData(50.0, 0.1, 13, 0)]
    public void SizeOf_Holding_IsAmountOrShareAboveTheReserve(double? amount, double share, double reserve, double expected)
    {
        Asset btc = new("BTC");
        PortfolioBotSettings settings = new()
        {
            TradeSizeAmount = (decimal?)amount,
            TradeSizePercentage = (decimal)share,
            Reserves = new Dictionary<Asset, decimal> { [btc] = (decimal)reserve },
        };
        settings.SizeOf(new Money(12.345678m, btc)).ShouldBe((decimal)expected);
    }

    [Fact]
    public void SizeOf_FewDecimals_IsRoundedDown() =>
        new PortfolioBotSettings { Decimals = new Dictionary<Asset, int> { [new("USD")] = 2 } }.SizeOf(new Money(123.499m, new("USD"))).ShouldBe(12.34m);
}
