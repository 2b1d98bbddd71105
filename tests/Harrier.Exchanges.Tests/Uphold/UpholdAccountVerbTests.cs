using System.CommandLine;
using System.Text.Json;
using Harrier.Cli.Verbs;
using Harrier.Exchanges.Tests.Testnet.Uphold;

namespace Harrier.Exchanges.Tests.Uphold;

/// <summary><c>account --venue uphold</c> on the built-in exchange.</summary>
public sealed class UpholdAccountVerbTests : IDisposable
{
    private readonly string _keyFile = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
        File.Delete(_keyFile);
    }

    [Fact]
    public async Task Account_WithAToken_ShowsBalancesAndCards()
    {
        await using QuietBroker broker = await QuietBroker.StartAsync();
        WriteKey(QuietBroker.Token);

        (await RunAsync(broker, "--json")).ShouldBe(0, _errors.ToString());

        using JsonDocument document = JsonDocument.Parse(_output.ToString());
        JsonElement root = document.RootElement;
        JsonElement dollars = root.GetProperty("balances").EnumerateArray().Single(b => b.GetProperty("asset").GetString() == "USD");
        dollars.GetProperty("total").GetString().ShouldBe("100000");
        root.GetProperty("cards").EnumerateArray().Select(c => c.GetProperty("asset").GetString()).ShouldBe(["BTC", "ETH", "USD", "USDT", "XRP"]);
        root.GetProperty("cards")[2].GetProperty("id").GetString().ShouldBe(await broker.CardAsync("USD"));
        (_output.ToString() + _errors).ShouldNotContain(QuietBroker.Token);
    }

    [Fact]
    public async Task Account_AsText_HasALineForEachCard()
    {
        await using QuietBroker broker = await QuietBroker.StartAsync();
        WriteKey(QuietBroker.Token);
        (await RunAsync(broker)).ShouldBe(0, _errors.ToString());
        _output.ToString().ShouldContain($"USD card, id {await broker.CardAsync("USD")}");
    }

    [Fact]
    public async Task Account_WrongToken_IsOneLineAndExitCode1()
    {
        await using QuietBroker broker = await QuietBroker.StartAsync();
        WriteKey("nobodysTokennobodysTokennobodysToken0000");
        (await RunAsync(broker)).ShouldBe(1);
        _errors.ToString().ShouldContain("refused key or secret");
        _errors.ToString().ShouldNotContain("nobodysToken");
    }

    private void WriteKey(string token)
    {
        File.WriteAllText(_keyFile, JsonSerializer.Serialize(new { venue = "uphold", key = "pat", secret = token }));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_keyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private Task<int> RunAsync(QuietBroker broker, params string[] more)
    {
        RootCommand root = new() { AccountVerb.Create(new Option<bool>("--verbose")) };
        string[] arguments = ["account", "--venue", "uphold", "--key-file", _keyFile, "--endpoint", broker.Rest.GetLeftPart(UriPartial.Authority), .. more];
        return root.Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = _output, Error = _errors }, TestContext.Current.CancellationToken);
    }
}
