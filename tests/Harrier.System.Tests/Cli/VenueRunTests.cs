using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Harrier.System.Tests.Launcher;

namespace Harrier.System.Tests.Cli;

/// <summary>The real program with accounts at a venue, on an exchange in another process: what it refuses before anything starts, and one life as its owner sees it.</summary>
public sealed class VenueRunTests : IAsyncDisposable
{
    private readonly HarrierProgram _program = new();
    private readonly HttpClient _http = new();
    private Process? _exchange;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (_exchange is not null)
        {
            _exchange.Kill();
            await _exchange.WaitForExitAsync(CancellationToken.None);
            _exchange.Dispose();
        }

        _http.Dispose();
        _program.Dispose();
    }

    [Fact]
    public async Task Run_AtAVenue_RefusesWhatMustNotTrade_AndShowsWhatDoes()
    {
        Shell.RequireBash();
        JsonElement ready = await StartExchangeAsync();
        JsonElement house = ready.GetProperty("binance");
        WriteKey("good.key", house.GetProperty("key").GetString()!, house.GetProperty("secret").GetString()!);
        using StringContent wanted = new("""{"name":"rich","canWithdraw":true}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage made = await _http.PostAsync(new Uri(ready.GetProperty("admin").GetString() + "/accounts"), wanted, Stop);
        JsonElement rich = JsonDocument.Parse(await made.Content.ReadAsStringAsync(Stop)).RootElement;
        WriteKey("rich.key", Find(rich, "key"), Find(rich, "secret"));
        string place = house.GetProperty("rest").GetString()!;

        await RefusesAsync(place, "live", "rich.key", 1000, "error: key_file: ", " may withdraw", "a key without that right: a bot never needs it");
        await RefusesAsync(place, "demo", "good.key", 100_001, "error: balance: 100001 USDT for the 1 bots of test: at most the 100000 USDT that the account owns");
        await RefusesAsync(place, "dry-run", "good.key", 100_001, "error: balance: 100001 USDT");
        SetMode("good.key", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        await RefusesAsync(place, "demo", "good.key", 1000, "error: key_file: ", "mode 0604", "0600");
        SetMode("good.key", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.Exists(_program.PathOf("home/accounts/test/sessions")).ShouldBeFalse("nothing was started");

        await LiveAsync(place, house.GetProperty("secret").GetString()!);
    }

    private async Task LiveAsync(string place, string secret)
    {
        Configure(place, "demo", "good.key", 1000);
        StringBuilder output = new();
        using Process run = _program.Start("", "run", "--config", "run.json", "--home", "home", "--port", "0", "--json");
        Task<string> errors = run.StandardError.ReadToEndAsync(Stop);
        while (await run.StandardOutput.ReadLineAsync(Stop) is { } line)
        {
            output.AppendLine(line);
            if (line.Contains("\"sound\":true", StringComparison.Ordinal))
            {
                break;
            }
        }

        Outcome status = await _program.RunAsync("status", "--home", "home");
        status.Output.ShouldContain($"account at {place}: picture sound, read ");
        JsonElement account = JsonDocument.Parse((await _program.RunAsync("status", "--home", "home", "--json")).Output).RootElement.GetProperty("accounts")[0];
        account.GetProperty("mode").GetString().ShouldBe("demo");
        account.GetProperty("at_venue").GetProperty("sound").GetBoolean().ShouldBeTrue();

        using (Process asked = Process.Start("kill", ["-TERM", $"{run.Id}"]))
        {
            await asked.WaitForExitAsync(Stop);
        }

        output.Append(await run.StandardOutput.ReadToEndAsync(Stop));
        await run.WaitForExitAsync(Stop);
        run.ExitCode.ShouldBe(0, await errors);
        Outcome proof = await _program.RunAsync("verify", "--journal", "home");
        proof.Code.ShouldBe(0, proof.Errors + proof.Output);

        (output + await errors).ShouldNotContain(secret);
        foreach (string file in Directory.EnumerateFiles(_program.PathOf("home"), "*", SearchOption.AllDirectories))
        {
            (await File.ReadAllTextAsync(file, Encoding.Latin1, Stop)).ShouldNotContain(secret, customMessage: file);
        }
    }

    private async Task RefusesAsync(string place, string mode, string key, int balance, params string[] parts)
    {
        Configure(place, mode, key, balance);
        Outcome run = await _program.RunAsync("run", "--config", "run.json", "--home", "home", "--port", "0", "--for", "60s");
        run.Code.ShouldBe(2, run.Errors);
        string line = run.Errors.Split('\n').Single(static one => one.StartsWith("error: ", StringComparison.Ordinal));
        parts.ShouldAllBe(part => line.Contains(part, StringComparison.Ordinal), line);
    }

    private void Configure(string place, string mode, string key, int balance) => _program.Write("run.json", $$"""
        { "accounts": [ { "name": "test", "venue": "binance-usdm", "mode": "{{mode}}", "endpoint": "{{place}}", "key_file": "{{_program.PathOf(key)}}",
          "bots": [ { "name": "one", "strategy": "EMA_CROSS", "symbol": "BTCUSDT", "interval": "1m", "balance": {{balance}} } ] } ] }
        """);

    private void WriteKey(string file, string key, string secret)
    {
        _program.Write(file, new JsonObject { ["venue"] = "binance", ["key"] = key, ["secret"] = secret }.ToJsonString());
        SetMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private void SetMode(string file, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_program.PathOf(file), mode);
        }
    }

    private async Task<JsonElement> StartExchangeAsync()
    {
        _exchange = _program.Start("", "exchange", "--port", "0");
        return JsonDocument.Parse((await _exchange.StandardOutput.ReadLineAsync(Stop)).ShouldNotBeNull()).RootElement;
    }

    // Wherever the answer has it.
    private static string Find(JsonElement from, string name) => from.ValueKind != JsonValueKind.Object ? ""
        : from.TryGetProperty(name, out JsonElement found) && found.ValueKind == JsonValueKind.String ? found.GetString()!
        : from.EnumerateObject().Select(one => Find(one.Value, name)).FirstOrDefault(static text => text.Length > 0) ?? "";
}
