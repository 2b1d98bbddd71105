using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Harrier.System.Tests.Launcher;

namespace Harrier.System.Tests.Cli;

/// <summary>The real program on a home of its own: it trades without being told anything, ends when asked to, and comes back as it was, also when killed.</summary>
public sealed class RunTests : IDisposable
{
    private readonly HarrierProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Run_WithoutArguments_CompletesARoundTripAndEndsOnASignalWithItsStateSaved()
    {
        Shell.RequireBash();
        List<JsonElement> first = [];
        using (Process process = _program.Start("", "run", "--port", "0", "--json"))
        {
            _ = await ReadUntilAsync(process, first, line => TypeOf(line) == "round_trip");
            await SignalAsync("TERM", process);
            _ = await ReadUntilAsync(process, first, static _ => false);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            process.ExitCode.ShouldBe(0);
        }

        List<JsonElement> second = [];
        using (Process process = _program.Start("", "run", "--port", "0", "--json"))
        {
            _ = await ReadUntilAsync(process, second, line => TypeOf(line) == "status");
            await SignalAsync("INT", process);
            _ = await ReadUntilAsync(process, second, static _ => false);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            process.ExitCode.ShouldBe(0);
        }

        // Positions, orders and equity at the end are those with which the next start begins.
        Holdings(first.Last(static line => TypeOf(line) == "stopped")).ShouldBe(Holdings(second.First(static line => TypeOf(line) == "started")));
        // Two accounts, and a session at each start and each end.
        await VerifyAsync(sessions: 8);
        LogHoldsBothRuns(first);
    }

    [Fact]
    public async Task Run_KilledAfterFills_ContinuesWithWhatItsFillsAddUpTo()
    {
        Random random = new(20261129);
        IReadOnlyDictionary<string, decimal>? told = null;
        for (int kill = 0; kill < 3; kill++)
        {
            int fills = random.Next(1, 4);
            using Process process = _program.Start("", "run", "--port", "0", "--json");
            List<JsonElement> lines = [];
            _ = await ReadUntilAsync(process, lines, line => TypeOf(line) == "fill" && --fills == 0);
            process.Kill();
            _ = await ReadUntilAsync(process, lines, static _ => false);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            JsonElement started = lines.First(static line => TypeOf(line) == "started");
            if (told is not null)
            {
                // Each fill is told as soon as it is booked. Of an account at most the bar that was in hand may have fills which were journaled with it and not told.
                foreach (IGrouping<string, string> account in Positions(started).Where(now => now.Value != told[now.Key]).Select(static now => now.Key).GroupBy(static name => name.Split('/')[0]))
                {
                    account.Count().ShouldBeLessThanOrEqualTo(1, string.Join(", ", account));
                }

                lines.Count(static line => TypeOf(line) == "note" && line.GetProperty("text").GetString()!.Contains("books of engine and venue agree", StringComparison.Ordinal)).ShouldBe(2);
            }

            told = AddUp(Positions(started), lines);
        }

        // Of each killed session every input was replayed, all that was recorded came out again, and the next began in exactly that state.
        await VerifyAsync(sessions: 6);
    }

    [Fact]
    public async Task Run_OnAHomeThatIsRunning_IsWatchedAndSteeredFromOutside()
    {
        Shell.RequireBash();
        using Process process = _program.Start("", "run", "--port", "0", "--json");
        List<JsonElement> lines = [];
        _ = await ReadUntilAsync(process, lines, static line => TypeOf(line) == "started");

        Outcome second = await _program.RunAsync("run", "--port", "0", "--json", "--for", "1s");
        (second.Code, second.Errors).ShouldBe((0, $"attached to process {process.Id}; ending this view ends nothing else\n"));
        JsonElement seen = JsonDocument.Parse(second.Output.Split('\n')[0]).RootElement;
        Positions(seen).Keys.ShouldBe(Positions(lines[^1]).Keys);

        (await _program.RunAsync("bots", "pause", "trend-btc", "--by", "ann", "--reason", "a test")).ShouldBe(new Outcome(0, "bot trend-btc is paused\n", ""));
        (await _program.RunAsync("bots", "start", "trend-btc")).ShouldBe(new Outcome(1, "", "error: bot trend-btc is paused: only one that is stopped, idle or in error can be started\n"));
        (await _program.RunAsync("panic", "--json")).Code.ShouldBe(0);
        _ = await ReadUntilAsync(process, lines, line => TypeOf(line) == "status" && Accounts(line).All(static bot => bot.Bot.GetProperty("state").GetString() == "stopped"));
        await SignalAsync("TERM", process);
        _ = await ReadUntilAsync(process, lines, static _ => false);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0);

        // What was ordered holds, and comes out again.
        Outcome left = await _program.RunAsync("status", "--json");
        JsonElement status = JsonDocument.Parse(left.Output).RootElement;
        status.GetProperty("running").GetBoolean().ShouldBeFalse();
        Accounts(status).ShouldAllBe(static bot => bot.Bot.GetProperty("state").GetString() == "stopped");
        (await _program.RunAsync("bots", "start", "trend-btc")).ShouldBe(new Outcome(2, "", "error: home: .harrier: a home on which run runs; nothing does\n"));
        await VerifyAsync(sessions: 4);
    }

    [Fact]
    public async Task Run_WrongConfiguration_TellsEverythingAndStartsNothing()
    {
        _program.Write("bad.json", """{ "accounts": [ { "name": "a", "venu": "x", "bots": [ { "name": "b", "strategy": "RSI_CROS", "symbol": "BTCUSDT" } ] } ] }""");
        string[] before = _program.Entries;

        Outcome run = await _program.RunAsync("run", "--config", "bad.json");

        run.Code.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.Errors.TrimEnd('\n').Split('\n').Select(static line => line.Split(": ")[1]).ShouldBe(["accounts[0].venue", "accounts[0].venu", "accounts[0].bots[0].strategy"], ignoreOrder: true);
        _program.Entries.ShouldBe(before);
    }

    // Whoever reads it later knows what happened, and not how to sign in as the first.
    private void LogHoldsBothRuns(List<JsonElement> first)
    {
        string text = string.Concat(Directory.GetFiles(_program.PathOf(".harrier/logs")).Select(File.ReadAllText));
        string?[] names = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonElement.Parse(line)).Select(static line => line.TryGetProperty("eventName", out JsonElement name) ? name.GetString() : null)];

        names.Count(static name => name == "Started").ShouldBe(2);
        names.Count(static name => name == "Ended").ShouldBe(2);
        names.Count(static name => name == "Filled").ShouldBeGreaterThanOrEqualTo(first.Count(static line => TypeOf(line) == "fill"));
        text.ShouldContain("listening on");
        text.ShouldNotContain("/setup");
    }

    private async Task VerifyAsync(int sessions)
    {
        Outcome verified = await _program.RunAsync("verify", "--journal", ".harrier", "--json");
        verified.Code.ShouldBe(0, verified.Output + verified.Errors);
        JsonElement[] proven = [.. verified.Output.TrimEnd('\n').Split('\n').Select(static line => JsonDocument.Parse(line).RootElement)];
        proven.Length.ShouldBe(sessions);
        proven.Sum(static one => one.GetProperty("inputs").GetInt64()).ShouldBeGreaterThan(0);
    }

    private static IReadOnlyDictionary<string, decimal> Positions(JsonElement status) => Accounts(status).ToDictionary(static bot => bot.Name, static bot => Number(bot.Bot.GetProperty("position")));

    // Of each bot what lasts: position, equity, orders.
    private static string[] Holdings(JsonElement status) =>
        [.. Accounts(status).Select(static bot => $"{bot.Name} {bot.Bot.GetProperty("position")} {bot.Bot.GetProperty("entry_price")} {bot.Bot.GetProperty("equity")} {bot.Bot.GetProperty("working_orders")}")];

    private static IEnumerable<(string Name, JsonElement Bot)> Accounts(JsonElement status) =>
        from account in status.GetProperty("accounts").EnumerateArray()
        from bot in account.GetProperty("bots").EnumerateArray()
        select ($"{account.GetProperty("name")}/{bot.GetProperty("name")}", bot);

    private static IReadOnlyDictionary<string, decimal> AddUp(IReadOnlyDictionary<string, decimal> before, IEnumerable<JsonElement> lines)
    {
        Dictionary<string, decimal> sums = new(before);
        foreach (JsonElement fill in lines.Where(static line => TypeOf(line) == "fill"))
        {
            decimal quantity = Number(fill.GetProperty("quantity"));
            sums[$"{fill.GetProperty("account")}/{fill.GetProperty("bot")}"] += fill.GetProperty("side").GetString() == "buy" ? quantity : -quantity;
        }

        return sums;
    }

    private static decimal Number(JsonElement text) => decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture);

    private static string TypeOf(JsonElement line) => line.GetProperty("type").GetString()!;

    // True when the line came; false when the program ended before.
    private static async Task<bool> ReadUntilAsync(Process process, List<JsonElement> lines, Func<JsonElement, bool> isLast)
    {
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } text)
        {
            // A killed program may leave half a line.
            if (!text.EndsWith('}'))
            {
                return false;
            }

            JsonElement line = JsonDocument.Parse(text).RootElement;
            lines.Add(line);
            if (isLast(line))
            {
                return true;
            }
        }

        return false;
    }

    private static async Task SignalAsync(string signal, Process process)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
