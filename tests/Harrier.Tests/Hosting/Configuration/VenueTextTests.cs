using Harrier.Engine.Strategies;
using Harrier.Hosting.Configuration;
using Harrier.Tests.Hosting.Accounts;

namespace Harrier.Tests.Hosting.Configuration;

/// <summary>What an account must say before its orders go to a venue, and what holds where it says nothing.</summary>
public sealed class VenueTextTests
{
    private const string Live = """ "mode": "live", "endpoint": "live", "key_file": "keys.json", "confirm_live": "I accept that a trades real money" """;

    [Fact]
    public void Live_WithKeyAndConsent_HasCarefulDefaults()
    {
        AccountSettings account = Read(Live);
        account.Kind.ShouldBe(AccountKind.Live);
        account.OutlivesPower.ShouldBeTrue();
        account.Leverage.ShouldBe(1);
        account.Bots[0].Size.ShouldBe(new PositionSizing(SizingMethod.RiskOfEquity, 0.005m));
    }

    [Theory]
    [InlineData(""" "mode": "live", "endpoint": "live", "key_file": "k" """, "confirm_live: none given")]
    [InlineData(""" "mode": "live", "endpoint": "live", "key_file": "k", "confirm_live": "yes" """, "confirm_live: yes")]
    [InlineData(""" "mode": "live", "endpoint": "live", "key_file": "k", "confirm_live": "I accept that b trades real money" """, "confirm_live: I accept that b trades real money")]
    [InlineData(""" "mode": "live", "endpoint": "https://api.example.com", "key_file": "k" """, "confirm_live: none given")]
    [InlineData(""" "mode": "live", "endpoint": "live", "confirm_live": "I accept that a trades real money" """, "key_file: none given")]
    [InlineData(""" "mode": "demo", "endpoint": "live", "key_file": "k" """, "endpoint: live")]
    [InlineData(""" "mode": "demo", "endpoint": "https://api.example.com", "key_file": "k" """, "endpoint: https://api.example.com")]
    [InlineData(""" "mode": "demo", "endpoint": "testnet" """, "key_file: none given")]
    [InlineData(""" "mode": "dry-run", "endpoint": "live" """, "key_file: none given")]
    [InlineData(""" "mode": "dry", "endpoint": "live" """, "mode: dry")]
    [InlineData(""" "mode": "demo", "durability": "much" """, "durability: much")]
    public void Read_WhatMustNotTradeLikeThis_IsRefused(string text, string fault) =>
        Should.Throw<ConfigurationException>(() => Read(text)).Faults.ShouldHaveSingleItem().ShouldStartWith(fault + ": ");

    [Theory]
    [InlineData(""" "mode": "live", "endpoint": "testnet", "key_file": "k" """)]
    [InlineData(""" "mode": "live", "endpoint": "built-in" """)]
    [InlineData(""" "mode": "demo" """)]
    [InlineData(""" "mode": "demo", "endpoint": "http://127.0.0.1:9900", "key_file": "k" """)]
    [InlineData(""" "mode": "dry-run", "endpoint": "live", "key_file": "k" """)]
    public void Read_WhereNoRealMoneyIs_NeedsNoConsent(string text) => Read(text).Consent.ShouldBeNull();

    [Fact]
    public void Live_AtHighLeverage_IsRefused() =>
        Should.Throw<ConfigurationException>(() => Read(Live + """, "leverage": 4 """)).Faults.ShouldHaveSingleItem().ShouldBe("leverage: 4: 1 to 3 where mode is live");

    [Fact]
    public void TwoBotsOnOneSymbol_NeedAWordWhereLive()
    {
        string fault = Should.Throw<ConfigurationException>(() => Read(Live, bots: 2)).Faults.ShouldHaveSingleItem();
        fault.ShouldStartWith("bots: 2 bots on BTCUSDT: at most 1 position in a symbol");
        Read(Live + """, "positions_per_symbol": 2 """, bots: 2).Bots.Count.ShouldBe(2);
        Read(""" "mode": "demo" """, bots: 2).Bots.Count.ShouldBe(2);
    }

    [Fact]
    public void Written_IsReadAsTheSame()
    {
        string text = SettingsText.Of(Read(Live + """, "positions_per_symbol": 2, "durability": "process" """, bots: 2)).ToJsonString();
        AccountSettings again = AccountScenario.Reader.ReadAccount(ConfigurationTree.Parse("test", text));
        SettingsText.Of(again).ToJsonString().ShouldBe(text);
        (again.Kind, again.KeyFile, again.OutlivesPower).ShouldBe((AccountKind.Live, "keys.json", false));
    }

    private static AccountSettings Read(string text, int bots = 1)
    {
        string all = string.Join(", ", Enumerable.Range(0, bots).Select(static i => $$"""{ "name": "b{{i}}", "strategy": "RSI_CROSS", "symbol": "BTCUSDT" }"""));
        return AccountScenario.Reader.ReadAccount(ConfigurationTree.Parse("test", $$"""{ "name": "a", "venue": "sim-x-linear", {{text}}, "bots": [ {{all}} ] }"""));
    }
}
