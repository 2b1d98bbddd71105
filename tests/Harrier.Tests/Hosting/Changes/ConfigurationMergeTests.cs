using Harrier.Hosting.Accounts;
using Harrier.Hosting.Changes;
using Harrier.Hosting.Configuration;
using Harrier.Tests.Hosting.Accounts;

namespace Harrier.Tests.Hosting.Changes;

/// <summary>What a configuration says anew is an order, what it says as before leaves alone what was ordered meanwhile.</summary>
public sealed class ConfigurationMergeTests
{
    private const string File = """
        { "name": "test", "venue": "sim-x-linear", "risk": { "max_positions": 3 },
          "bots": [
            { "name": "one", "strategy": "EMA_CROSS", "parameters": { "fast": 5, "slow": 9 }, "symbol": "AAAUSDT" },
            { "name": "two", "strategy": "EMA_CROSS", "symbol": "BBBUSDT" }
          ] }
        """;

    [Fact]
    public void Apply_FileAsBefore_LeavesWhatWasOrdered()
    {
        AccountSettings ordered = Order(Read(File), ChangeRig.Command(AccountOrder.Edit, "one", ("parameters.fast", "7"), ("stop_loss", "0.01")), ChangeRig.Command(AccountOrder.RemoveBot, "two"));

        ChangeText.Between(ordered, Merge(ordered, File, File)).ShouldBeEmpty();
    }

    [Fact]
    public void Apply_FileChanged_BringsOnlyWhatItChanges()
    {
        AccountSettings ordered = Order(Read(File), ChangeRig.Command(AccountOrder.Edit, "one", ("parameters.fast", "7"), ("stop_loss", "0.01")), ChangeRig.Command(AccountOrder.SetLimits, null, ("max_exposure", "700")));
        string changed = File
            .Replace("\"slow\": 9", "\"slow\": 12", StringComparison.Ordinal)
            .Replace("\"max_positions\": 3", "\"max_positions\": 4", StringComparison.Ordinal)
            .Replace("{ \"name\": \"two\",", "{ \"name\": \"three\",", StringComparison.Ordinal);

        AccountSettings merged = Merge(ordered, File, changed);

        ChangeText.Between(ordered, merged).ShouldBe(
            ["risk max_positions 3 -> 4", "bot one: parameters slow 9 -> 12", "bot two is removed", "bot three is added: EMA_CROSS on BBBUSDT 1m"]);
        merged.Bots[0].Strategy.Arguments.Single(static one => one.Parameter.Name == "fast").Text.ShouldBe("7");
        merged.Bots[0].Protection.StopLoss.ShouldBe(0.01m);
        merged.Risk.MaxExposure.ShouldBe(700);

        // Once more, as after a crash between the order and the note that the file was read.
        ChangeText.Between(merged, Merge(merged, File, changed)).ShouldBeEmpty();
    }

    [Fact]
    public void Apply_BotThatWasRemovedByAnOrder_StaysRemovedWhateverElseTheFileSaysOfIt()
    {
        AccountSettings ordered = Order(Read(File), ChangeRig.Command(AccountOrder.RemoveBot, "two"));

        AccountSettings merged = Merge(ordered, File, File.Replace("\"symbol\": \"BBBUSDT\"", "\"symbol\": \"BBBUSDT\", \"stop_loss\": 0.07", StringComparison.Ordinal));

        merged.ActiveBots.Select(static bot => bot.Name).ShouldBe(["one"]);
    }

    [Fact]
    public void Apply_OtherStrategy_BringsItsParametersToo()
    {
        AccountSettings before = Read(File);

        AccountSettings merged = Merge(before, File, File.Replace("\"strategy\": \"EMA_CROSS\", \"parameters\": { \"fast\": 5, \"slow\": 9 }", "\"strategy\": \"RSI_CROSS\", \"parameters\": { \"period\": 6 }", StringComparison.Ordinal));

        merged.Bots[0].Strategy.Descriptor.Key.ShouldBe("RSI_CROSS");
        merged.Bots[0].Strategy.Arguments.Single(static one => one.Parameter.Name == "period").Text.ShouldBe("6");
    }

    [Fact]
    public void Apply_WhatAnAccountIsMadeWith_IsRefusedAllAtOnce()
    {
        string changed = File.Replace("\"venue\"", "\"leverage\": 2, \"taker_fee_bps\": 4, \"venue\"", StringComparison.Ordinal).Replace("\"symbol\": \"BBBUSDT\"", "\"symbol\": \"BBBUSDT\", \"balance\": 5", StringComparison.Ordinal);

        ConfigurationException wrong = Should.Throw<ConfigurationException>(() => Merge(Read(File), File, changed));

        wrong.Faults.ShouldBe(
        [
            "accounts.test.taker_fee_bps: 4: 10 as before: it is part of the account; another account may have another",
            "accounts.test.leverage: 2: 1 as before: it is part of the account; another account may have another",
            "accounts.test.two.balance: 5: 10000 as before: it is what the bot was made with; add another bot",
        ]);
    }

    private static AccountSettings Merge(AccountSettings now, string before, string wanted) => new ConfigurationMerge(AccountScenario.Reader).Apply(now, Read(before), Read(wanted));

    private static AccountSettings Order(AccountSettings settings, params AccountCommand[] orders) =>
        orders.Aggregate(settings, static (now, order) => new AccountChange(AccountScenario.Reader).Apply(now, order));

    private static AccountSettings Read(string text) => AccountScenario.Reader.ReadAccount(ConfigurationTree.Parse("file", text));
}
