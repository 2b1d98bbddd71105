using Harrier.Hosting.Configuration;
using Harrier.Tests.Hosting.Accounts;

namespace Harrier.Tests.Hosting.Configuration;

/// <summary>YAML says the same as JSON, is refused for the same reasons, and tells the line.</summary>
public sealed class YamlTests
{
    private const string Yaml = """
        # comments are allowed
        accounts:
          - name: test
            venue: sim-x-linear
            risk: { max_positions: 3, price_collar: none }
            bots:
              - name: one
                strategy: EMA_CROSS
                parameters:
                  fast: 5
                symbol: BTC/USDT
                stop_loss: 0.02
              - name: two
                strategy: RSI_CROSS
                symbol: "ETHUSDT"
                take_profit:
        """;

    private const string Json = """
        { "accounts": [ { "name": "test", "venue": "sim-x-linear", "risk": { "max_positions": 3, "price_collar": "none" }, "bots": [
          { "name": "one", "strategy": "EMA_CROSS", "parameters": { "fast": 5 }, "symbol": "BTC/USDT", "stop_loss": 0.02 },
          { "name": "two", "strategy": "RSI_CROSS", "symbol": "ETHUSDT" } ] } ] }
        """;

    [Fact]
    public void Read_SameInBothLanguages_GivesTheSameSettings()
    {
        RunSettings fromYaml = AccountScenario.Reader.Read(ConfigurationTree.Parse("a.yaml", Yaml));
        RunSettings fromJson = AccountScenario.Reader.Read(ConfigurationTree.Parse("a.json", Json));

        SettingsText.Of(fromYaml.Accounts[0]).ToJsonString().ShouldBe(SettingsText.Of(fromJson.Accounts[0]).ToJsonString());
    }

    [Fact]
    public void Locate_Faults_TellsTheLineOfTheValueOrOfTheObjectThatLacksIt()
    {
        ConfigurationDocument document = ConfigurationTree.Read("a.yml", Yaml.Replace("stop_loss: 0.02", "stop_los: 2", StringComparison.Ordinal).Replace("        symbol: \"ETHUSDT\"\n", "", StringComparison.Ordinal));

        ConfigurationException wrong = Should.Throw<ConfigurationException>(() => AccountScenario.Reader.Read(document.Tree));

        IReadOnlyList<string> located = document.Locate(wrong.Faults);
        located.ShouldContain(static fault => fault.StartsWith("accounts[0].bots[0].stop_los: \"2\": unknown, did you mean stop_loss?", StringComparison.Ordinal) && fault.EndsWith("(line 12)", StringComparison.Ordinal));
        located.ShouldContain("accounts[0].bots[1].symbol: none given: a symbol such as BTCUSDT (line 13)");
    }

    [Theory]
    [InlineData("accounts: [\n", "line 2")]
    [InlineData("a: 1\na: 2\n", "line 2, column 1")]
    [InlineData("- a\n", "one YAML document that is an object")]
    [InlineData("a: 1\n---\nb: 2\n", "one YAML document that is an object")]
    [InlineData("? [x]\n: 1\n", "a key is a single word")]
    public void Read_WhatIsNoConfiguration_SaysWhere(string text, string part) =>
        Should.Throw<ConfigurationException>(() => ConfigurationTree.Read("a.yaml", text)).Faults.ShouldHaveSingleItem().ShouldContain(part);

    [Fact]
    public void Read_AliasesOfAliases_AreRefusedBeforeTheyFillTheMemory()
    {
        string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 9).Select(static i => $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}]\n"));

        Should.Throw<ConfigurationException>(() => ConfigurationTree.Read("a.yaml", text)).Faults.ShouldHaveSingleItem().ShouldContain("more than a configuration ever holds");
    }
}
