using System.CommandLine;
using System.Text;
using System.Text.Json;
using Harrier.Cli.Composition;
using Harrier.Cli.Verbs;
using Harrier.Exchanges.Tests.Support;
using Harrier.Storage.Recording;
using Harrier.Testnet;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Markets;

namespace Harrier.Exchanges.Tests.Recording;

/// <summary>The verb <c>record</c>, whole, against the built-in exchange.</summary>
public sealed class RecordVerbTests : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SharedWriter _output = new();
    private readonly SharedWriter _errors = new();
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("harrier-record-").FullName, "recording");

    [Theory]
    [InlineData("--venue binance --symbols BTCUSDT --channels gossip", "error: channels: gossip: one of trades, book, ticker, top, mark")]
    [InlineData("--venue binance --symbols BTCUSDT --for 0", "error: for: 0: a length of time such as 30m, 24h, 7d")]
    [InlineData("--venue binance --symbols BTCUSDT --format parquet", "error: format: parquet: one of segments, capture")]
    [InlineData("--venue mtgox --symbols BTCUSDT", "error: venue: mtgox: one of binance-spot, binance-usdm, bybit-linear, bybit-spot, uphold")]
    public async Task Invoke_BadInput_SaysWhatIsAllowedAndMakesNothing(string arguments, string expected)
    {
        (await Invoke(arguments)).ShouldBe(2);

        _errors.Text.Trim().ShouldBe(expected);
        Directory.Exists(_folder).ShouldBeFalse();
    }

    [Fact]
    public async Task Invoke_FolderHoldsOtherThings_IsBadInput()
    {
        Directory.CreateDirectory(_folder);
        await File.WriteAllTextAsync(Path.Combine(_folder, "thesis.doc"), "mine", TestContext.Current.CancellationToken);

        (await Invoke("--venue binance --symbols BTCUSDT")).ShouldBe(2);

        _errors.Text.Trim().ShouldBe($"error: out: {_folder}: a folder that is not there yet, empty, or holds recordings alone; this one holds thesis.doc");
    }

    [Fact]
    public async Task Invoke_FolderCannotBeMade_IsBadInput()
    {
        await File.WriteAllTextAsync(_folder, "a file", TestContext.Current.CancellationToken);

        (await Invoke("--venue binance --symbols BTCUSDT")).ShouldBe(2);

        _errors.Text.Trim().ShouldBe($"error: out: {_folder}: a folder; {_folder} is a file");
        File.Delete(_folder);
    }

    [Fact]
    public async Task Invoke_VenueWithoutStreams_IsBadInput()
    {
        (await Invoke("--venue uphold --symbols BTCUSD")).ShouldBe(2);

        _errors.Text.ShouldStartWith("error: venue: uphold: ");
    }

    [Fact]
    public async Task Invoke_NobodyAnswers_SaysHowToUseTheBuiltInExchangeAndFails()
    {
        (await Invoke("--venue binance --symbols BTCUSDT --for 1s --endpoint http://127.0.0.1:1")).ShouldBe(1);

        _errors.Text.ShouldContain("hint: without the internet, start the built-in exchange");
    }

    [Fact]
    public async Task Invoke_UnknownSymbol_IsBadInput()
    {
        await using BuiltInExchange exchange = await PlacedExchange.StartAsync(0);

        (await Invoke($"--venue binance --symbols NOPEUSDT --endpoint {Origin(exchange, "binance")}")).ShouldBe(2);

        _errors.Text.ShouldContain("error: symbols: NOPEUSDT: a symbol of binance-spot");
    }

    [Fact]
    public async Task Invoke_WhileAnotherClientListens_RecordsTheFramesThatItGotByteByByte()
    {
        await using BuiltInExchange exchange = await PlacedExchange.StartAsync(0);
        string origin = Origin(exchange, "binance");
        await using FrameListener other = await FrameListener.StartAsync(
            new Uri(origin.Replace("http", "ws", StringComparison.Ordinal) + "/stream?streams=btcusdt@trade/btcusdt@depth@100ms/ethusdt@trade/ethusdt@depth@100ms"));
        await Eventually.Holds(() => other.Streams.Count == 4, "frames of all streams");
        Task<int> running = Invoke($"--venue binance --symbols BTCUSDT,ETHUSDT --endpoint {origin}");
        await Eventually.Holds(() => Recorded().Count(record => record.Kind == RecordKind.Frame) > 60, "sixty frames");
        await _stop.CancelAsync();
        (await running).ShouldBe(0);
        int last = other.Frames.Count;
        await Eventually.Holds(() => other.Frames.Count > last + 20, "what comes after the end");

        RecordedFrame[] recorded = [.. Recorded()];
        recorded[0].Kind.ShouldBe(RecordKind.Opened);
        recorded[^1].Kind.ShouldBe(RecordKind.Closed);
        recorded.Select(record => record.Time).ShouldBe(recorded.Select(record => record.Time).Order());
        foreach (string stream in other.Streams)
        {
            string[] ours = [.. recorded.Select(record => Encoding.UTF8.GetString(record.Bytes.Span)).Where(text => FrameListener.StreamOf(text) == stream)];
            string[] theirs = [.. other.Frames.Where(text => FrameListener.StreamOf(text) == stream)];
            ours.Length.ShouldBeGreaterThan(0, stream);
            int start = Array.IndexOf(theirs, ours[0]);
            start.ShouldBeGreaterThanOrEqualTo(0, stream);
            theirs[start..(start + ours.Length)].ShouldBe(ours);
        }
    }

    [Theory]
    [InlineData("binance-spot", 5000, true)]
    [InlineData("binance-usdm", 1000, true)]
    [InlineData("bybit-linear", 200, false)]
    public async Task Invoke_ThenReplay_EndsWithTheBookThatTheExchangeHad(string venue, int levels, bool hasExchangeIds)
    {
        await using BuiltInExchange exchange = await PlacedExchange.StartAsync(0);
        string origin = Origin(exchange, venue.Split('-')[0]);
        Task<int> running = Invoke($"--venue {venue} --symbols BTCUSDT --endpoint {origin}");
        await Eventually.Holds(() => Recorded().Count(record => record.Kind == RecordKind.Frame) > 30, "thirty frames");
        exchange.Driver.IsPaused = true;
        ExchangeCore core = exchange.Market(venue).Facts.Core;
        await Eventually.Holds(() => Book().Levels(levels).SequenceEqual(Levels(core, levels)), "the last change of the book");
        if (hasExchangeIds)
        {
            Book().LastId.ShouldBe(core.Depth("BTCUSDT", 1).LastUpdateId);
        }

        await _stop.CancelAsync();
        (await running).ShouldBe(0);

        await using BuiltInExchange replayed = await Harrier.Cli.Composition.Exchange.StartAsync(
            new ExchangeRequest(new TestnetOptions { Port = 0 }, []) { Data = _folder, Speed = 1000 }, TestContext.Current.CancellationToken);
        ReplayDriver driver = replayed.Driver.ShouldBeOfType<ReplayDriver>();
        await Eventually.Holds(() => driver.IsFinished, "the end of the replay");

        driver.Fault.ShouldBeNull();
        Levels(replayed.Market(venue).Facts.Core, levels).ShouldBe(Levels(core, levels));
    }

    [Fact]
    public async Task Invoke_ExchangeIsStoppedAndStartedAgain_TheHoleIsInTheRecording()
    {
        BuiltInExchange exchange = await PlacedExchange.StartAsync(0);
        int port = new Uri(Origin(exchange, "binance")).Port;
        Task<int> running = Invoke($"--venue binance --symbols BTCUSDT --endpoint {Origin(exchange, "binance")}");
        await Eventually.Holds(() => Recorded().Any(record => record.Kind == RecordKind.Snapshot), "a snapshot");
        await exchange.DisposeAsync();
        await Eventually.Holds(() => Recorded().Any(record => record.Kind == RecordKind.Lost), "the loss");
        await using BuiltInExchange again = await PlacedExchange.StartAsync(port);
        await Eventually.Holds(() => Recorded().Count(record => record.Kind == RecordKind.Snapshot) >= 2, "a snapshot after the restart");
        await _stop.CancelAsync();
        (await running).ShouldBe(0);

        RecordKind[] kinds = [.. Recorded().Select(record => record.Kind)];
        int lost = Array.IndexOf(kinds, RecordKind.Lost);
        int opened = Array.LastIndexOf(kinds, RecordKind.Opened);
        opened.ShouldBeGreaterThan(lost);
        kinds[lost..opened].ShouldAllBe(kind => kind == RecordKind.Lost);
        kinds[opened..].ShouldContain(RecordKind.Snapshot);
    }

    [Fact]
    public async Task Invoke_AsCapture_CanBeReplayedToo()
    {
        await using BuiltInExchange exchange = await PlacedExchange.StartAsync(0);

        Task<int> running = Invoke($"--venue binance --symbols BTCUSDT,ETHUSDT --format capture --json --endpoint {Origin(exchange, "binance")}");
        await Eventually.Holds(
            () => ((string[])["BTCUSDT", "ETHUSDT"]).All(symbol => Recorded().Any(record => record.Source.Symbol == symbol && Encoding.UTF8.GetString(record.Bytes.Span).Contains("\"trade\"", StringComparison.Ordinal))),
            "trades of both symbols");
        await _stop.CancelAsync();
        (await running).ShouldBe(0);

        using JsonDocument summary = JsonDocument.Parse(_output.Text.TrimEnd().Split('\n')[^1]);
        summary.RootElement.GetProperty("type").GetString().ShouldBe("summary");
        summary.RootElement.GetProperty("venue").GetString().ShouldBe("sim-binance-spot");
        summary.RootElement.GetProperty("missing_records").GetInt64().ShouldBe(0);
        ReplayRecording recording = new(ReplayFolder.Open(_folder, []));
        recording.Symbols.Select(symbol => symbol.Symbol).ShouldBe(["BTCUSDT", "ETHUSDT"]);
        recording.Events().OfType<ReplayTrade>().ShouldNotBeEmpty();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
        await _output.DisposeAsync();
        await _errors.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

    private static string Origin(BuiltInExchange exchange, string house)
    {
        using JsonDocument ready = JsonDocument.Parse(exchange.Host.ReadyLine);
        return ready.RootElement.GetProperty(house).GetProperty("rest").GetString()!;
    }

    private static string[] Levels(ExchangeCore core, int count)
    {
        lock (core.Gate)
        {
            DepthView depth = core.Depth("BTCUSDT", count);
            return [.. depth.Bids.Select(level => $"bid {level.Price:0.########} {level.Quantity:0.########}"), .. depth.Asks.Select(level => $"ask {level.Price:0.########} {level.Quantity:0.########}")];
        }
    }

    private IEnumerable<RecordedFrame> Recorded()
    {
        try
        {
            return RecordingReader.Open(_folder).Frames();
        }
        catch (RecordingException)
        {
            // Nothing is there yet, or the first file is being begun.
            return [];
        }
    }

    private RecordedBook Book()
    {
        RecordedBook book = new();
        foreach (RecordedFrame record in Recorded())
        {
            book.Take(record);
        }

        return book;
    }

    private Task<int> Invoke(string arguments)
    {
        RootCommand root = new("test") { RecordVerb.Create(new Option<bool>("--verbose")) };
        return root.Parse($"record --out {_folder} " + arguments).InvokeAsync(new InvocationConfiguration { Output = _output, Error = _errors }, _stop.Token);
    }
}
