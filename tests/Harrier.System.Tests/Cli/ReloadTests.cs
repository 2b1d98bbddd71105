using System.Diagnostics;
using System.Text.Json;
using Harrier.System.Tests.Launcher;

namespace Harrier.System.Tests.Cli;

/// <summary>The real program while its configuration changes, and when it needs more memory than it may.</summary>
public sealed class ReloadTests : IDisposable
{
    private const string Bot = """{ "name": "a", "strategy": "RSI_CROSS", "symbol": "BTCUSDT", "interval": "1s" }""";
    private const string Other = """{ "name": "b", "strategy": "RSI_CROSS", "symbol": "ETHUSDT", "interval": "1s" }""";

    private readonly HarrierProgram _program = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Run_WatchingItsConfiguration_RefusesAWrongOneWhole_OpensNewAccounts_AndPausesThoseThatLeft()
    {
        Shell.RequireBash();
        Configure(Account("alpha", Bot));
        using Process run = _program.Start("", "run", "--config", "run.json", "--watch", "--port", "0", "--json");
        (await run.StandardOutput.ReadLineAsync(Stop)).ShouldNotBeNull("it has begun");
        Task output = run.StandardOutput.ReadToEndAsync(Stop);

        // One account could become what is wanted, another cannot be opened: neither happens.
        Configure(Account("alpha", Bot, Other), Account("beta", Bot.Replace("BTCUSDT", "XYZUSDT", StringComparison.Ordinal)));
        string refused = await HearAsync(run, "error: configuration: ");
        refused.ShouldContain("accounts: beta: XYZUSDT: a symbol of this run's built-in exchange (");
        (await BotsAsync()).ShouldBe(["alpha/a"]);

        Configure(Account("alpha", Bot, Other), Account("beta", Bot));
        await HearAsync(run, "configuration: beta: started");
        await BotsBecomeAsync(["alpha/a", "alpha/b", "beta/a"]);

        Configure(Account("beta", Bot));
        await HearAsync(run, "configuration: alpha: left the configuration: its bots are paused");
        await BotsBecomeAsync(["alpha/a", "alpha/b"], "paused");

        using (Process asked = Process.Start("kill", ["-TERM", $"{run.Id}"]))
        {
            await asked.WaitForExitAsync(Stop);
        }

        _ = run.StandardError.ReadToEndAsync(Stop);
        await output;
        await run.WaitForExitAsync(Stop);
        run.ExitCode.ShouldBe(0);
        (await _program.RunAsync("verify", "--journal", ".harrier")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task Run_ThatNeedsMoreMemoryThanItMay_SavesEverythingAndFails()
    {
        Shell.RequireBash();
        _program.Write("run.json", $$"""{ "max_memory_mib": 128, "accounts": [ {{Account("alpha", Bot)}} ] }""");
        Outcome run = await _program.RunAsync("run", "--config", "run.json", "--port", "0", "--json", "--for", "60s");
        run.Code.ShouldBe(1, run.Errors);
        run.Errors.ShouldContain("MiB, and max_memory_mib allows 128: all accounts save their states, and the run ends so that its supervisor can start it again");
        (await _program.RunAsync("verify", "--journal", ".harrier")).Code.ShouldBe(0);
    }

    private static string Account(string name, params string[] bots) => $$"""{ "name": "{{name}}", "venue": "binance-spot", "bots": [ {{string.Join(", ", bots)}} ] }""";

    // As an editor does it: another file in the place of the first.
    private void Configure(params string[] accounts)
    {
        _program.Write("next.json", $$"""{ "accounts": [ {{string.Join(", ", accounts)}} ] }""");
        File.Move(_program.PathOf("next.json"), _program.PathOf("run.json"), overwrite: true);
    }

    private static async Task<string> HearAsync(Process run, string word)
    {
        List<string> heard = [];
        while (await run.StandardError.ReadLineAsync(Stop) is { } line)
        {
            heard.Add(line);
            if (line.Contains(word, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"the program ended and never said '{word}':\n{string.Join('\n', heard)}");
    }

    // What a run shows is a copy, which follows within a second.
    private async Task BotsBecomeAsync(string[] expected, string? state = null)
    {
        string[] bots = await BotsAsync(state);
        for (int asked = 0; asked < 20 && !bots.SequenceEqual(expected); asked++)
        {
            bots = await BotsAsync(state);
        }

        bots.ShouldBe(expected);
    }

    private async Task<string[]> BotsAsync(string? state = null)
    {
        JsonElement status = JsonDocument.Parse((await _program.RunAsync("status", "--json")).Output).RootElement;
        return
        [
            .. from account in status.GetProperty("accounts").EnumerateArray()
               from bot in account.GetProperty("bots").EnumerateArray()
               where state is null || bot.GetProperty("state").GetString() == state
               select $"{account.GetProperty("name")}/{bot.GetProperty("name")}",
        ];
    }
}
