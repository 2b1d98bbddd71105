using System.CommandLine;
using System.Text.Json;
using Harrier.Cli.Verbs;
using Harrier.Exchanges.Tests.Support;

namespace Harrier.Exchanges.Tests.Testnet;

/// <summary>The verb <c>exchange</c>, whole.</summary>
public sealed class ExchangeVerbTests : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SharedWriter _output = new();
    private readonly SharedWriter _errors = new();

    [Theory]
    [InlineData("--port 70000", "error: port: 70000: ")]
    [InlineData("--port x", "error: port: x: ")]
    [InlineData("--symbols ,", "error: symbols: ,: symbols with commas between, such as BTCUSDT,ETHUSDT")]
    [InlineData("--venues mtgox --port 0", "error: venues: mtgox: one of binance-spot, binance-usdm, bybit-spot, bybit-linear")]
    [InlineData("--seed 1.5", "error: seed: 1.5: ")]
    [InlineData("--market casino", "error: market: casino: ")]
    [InlineData("--market replay", "error: data: none given: a file or folder to replay")]
    [InlineData("--data x", "error: data: x: only with --market replay")]
    [InlineData("--speed 0", "error: speed: 0: ")]
    [InlineData("--limits some", "error: limits: some: ")]
    public async Task Invoke_BadInput_SaysWhatIsAllowed(string arguments, string expected)
    {
        (await Invoke(arguments)).ShouldBe(2);

        _errors.Text.Trim().ShouldStartWith(expected);
        _errors.Text.Trim().ShouldNotContain('\n');
        _output.Text.ShouldBeEmpty();
    }

    [Fact]
    public async Task Invoke_FreePorts_PrintsOneLineOfJsonAndStopsWhenTold()
    {
        Task<int> running = Invoke("--port 0 --symbols BTCUSDT");
        await Eventually.Holds(() => _output.Text.EndsWith('\n'), "the ready line");
        JsonElement ready = JsonDocument.Parse(_output.Text).RootElement;

        await _stop.CancelAsync();

        (await running).ShouldBe(0);
        ready.GetProperty("admin").GetString().ShouldStartWith("http://127.0.0.1:");
        _errors.Text.ShouldBeEmpty();
    }

    public void Dispose()
    {
        _stop.Dispose();
        _output.Dispose();
        _errors.Dispose();
    }

    private Task<int> Invoke(string arguments)
    {
        RootCommand root = new("test") { ExchangeVerb.Create() };
        return root.Parse("exchange " + arguments).InvokeAsync(new InvocationConfiguration { Output = _output, Error = _errors }, _stop.Token);
    }
}
