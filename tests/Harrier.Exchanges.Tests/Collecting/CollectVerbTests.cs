using System.CommandLine;
using System.Text.Json;
using Harrier.Cli.Verbs;
using Harrier.Domain;
using Harrier.Exchanges.Tests.Support;
using Harrier.Storage.Market;
using Harrier.Testnet;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Faults;
using Harrier.Testnet.Markets;

namespace Harrier.Exchanges.Tests.Collecting;

/// <summary>The verb <c>collect</c>, whole, against the built-in exchange with its limits on.</summary>
public sealed class CollectVerbTests : IAsyncDisposable
{
    private static readonly BarSpec _hour = new(3600 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("harrier-collect-");
    private readonly SharedWriter _output = new();
    private readonly SharedWriter _errors = new();

    [Theory]
    [InlineData("--interval 7m", "error: interval: 7m: one of 1s, 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d, 1w at binance-spot")]
    [InlineData("--interval soon", "error: interval: soon: a bar length such as 1m, 5m, 1h, 4h, 1d")]
    [InlineData("--venue uphold", "error: venue: uphold: the venue tells no past: it quotes prices of the moment alone")]
    [InlineData("--months 3 --from 2026-01-01", "error: months: 3: either months or --from, not both")]
    [InlineData("--from 2026-02-01 --to 2026-01-01", "error: to: 2026-01-01: a day not before 2026-02-01")]
    [InlineData("--bulk only", "error: bulk: only: auto or never, as files are of the venue itself (--endpoint live)")]
    [InlineData("--concurrency 17", "error: concurrency: 17: a number from 1 to 16")]
    [InlineData("--kind gossip", "error: kind: gossip: one of bars, trades, funding, book")]
    public async Task Invoke_BadInput_SaysWhatIsAllowedAndSendsNothing(string arguments, string expected)
    {
        (await InvokeAsync($"{arguments} --endpoint http://127.0.0.1:{LocalPorts.Refusing}")).ShouldBe(2);

        _errors.Text.Trim().ShouldBe(expected);
        Directory.EnumerateFileSystemEntries(_folder.FullName).ShouldBeEmpty();
    }

    [Fact]
    public async Task Invoke_NobodyAnswers_SaysHowToUseTheBuiltInExchange()
    {
        (await InvokeAsync($"--symbols BTCUSDT --json --endpoint http://127.0.0.1:{LocalPorts.Refusing}")).ShouldBe(1);

        _errors.Text.ShouldContain("error: venue: binance-spot: no connection to the venue");
        _errors.Text.ShouldContain("hint: without the internet, start the built-in exchange");
        JsonDocument.Parse(_output.Text).RootElement.GetProperty("complete").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Invoke_TenMonthsWithFaults_StoresTheExchangesTruth()
    {
        await using BuiltInExchange exchange = await ExchangeAsync();
        foreach (FaultKind kind in (FaultKind[])[FaultKind.Cut, FaultKind.CutAfter, FaultKind.ServerError, FaultKind.Html, FaultKind.Delay])
        {
            exchange.Faults.Add(new FaultPlan(kind) { Venue = "binance-spot", Match = "/api/v3/klines", Probability = 0.15, Count = 6, Delay = TimeSpan.FromMilliseconds(200) });
        }

        exchange.Faults.Add(new FaultPlan(FaultKind.TooManyRequests) { Venue = "binance-spot", Match = "/api/v3/klines", Count = 1, Delay = TimeSpan.FromSeconds(1) });

        int code = await InvokeAsync($"--symbols BTCUSDT,ETHUSDT,MATICUSDT --json --no-csv --endpoint {Origin(exchange, "binance")}");

        JsonElement summary = JsonDocument.Parse(_output.Text).RootElement;
        code.ShouldBe(1, _errors.Text);
        summary.GetProperty("symbols").EnumerateArray().Select(one => one.GetProperty("state").GetString()).ShouldBe(["complete", "complete", "unknown"]);
        exchange.Faults.Injected.ShouldBeGreaterThan(5);
        foreach (string symbol in (string[])["BTCUSDT", "ETHUSDT"])
        {
            IReadOnlyList<HistoricalBar> stored = Stored(new VenueId("sim-binance-spot"), symbol);
            stored.Count.ShouldBeGreaterThan(300 * 24);
            ShouldBeTruth(exchange.Market("binance-spot").Facts, symbol, stored);
        }
    }

    [Theory]
    [InlineData("binance-usdm", "binance")]
    [InlineData("bybit-spot", "bybit")]
    [InlineData("bybit-linear", "bybit")]
    public async Task Invoke_OtherVenues_StoreTheExchangesTruth(string venue, string origin)
    {
        await using BuiltInExchange exchange = await ExchangeAsync();

        (await InvokeAsync($"--venue {venue} --symbols BTC/USDT --months 4 --json --endpoint {Origin(exchange, origin)}")).ShouldBe(0, _errors.Text);

        IReadOnlyList<HistoricalBar> stored = Stored(new VenueId("sim-" + venue), "BTCUSDT");
        stored.Count.ShouldBeGreaterThan(118 * 24);
        ShouldBeTruth(exchange.Market(venue).Facts, "BTCUSDT", stored);
    }

    [Theory]
    [InlineData("binance-usdm", "binance")]
    [InlineData("bybit-linear", "bybit")]
    public async Task Invoke_Funding_StoresTenMonthsOfPayments(string venue, string origin)
    {
        await using BuiltInExchange exchange = await ExchangeAsync();

        (await InvokeAsync($"--venue {venue} --kind funding --symbols BTCUSDT --json --endpoint {Origin(exchange, origin)}")).ShouldBe(0, _errors.Text);

        using MarketStore store = MarketStore.Open(_folder.FullName);
        HistoricalFunding[] payments = [.. store.Funding.Read(SeriesKey.Funding(new VenueId("sim-" + venue), "BTCUSDT"), TimeRange.Always)];
        payments.Length.ShouldBeGreaterThan(900);
        Dictionary<Timestamp, decimal> truth = exchange.Market(venue).Facts.Core.FundingHistory("BTCUSDT").ToDictionary(stamp => stamp.Time, stamp => stamp.Rate);
        payments.ShouldAllBe(payment => truth[payment.Time] == payment.Rate);
    }

    [Theory]
    [InlineData("bybit-linear", "bybit", "trades")]
    [InlineData("binance-spot", "binance", "funding")]
    public async Task Invoke_KindThatTheVenueLacks_IsBadInput(string venue, string origin, string kind)
    {
        await using BuiltInExchange exchange = await ExchangeAsync();

        (await InvokeAsync($"--venue {venue} --kind {kind} --symbols BTCUSDT --endpoint {Origin(exchange, origin)}")).ShouldBe(2);

        _errors.Text.ShouldContain($"error: kind: {kind}: ");
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        await _output.DisposeAsync();
        await _errors.DisposeAsync();
    }

    private static void ShouldBeTruth(MarketFacts facts, string symbol, IReadOnlyList<HistoricalBar> stored)
    {
        IReadOnlyList<Candle> truth;
        lock (facts.Core.Gate)
        {
            truth = facts.Candles.Candles(symbol, CandleInterval.Hour, new CandleRange(stored[0].OpenTime, stored[^1].OpenTime, int.MaxValue));
        }

        stored.Select(bar => (bar.OpenTime, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, bar.QuoteVolume))
            .ShouldBe(truth.Select(candle => (candle.OpenTime, candle.Open, candle.High, candle.Low, candle.Close, candle.Volume, (decimal?)candle.QuoteVolume)));
    }

    private static async Task<BuiltInExchange> ExchangeAsync() => await BuiltInExchange.StartAsync(
        new BuiltInExchangeOptions { Host = new TestnetOptions { Port = 0, Seed = 7 }, Symbols = ["BTCUSDT", "ETHUSDT"] }, TimeProvider.System, stop: TestContext.Current.CancellationToken);

    private static string Origin(BuiltInExchange exchange, string house)
    {
        using JsonDocument ready = JsonDocument.Parse(exchange.Host.ReadyLine);
        return ready.RootElement.GetProperty(house).GetProperty("rest").GetString()!;
    }

    private IReadOnlyList<HistoricalBar> Stored(VenueId venue, string symbol)
    {
        using MarketStore store = MarketStore.Open(_folder.FullName);
        return [.. store.Bars.Read(SeriesKey.Bars(venue, symbol, _hour), TimeRange.Always)];
    }

    private Task<int> InvokeAsync(string arguments)
    {
        RootCommand root = new("test") { CollectVerb.Create(new Option<bool>("--verbose")) };
        InvocationConfiguration streams = new() { Output = _output, Error = _errors };
        return root.Parse($"collect {arguments} --store {_folder.FullName}").InvokeAsync(streams, TestContext.Current.CancellationToken);
    }
}
