using System.Text.Json.Nodes;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Hosting.Configuration;
using Harrier.Tests.Hosting.Accounts;

namespace Harrier.Tests.Hosting.Configuration;

/// <summary>What a configuration may say, and that everything it may not say is named at once.</summary>
public sealed class SettingsReaderTests
{
    private const string Bot = """{ "name": "b", "strategy": "RSI_CROSS", "symbol": "BTC/USDT" }""";

    [Fact]
    public void Read_TheLeast_HasTheDocumentedDefaults()
    {
        RunSettings run = Read($$"""{ "accounts": [ { "name": "a", "venue": "sim-y-spot", "bots": [ {{Bot}} ] } ] }""");

        run.Seed.ShouldBe(1);
        AccountSettings account = run.Accounts.ShouldHaveSingleItem();
        (account.Endpoint, account.MakerFeeBps, account.TakerFeeBps, account.SlippageBps, account.Leverage).ShouldBe((AccountSettings.BuiltIn, 10, 10, 5, 1));
        BotSettings bot = account.Bots.ShouldHaveSingleItem();
        (bot.Symbol, bot.Interval.ToString(), bot.Balance, bot.Size).ShouldBe(("BTCUSDT", "1m", 10_000, new PositionSizing(SizingMethod.FractionOfEquity, 0.2m)));
        (bot.Protection.StopLoss, bot.Protection.TakeProfit, bot.Protection.TrailingStop, bot.Protection.TimeStop).ShouldBe((0.03m, 0.05m, null, null));
    }

    [Fact]
    public void Read_ManyFaults_NamesThemAllWithTheirPlace() => Faults("""
        {
          "sead": 3,
          "accounts": [
            {
              "name": "A", "venu": "sim-y-spot", "leverage": 3, "mode": "real",
              "bots": [
                { "name": "b", "strategy": "RSI_CROS", "symbol": "BTC", "balance": -4, "sizee": 3 },
                { "name": "c", "strategy": "DENSITY_BREAKOUT", "symbol": "BTCUSDT", "stop_loss": 1.5, "parameters": { "nope": 1 } }
              ]
            }
          ]
        }
        """).ShouldBe(
        [
            "accounts[0].venue: none given",
            "accounts[0].mode: real",
            "accounts[0].name: A",
            "accounts[0].bots[0].strategy: RSI_CROS",
            "accounts[0].bots[0].symbol: BTC",
            "accounts[0].bots[0].balance: -4",
            "accounts[0].bots[0].sizee: 3",
            "accounts[0].bots[1].nope: 1",
            "accounts[0].bots[1].stop_loss: 1.5",
            "accounts[0].venu: \"sim-y-spot\"",
            "sead: 3",
        ],
        ignoreOrder: true);

    [Theory]
    [InlineData("RSI_CROSS", "", MarketResolution.Bars)]
    [InlineData("RSI_CROSS", "\"resolution\": \"ticks\", ", MarketResolution.Ticks)]
    [InlineData("DENSITY_BREAKOUT", "", MarketResolution.Book)]
    public void Read_Resolution_IsWhatIsSaidOrTheLeastThatTheStrategiesNeed(string strategy, string said, MarketResolution expected) =>
        Read($$"""{ "accounts": [ { "name": "a", "venue": "sim-y-spot", {{said}}"bots": [ {{Bot.Replace("RSI_CROSS", strategy, StringComparison.Ordinal)}} ] } ] }""")
            .Accounts.Single().Resolution.ShouldBe(expected);

    [Theory]
    [InlineData("""{ "accounts": [ { "name": "a", "venue": "sim-y-spot", "resolution": "ticks", "bots": [ { "name": "b", "strategy": "DENSITY_BREAKOUT", "symbol": "BTCUSDT" } ] } ] }""", "accounts[0].resolution: ticks: book: the strategy of bot b decides on what is finer than ticks")]
    [InlineData("""{ "accounts": [ { "name": "a", "venue": "sim-y-spot", "latency_ms": -1, "bots": [ BOT ] } ] }""", "accounts[0].latency_ms: -1: a number from 0 to 10000")]
    [InlineData("""{ "accounts": [ { "name": "a", "venue": "sim-y-spot", "leverage": 2, "bots": [ BOT ] } ] }""", "accounts[0].leverage: 2: 1 on a spot market")]
    [InlineData("""{ "accounts": [ { "name": "a", "venue": "sim-y-spot", "bots": [ BOT, BOT ] } ] }""", "accounts[0].bots[1].name: b: a name that no other bot of the account has")]
    [InlineData("""{ "accounts": [ { "name": "a", "venue": "sim-y-spot", "bots": [] } ] }""", "accounts[0].bots: []: a list of at least one object")]
    [InlineData("""{ "accounts": [ { "name": "a", "venue": "sim-y-spot", "endpoint": "http://example.com", "bots": [ BOT ] } ] }""", "accounts[0].endpoint: http://example.com: built-in, ")]
    [InlineData("""{ "acounts": [ ] }""", "acounts: []: unknown, did you mean accounts? one of accounts, connections, features, keep_trades, logging, max_memory_mib, notifications, portfolios, records, seed, telemetry")]
    [InlineData("""{ "recrods": "postgres://me:hunter2@db/x" }""", "recrods: ***: unknown, did you mean records? one of")]
    [InlineData("""{ "accounts": [ { "name": "a", "venue": "sim-y-spot", "bots": [ BOT, { "name": "c", "strategy": "RSI_CROSS", "symbol": "BTCUSDT", "interval": "5m" } ] } ] }""", "accounts[0].bots[1].interval: 5m: 1m as of bot b")]
    public void Read_OneFault_SaysWhatIsAllowed(string text, string expected) =>
        Should.Throw<ConfigurationException>(() => Read(text.Replace("BOT", Bot, StringComparison.Ordinal))).Faults.ShouldContain(fault => fault.StartsWith(expected, StringComparison.Ordinal));

    [Fact]
    public void Read_NothingOfRisk_HasTheDocumentedLimits()
    {
        RiskLimits risk = Read($$"""{ "accounts": [ { "name": "a", "venue": "sim-y-spot", "bots": [ {{Bot}} ] } ] }""").Accounts[0].Risk;

        (risk.MaxDrawdown, risk.OnDrawdown, risk.MaxDailyLoss, risk.OnDailyLoss, risk.DayZone).ShouldBe((0.25m, LimitAction.Flatten, 0.10m, LimitAction.Refuse, TimeZoneInfo.Utc));
        (risk.MaxLossesInARow, risk.LossPause, risk.MaxTradesPerHour, risk.MaxOrdersPerMinute).ShouldBe((5, TimeSpan.FromMinutes(60), 20, 120));
        (risk.PriceCollar, risk.MaxPositionFraction, risk.MaxLeverage, risk.MaxExposure, risk.MaxPositions).ShouldBe((0.05m, 1m, 3m, null, null));
        (risk.KillSwitchLoss, risk.OnKillSwitch, risk.MaxCorrelation, risk.CorrelationBars).ShouldBe((null, LimitAction.Flatten, null, 96));
    }

    [Fact]
    public void Read_EveryLimit_ReadsBackTheSame()
    {
        const string Risk = """
            { "max_drawdown": 0.3, "on_drawdown": "refuse", "max_daily_loss": "none", "on_daily_loss": "flatten", "day_zone": "UTC", "kill_switch_loss": 0.18, "on_kill_switch": "refuse",
              "max_losses_in_a_row": 3, "loss_pause": "2h", "max_trades_per_hour": "none", "max_orders_per_minute": 7, "price_collar": "none", "max_positions": 2,
              "max_position_fraction": 0.5, "max_exposure": 7000, "max_leverage": "none", "max_correlation": 0.4, "correlation_bars": 50 }
            """;
        AccountSettings account = Read($$"""{ "accounts": [ { "name": "a", "venue": "sim-y-spot", "risk": {{Risk}}, "bots": [ {{Bot}} ] } ] }""").Accounts[0];

        account.Risk.ShouldBe(new RiskLimits
        {
            MaxDrawdown = 0.3m,
            OnDailyLoss = LimitAction.Flatten,
            KillSwitchLoss = 0.18m,
            OnKillSwitch = LimitAction.Refuse,
            MaxLossesInARow = 3,
            LossPause = TimeSpan.FromHours(2),
            MaxOrdersPerMinute = 7,
            MaxPositions = 2,
            MaxPositionFraction = 0.5m,
            MaxExposure = 7000,
            MaxCorrelation = 0.4,
            CorrelationBars = 50,
        });
        AccountScenario.Reader.ReadAccount(SettingsText.Of(account)).Risk.ShouldBe(account.Risk);
    }

    [Fact]
    public void Read_WrongLimits_NamesThemAll() => Faults($$"""
        { "accounts": [ { "name": "a", "venue": "sim-y-spot", "bots": [ {{Bot}} ],
          "risk": { "max_drawdown": 25, "on_drawdown": "sell", "max_dayly_loss": 0.1, "day_zone": "Mars/Olympus", "max_losses_in_a_row": 0, "loss_pause": "long", "max_leverage": "x", "max_position_fraction": 0.1 } } ] }
        """).ShouldBe(
        [
            "accounts[0].risk.max_drawdown: 25",
            "accounts[0].risk.on_drawdown: sell",
            "accounts[0].risk.day_zone: Mars/Olympus",
            "accounts[0].risk.loss_pause: long",
            "accounts[0].risk.max_losses_in_a_row: 0",
            "accounts[0].risk.max_leverage: x",
            "accounts[0].risk.max_dayly_loss: 0.1",
            "accounts[0].risk.max_position_fraction: 0.1",
        ],
        ignoreOrder: true);

    [Theory]
    [InlineData("[1]", "config: f: a JSON object")]
    [InlineData("{ \"a\": 1, \"a\": 2 }", "config: f: JSON; ")]
    [InlineData("{ oops", "config: f: JSON; ")]
    public void Parse_NoObject_IsNamed(string text, string expected) =>
        Should.Throw<ConfigurationException>(() => ConfigurationTree.Parse("f", text)).Faults.ShouldHaveSingleItem().ShouldStartWith(expected);

    [Fact]
    public void Apply_Environment_ReplacesValuesOfTheFile()
    {
        JsonObject tree = ConfigurationTree.Parse("f", $$"""{ "accounts": [ { "name": "a", "venue": "sim-y-spot", "bots": [ {{Bot}} ] } ] }""");

        ConfigurationTree.Apply(tree, [new("HARRIER__SEED", "9"), new("harrier__accounts__0__bots__0__stop_loss", "0.01"), new("PATH", "/bin"), new("HARRIER__ACCOUNTS__0__BOTS__0__PARAMETERS__PERIOD", "5")]);

        RunSettings run = AccountScenario.Reader.Read(tree);
        run.Seed.ShouldBe(9);
        run.Accounts[0].Bots[0].Protection.StopLoss.ShouldBe(0.01m);
        run.Accounts[0].Bots[0].Strategy.Arguments[0].Value.ShouldBe(5);
    }

    [Fact]
    public void Apply_NameThatLeadsNowhere_IsRefused()
    {
        JsonObject tree = ConfigurationTree.Parse("f", """{ "seed": 1, "accounts": [] }""");

        Should.Throw<ConfigurationException>(() => ConfigurationTree.Apply(tree, [new("HARRIER__SEED__X", "9"), new("HARRIER__ACCOUNTS__7__NAME", "x")])).Faults.Count.ShouldBe(2);
    }

    [Fact]
    public void Of_AnyAccount_ReadsBackTheSame()
    {
        AccountSettings account = AccountScenario.Plan().Settings;

        AccountSettings again = AccountScenario.Reader.ReadAccount(SettingsText.Of(account));

        SettingsText.Of(again).ToJsonString().ShouldBe(SettingsText.Of(account).ToJsonString());
        again.Bots[1].Protection.TrailingStop.ShouldBe(0.01m);
    }

    private static RunSettings Read(string text) => AccountScenario.Reader.Read(ConfigurationTree.Parse("f", text));

    // Place and value of each fault, without what is allowed.
    private static IEnumerable<string> Faults(string text) =>
        Should.Throw<ConfigurationException>(() => Read(text)).Faults.Select(static fault => string.Join(": ", fault.Split(": ").Take(2)));
}
