using System.Text.Json;
using Harrier.Hosting.Portfolio;

namespace Harrier.Tests.Hosting.Portfolio;

/// <summary>Settings of portfolio bots: the ranges of guide 003's BotConfig, whatever the way in.</summary>
public sealed class PortfolioSettingsTests
{
    [Fact]
    public void Defaults_AreThoseOfTheGuide()
    {
        PortfolioSettings settings = new();
        (settings.IsActive, settings.RiskTolerance, settings.MinConfidenceScore, settings.TradeSizeAmount, settings.TradeSizePercentage, settings.CheckIntervalSeconds, settings.CacheTtlSeconds, settings.VolatilityWindow)
            .ShouldBe((false, 0.5, 0.7, null, 0.1m, 5, 3, 10));
    }

    [Theory]
    [InlineData("risk_tolerance", "0", true)]
    [InlineData("risk_tolerance", "1", true)]
    [InlineData("risk_tolerance", "1.0001", false)]
    [InlineData("risk_tolerance", "-0.1", false)]
    [InlineData("risk_tolerance", "NaN", false)]
    [InlineData("min_confidence", "0.75", true)]
    [InlineData("min_confidence_score", "2", false)]
    [InlineData("trade_size_amount", "none", true)]
    [InlineData("trade_size_amount", "0", false)]
    [InlineData("trade_size_amount", "12345678901.5", true)]
    [InlineData("trade_size_percentage", "0.01", true)]
    [InlineData("trade_size_percentage", "0.0099", false)]
    [InlineData("check_interval", "300", true)]
    [InlineData("check_interval_seconds", "301", false)]
    [InlineData("check_interval_seconds", "2.5", false)]
    [InlineData("cache_ttl", "60", true)]
    [InlineData("cache_ttl_seconds", "0", false)]
    [InlineData("reserves", "USD:100,btc:0.5", true)]
    [InlineData("reserves", "USD:-1", false)]
    [InlineData("reserves", "USD", false)]
    [InlineData("is_active", "yes", false)]
    [InlineData("priority", "1", false)]
    public void With_KeepsTheRanges(string name, string text, bool isAllowed)
    {
        (PortfolioSettings? settings, string? fault) = new PortfolioSettings().With(name, text);
        (settings is not null).ShouldBe(isAllowed, fault);
        (fault?.StartsWith(name + ": ", StringComparison.Ordinal) ?? true).ShouldBeTrue();
    }

    [Fact]
    public void Text_ComesBackAsItWas()
    {
        List<string> faults = [];
        PortfolioSettings settings = new PortfolioSettings().WithAll(
            [
                new("is_active", "true"), new("risk_tolerance", "0.3"), new("trade_size_amount", "0.10"), new("max_slippage", "0.0005"), new("model", "mean-reversion"), new("reserves", "USD:100.50,BTC:1"),
                new("dry_run", "true"),
            ],
            faults)!;
        faults.ShouldBeEmpty();
        PortfolioSettings.Parse(settings.ToText()).ShouldBe(settings);
        PortfolioSettings.Parse("{}").ShouldBe(new PortfolioSettings());
        Should.Throw<FormatException>(() => PortfolioSettings.Parse("""{"risk_tolerance":"7"}"""));
        Should.Throw<FormatException>(() => PortfolioSettings.Parse("[]"));
    }

    [Fact]
    public void SeveralChanges_AreAllMade_OrNone()
    {
        List<string> faults = [];
        new PortfolioSettings().WithAll([new("risk_tolerance", "0.9"), new("cache_ttl", "61"), new("nope", "1")], faults).ShouldBeNull();
        faults.Count.ShouldBe(2);
    }

    [Fact]
    public void JsonValues_OfTheWrongKind_AreFaults()
    {
        List<string> faults = [];
        using JsonDocument json = JsonDocument.Parse("""{"risk_tolerance":"0.5","model":1,"is_active":true,"trade_size_amount":null}""");
        PortfolioSettings.ChangesOf(json.RootElement, faults).ShouldBe([new("is_active", "true"), new("trade_size_amount", "null")]);
        faults.ShouldBe(["risk_tolerance: \"0.5\": a number from 0 to 1", "model: 1: momentum or mean-reversion"]);
    }
}
