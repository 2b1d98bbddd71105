using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Harrier.Cli.Verbs;
using Harrier.Exchanges.Tests.Support;
using Harrier.Testnet;

namespace Harrier.Exchanges.Tests.Streaming;

/// <summary>The verb <c>stream</c>, whole, against the built-in exchange.</summary>
public sealed class StreamVerbTests : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SharedWriter _output = new();
    private readonly SharedWriter _errors = new();

    [Theory]
    [InlineData("--venue mtgox --symbols BTCUSDT", "error: venue: mtgox: one of binance-spot, binance-usdm, bybit-linear, bybit-spot, uphold")]
    [InlineData("--venue binance --symbols BTCUSDT --channels gossip", "error: channels: gossip: one of trades, book, ticker, top, mark")]
    [InlineData("--venue binance --symbols BTC@USDT", "error: symbols: BTC@USDT: symbols such as BTCUSDT, BTC/USDT or BTC-USDT")]
    [InlineData("--venue binance --symbols ,", "error: symbols: none given: 1 to 5000 symbols such as BTCUSDT, BTC/USDT or BTC-USDT")]
    [InlineData("--venue binance --symbols BTCUSDT --endpoint nowhere", "error: endpoint: nowhere: live, testnet, or the URL of an exchange such as http://127.0.0.1:9900; live where nothing is said")]
    [InlineData("--venue binance --symbols BTCUSDT --backup-every 5s", "error: backup-every: 5s: only with --backup DIR")]
    [InlineData("--venue binance --symbols BTCUSDT --backup /dev/null/x", "error: backup: /dev/null/x: a folder; /dev/null is a file")]
    [InlineData("--venue binance --symbols BTCUSDT --for soon", "error: for: soon: a length of time such as 30m, 24h, 7d")]
    public async Task Invoke_BadInput_SaysWhatIsAllowed(string arguments, string expected)
    {
        (await Invoke(arguments)).ShouldBe(2);

        _errors.Text.Trim().ShouldBe(expected);
        _output.Text.ShouldBeEmpty();
    }

    [Fact]
    public async Task Invoke_NobodyAnswers_SaysHowToUseTheBuiltInExchangeAndFails()
    {
        (await Invoke($"--venue binance --symbols BTCUSDT --for 2s --json --endpoint http://127.0.0.1:{LocalPorts.Refusing}")).ShouldBe(1);

        _errors.Text.ShouldContain("hint: without the internet, start the built-in exchange");
        _output.Text.ShouldBeEmpty();
    }

    [Fact]
    public async Task Invoke_UnknownSymbol_IsBadInput()
    {
        await using BuiltInExchange exchange = await PlacedExchange.StartAsync(0);

        (await Invoke($"--venue binance --symbols BTCUSDT,NOPEUSDT --json --endpoint {Origin(exchange)}")).ShouldBe(2);

        _errors.Text.ShouldContain("error: symbols: NOPEUSDT: a symbol of binance-spot");
    }

    [Fact]
    public async Task Invoke_ExchangeIsKilledAndStartedAgain_BooksAreVerifiedAgain()
    {
        int port = LocalPorts.FourInARow();
        BuiltInExchange exchange = await PlacedExchange.StartAsync(port);
        Task<int> running = Invoke($"--venue binance --symbols BTC/USDT,ETH-USDT --json --endpoint {Origin(exchange)}");
        try
        {
            await Eventually.Holds(() => Last("BTCUSDT") is { } btc && btc.Book == "verified" && btc.Bid is not null && Last("ETHUSDT")?.Book == "verified", "verified books");
            Last("BTCUSDT")!.Venue.ShouldBe("sim-binance-spot");
        }
        finally
        {
            await exchange.DisposeAsync();
        }

        await Eventually.Holds(() => Last("BTCUSDT") is { Book: not "verified", Bid: null }, "a book that is not shown");
        await using BuiltInExchange again = await PlacedExchange.StartAsync(port);
        await Eventually.Holds(() => Last("BTCUSDT") is { Book: "verified", Reconnects: >= 1 } && Last("ETHUSDT")?.Book == "verified", "books after the restart");
        await _stop.CancelAsync();

        (await running).ShouldBe(0);
        _output.Text.TrimEnd().Split('\n')[^1].ShouldContain("\"type\":\"statistics\"");
        decimal.Parse(Last("BTCUSDT")!.Bid!, CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Invoke_WithBackup_KeepsEveryTickAndTheStatistics()
    {
        string folder = Path.Combine(Directory.CreateTempSubdirectory("harrier-backup-").FullName, "ticks");
        await using BuiltInExchange exchange = await PlacedExchange.StartAsync(0);
        for (int run = 0; run < 2; run++)
        {
            int before = Ticks().Length;
            using CancellationTokenSource stop = new();
            Task<int> running = RunUntil($"--venue binance --symbols BTCUSDT,ETHUSDT --channels trades --json --backup {folder} --backup-every 1s --endpoint {Origin(exchange)}", stop.Token);
            await Eventually.Holds(() => Ticks().Length >= before + 2, "ticks on disk");
            await stop.CancelAsync();
            (await running).ShouldBe(0);
        }

        string[] lines = Ticks();
        lines[0].ShouldBe("time,symbol,price,volume,high,low,open,price_change,price_change_pct,trades,receive_time");
        lines.Skip(1).Count(line => line.Split(',') is { Length: 11 } cells && cells[1] == "BTCUSDT" && decimal.Parse(cells[2], CultureInfo.InvariantCulture) > 0).ShouldBeGreaterThan(2);
        lines.Count(line => line.StartsWith("time,", StringComparison.Ordinal)).ShouldBe(Directory.EnumerateFiles(folder, "BTCUSDT_ticks_*.csv").Count());
        string[] statistics = [.. Directory.EnumerateFiles(folder, "stats_*.json").Order(StringComparer.Ordinal)];
        statistics.Length.ShouldBeInRange(1, 2);
        using JsonDocument text = JsonDocument.Parse(await File.ReadAllTextAsync(statistics[^1], TestContext.Current.CancellationToken));
        text.RootElement.GetProperty("messages_per_symbol").GetProperty("BTCUSDT").GetInt64().ShouldBeGreaterThan(0);
        text.RootElement.GetProperty("errors").GetInt64().ShouldBe(0);
        _errors.Text.ShouldBeEmpty();
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);

        string[] Ticks() => Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "BTCUSDT_ticks_*.csv").Order(StringComparer.Ordinal).SelectMany(File.ReadLines)] : [];
    }

    [Fact]
    public async Task Invoke_NoSymbols_ShowsTheMajorOnesThatTheVenueHas()
    {
        await using BuiltInExchange exchange = await PlacedExchange.StartAsync(0);

        Task<int> running = Invoke($"--venue binance --json --endpoint {Origin(exchange)}");
        await Eventually.Holds(() => Last("BTCUSDT") is not null && Last("ETHUSDT") is not null, "both symbols");
        await _stop.CancelAsync();
        (await running).ShouldBe(0);

        _errors.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(8);
        _errors.Text.ShouldContain("warning: LINKUSDT is no symbol of binance-spot and is left out");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
        await _output.DisposeAsync();
        await _errors.DisposeAsync();
    }

    private static string Origin(BuiltInExchange exchange)
    {
        using JsonDocument ready = JsonDocument.Parse(exchange.Host.ReadyLine);
        return ready.RootElement.GetProperty("binance").GetProperty("rest").GetString()!;
    }

    private Task<int> Invoke(string arguments) => RunUntil(arguments, _stop.Token);

    private Task<int> RunUntil(string arguments, CancellationToken stop)
    {
        RootCommand root = new("test") { StreamVerb.Create(new Option<bool>("--verbose")) };
        return root.Parse("stream " + arguments).InvokeAsync(new InvocationConfiguration { Output = _output, Error = _errors }, stop);
    }

    private SymbolLine? Last(string symbol)
    {
        string? line = _output.Text.Split('\n').LastOrDefault(text => text.Contains($"\"symbol\":\"{symbol}\"", StringComparison.Ordinal) && text.EndsWith('}'));
        if (line is null)
        {
            return null;
        }

        using JsonDocument json = JsonDocument.Parse(line);
        JsonElement root = json.RootElement;
        return new SymbolLine(root.GetProperty("venue").GetString()!, root.GetProperty("book").GetString()!, root.GetProperty("bid").GetString(), root.GetProperty("reconnects").GetInt32());
    }

    private sealed record SymbolLine(string Venue, string Book, string? Bid, int Reconnects);
}
