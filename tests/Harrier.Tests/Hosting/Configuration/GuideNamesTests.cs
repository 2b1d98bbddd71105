using System.Text.Json.Nodes;
using Harrier.Hosting.Configuration;
using Harrier.Tests.Hosting.Accounts;

namespace Harrier.Tests.Hosting.Configuration;

/// <summary>The names of the guides in the environment lead to settings that do something, and say so where they mean nothing.</summary>
public sealed class GuideNamesTests
{
    private const string Accounts = """
        { "accounts": [
          { "name": "one", "venue": "sim-x-linear", "bots": [
            { "name": "w", "strategy": "WYCKOFF", "symbol": "BTCUSDT" },
            { "name": "own", "strategy": "WYCKOFF", "parameters": { "min_range_bars": 30 }, "symbol": "ETHUSDT" } ] },
          { "name": "two", "venue": "sim-y-spot", "endpoint": "live", "bots": [
            { "name": "s", "strategy": "SUPPLY_DEMAND", "symbol": "BTCUSDT" } ] } ] }
        """;

    [Fact]
    public void Apply_NamesOfTheGuide_AreSettings()
    {
        (RunSettings settings, IReadOnlyList<string> notes) = Read(
            ("WEBSOCKET_PING_INTERVAL", "20"), ("RATE_LIMIT_QUEUE_SIZE", "500"), ("POSITION_SYNC_INTERVAL", "15"), ("WYCKOFF_MIN_RANGE_BARS", "25"),
            ("SIM_TESTNET", "true"), ("WEBSOCKET_MAX_RECONNECT_ATTEMPTS", "10"), ("ML_MIN_TRAINING_SAMPLES", "500"), ("PATH", "/bin"));

        settings.Connections.ShouldBe(new ConnectionSettings { PingInterval = TimeSpan.FromSeconds(20), RequestQueue = 500, PositionSync = TimeSpan.FromSeconds(15) });
        ParameterOf(settings, 0, 0, "min_range_bars").ShouldBe("25");
        ParameterOf(settings, 0, 1, "min_range_bars").ShouldBe("30", "what a bot says itself stays");
        settings.Accounts.Select(static account => account.Endpoint).ShouldBe(["testnet", "live"], "an account that says where it trades is left there");
        notes.Select(static note => note.Split(' ')[0]).ShouldBe(["ML_MIN_TRAINING_SAMPLES", "WEBSOCKET_MAX_RECONNECT_ATTEMPTS"]);
    }

    [Fact]
    public void Apply_WrongValues_AreNamedTogether()
    {
        ConfigurationException wrong = Should.Throw<ConfigurationException>(() => Read(("WEBSOCKET_PING_INTERVAL", "soon"), ("SIM_TESTNET", "maybe"), ("ENABLE_WYCKOFF", "2")));

        wrong.Faults.ShouldBe(["ENABLE_WYCKOFF: 2: true or false", "SIM_TESTNET: maybe: true or false", "WEBSOCKET_PING_INTERVAL: soon: a whole number of seconds from 1"]);
    }

    [Fact]
    public void Flags_ThatAreOff_RefuseBotsThatAreNothingWithoutThem_AndTakeConfirmationsFromOthers()
    {
        ConfigurationException wrong = Should.Throw<ConfigurationException>(() => Read(("ENABLE_WYCKOFF", "false")));
        wrong.Faults.ShouldBe(
        [
            "accounts[0].bots[0].strategy: WYCKOFF: another strategy while features.wyckoff is off",
            "accounts[0].bots[1].strategy: WYCKOFF: another strategy while features.wyckoff is off",
        ]);

        (RunSettings settings, _) = Read(("ENABLE_ORDER_FLOW", "off"));
        (ParameterOf(settings, 1, 0, "use_order_flow"), ParameterOf(settings, 1, 0, "use_wyckoff")).ShouldBe(("false", "true"));
    }

    [Fact]
    public void Models_ToTurnThemOn_IsRefusedByName_AndTheGuidesNameIsAWarning()
    {
        JsonObject tree = ConfigurationTree.Parse("file", Accounts);
        tree["features"] = new JsonObject { ["ml_ensemble"] = "true" };
        Should.Throw<ConfigurationException>(() => AccountScenario.Reader.Read(tree)).Faults.ShouldBe(["features.ml_ensemble: true: false: there are no models yet, and nothing would veto an entry"]);
        tree["features"] = new JsonObject { ["ml_ensemble"] = "false" };
        AccountScenario.Reader.Read(tree).Features.MlEnsemble.ShouldBeFalse();
        Read(("ENABLE_ML_ENSEMBLE", "true")).Notes.ShouldBe(["ENABLE_ML_ENSEMBLE means nothing here: there are no models yet: no entry is vetoed"]);
    }

    [Fact]
    public void Connections_OutOfRange_AreRefused()
    {
        JsonObject tree = ConfigurationTree.Parse("file", Accounts);
        tree["connections"] = new JsonObject { ["ping_interval"] = "1s", ["request_queue"] = 5, ["position_sync"] = "1h" };

        Should.Throw<ConfigurationException>(() => AccountScenario.Reader.Read(tree)).Faults.Select(static fault => fault.Split(": ")[0])
            .ShouldBe(["connections.ping_interval", "connections.request_queue", "connections.position_sync"]);
    }

    private static (RunSettings Settings, IReadOnlyList<string> Notes) Read(params (string Name, string Value)[] environment)
    {
        JsonObject tree = ConfigurationTree.Parse("file", Accounts);
        IReadOnlyList<string> notes = GuideNames.Apply(tree, environment.Select(static one => KeyValuePair.Create(one.Name, one.Value)));
        return (AccountScenario.Reader.Read(tree), notes);
    }

    private static string ParameterOf(RunSettings settings, int account, int bot, string name) =>
        settings.Accounts[account].Bots[bot].Strategy.Arguments.Single(one => one.Parameter.Name == name).Text;
}
