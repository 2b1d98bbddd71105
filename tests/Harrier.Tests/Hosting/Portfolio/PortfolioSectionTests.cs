using System.Text.Json.Nodes;
using Harrier.Engine.Strategies;
using Harrier.Hosting.Configuration;
using Harrier.Hosting.Portfolio;
using Harrier.Strategies;

namespace Harrier.Tests.Hosting.Portfolio;

/// <summary>Portfolio accounts in the configuration of a run.</summary>
public sealed class PortfolioSectionTests
{
    private const string Account = """{"name":"alpha","venue":"sim-x","bots":[{"name":"trend","strategy":"EMA_CROSS","symbol":"BTCUSDT","interval":"1m"}]}""";

    [Fact]
    public void Portfolio_IsReadWithItsBotsAndPairs()
    {
        RunSettings settings = Read("""{"name":"folio","venue":"broker","fee":0.01,"pairs":["btc-usd","ETH-USD"],"bots":[{"name":"bold","risk_tolerance":0.9,"dry_run":true}]}""");
        PortfolioAccountSettings folio = settings.Portfolios.ShouldHaveSingleItem();
        (folio.Name, folio.Venue, folio.Endpoint, folio.Fee, folio.Mode).ShouldBe(("folio", "broker", AccountSettings.BuiltIn, 0.01m, "demo"));
        folio.Pairs.Select(static pair => (pair.Symbol, pair.Priority)).ShouldBe([("BTC-USD", 100), ("ETH-USD", 90)]);
        ConfiguredBot bot = folio.Bots.ShouldHaveSingleItem();
        (bot.Name, bot.Settings.IsActive, bot.Settings.RiskTolerance, bot.Settings.IsDryRun, bot.Settings.CheckIntervalSeconds).ShouldBe(("bold", true, 0.9, true, 5));
    }

    [Theory]
    [InlineData("""{"venue":"broker","bots":[{"name":"bold","risk_tolerance":2}]}""", "portfolios[0].bots[0].risk_tolerance: 2: a number from 0 to 1")]
    [InlineData("""{"venue":"broker","pairs":["BTC"],"bots":[{"name":"bold"}]}""", "portfolios[0].pairs[0]: BTC: two different assets")]
    [InlineData("""{"venue":"broker","endpoint":"live","key_file":"k","bots":[{"name":"bold"}]}""", "portfolios[0].confirm_live: none given: ")]
    [InlineData("""{"venue":"broker","endpoint":"testnet","bots":[{"name":"bold"}]}""", "portfolios[0].key_file: none given: ")]
    public void Fault_IsNamedWithItsPlace(string portfolio, string fault) =>
        Should.Throw<ConfigurationException>(() => Read(portfolio)).Faults.ShouldHaveSingleItem().ShouldStartWith(fault);

    private static RunSettings Read(string portfolio) =>
        new SettingsReader(new StrategyCatalog(typeof(MeanReversion).Assembly), ["sim-x"]).Read((JsonObject)JsonNode.Parse($$"""{"accounts":[{{Account}}],"portfolios":[{{portfolio}}]}""")!);
}
