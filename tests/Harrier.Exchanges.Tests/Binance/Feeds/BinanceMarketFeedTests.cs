using System.Text;
using Harrier.Domain;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Binance.Feeds;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Tests.Transport;
using Harrier.Exchanges.Transport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harrier.Exchanges.Tests.Binance.Feeds;

public sealed class BinanceMarketFeedTests : IAsyncDisposable
{
    private const string Snapshot = """{"lastUpdateId":100,"bids":[["99.90","1.000"],["99.80","2.000"]],"asks":[["100.10","1.500"]]}""";

    private readonly ManualTimeProvider _clock = new();
    private readonly FakeSocketFactory _sockets = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private MarketFeed? _feed;
    private string _snapshot = Snapshot;
    private int _snapshots;

    [Fact]
    public async Task Read_SnapshotAndUpdatesJoin_ShowsTheVerifiedTop()
    {
        MarketFeed feed = Start(FeedChannels.Book);
        await Subscribed(1);

        Depth(99, 101, bid: "99.95");
        await Verified(feed);

        SymbolStatus status = feed.Read(Now())[0];
        status.Bid.ShouldBe(99.95m);
        status.Ask.ShouldBe(100.10m);
        status.SpreadBps!.Value.ShouldBe(0.15m / 200.05m * 20_000m);
        status.Messages.ShouldBe(1);
    }

    [Fact]
    public async Task Read_ConnectionIsLost_NoBookIsShownUntilVerifiedAgain()
    {
        MarketFeed feed = Start(FeedChannels.Book);
        await Subscribed(1);
        Depth(99, 101, bid: "99.95");
        await Verified(feed);

        _sockets.Last.Cut();
        await Eventually.Holds(() => feed.Read(Now())[0].Book == BookState.Unsynced);
        feed.Read(Now())[0].Bid.ShouldBeNull();
        await Subscribed(2);
        Depth(99, 101, bid: "99.85");
        await Verified(feed);

        SymbolStatus status = feed.Read(Now())[0];
        status.Bid.ShouldBe(99.90m);
        status.Reconnects.ShouldBe(1);
        status.BookCounts!.Value.Resyncs.ShouldBe(2);
        status.BookCounts!.Value.TimeUnverified.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("""{"e":"depthUpdate","E":1,"s":"AAAUSDT","U":102,"u":102,"b":[["99.9","oops"]],"a":[]}""")]
    [InlineData("""{"e":"depthUpdate","E":1,"s":"AAAUSDT","U":105,"u":106,"b":[],"a":[]}""")]
    [InlineData("<html>maintenance</html>")]
    public async Task Read_BookMessageIsLost_BookIsSuspectAndRebuilt(string message)
    {
        MarketFeed feed = Start(FeedChannels.Book);
        await Subscribed(1);
        Depth(99, 101, bid: "99.95");
        await Verified(feed);

        _snapshot = Snapshot.Replace("\"lastUpdateId\":100", "\"lastUpdateId\":106", StringComparison.Ordinal);
        Push("aaausdt@depth@100ms", message);

        await Eventually.Holds(() => feed.Read(Now())[0].Book is BookState.Suspect or BookState.Rebuilding);
        feed.Read(Now())[0].Ask.ShouldBeNull();
        Depth(99, 107, bid: "99.70");
        await Eventually.Holds(() =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(500));
            return feed.Read(Now())[0].Book == BookState.Verified;
        });
        Volatile.Read(ref _snapshots).ShouldBe(2);
    }

    [Fact]
    public async Task Read_OneLevelIsOffTheGrid_IsCountedAndTheBookStays()
    {
        MarketFeed feed = Start(FeedChannels.Book);
        await Subscribed(1);
        Depth(99, 101, bid: "99.95");
        await Verified(feed);

        Push("aaausdt@depth@100ms", """{"e":"depthUpdate","E":1767225600000,"s":"AAAUSDT","U":102,"u":102,"b":[["99.965","1.000"],["99.97","1.000"]],"a":[]}""");

        await Eventually.Holds(() => feed.Read(Now())[0].Faults == 1);
        feed.Read(Now())[0].Book.ShouldBe(BookState.Verified);
        feed.Read(Now())[0].Bid.ShouldBe(99.97m);
    }

    [Fact]
    public async Task OnTrade_RepeatedByAnOverlap_CountsOnce()
    {
        EventQueue<FeedItem> output = new(100, QueueOverflow.Refuse);
        MarketFeed feed = Start(FeedChannels.Trades, output: output);
        await Subscribed(1);

        foreach (int id in (int[])[7, 8, 8, 7, 9])
        {
            Push("aaausdt@trade", Trade(id));
        }

        await Eventually.Holds(() => feed.Messages == 5);
        SymbolStatus status = feed.Read(Now())[0];
        status.Trades.ShouldBe(3);
        status.Last.ShouldBe(100.09m);
        output.Count.ShouldBe(3);
        feed.History(new InstrumentId(0), 2).Select(tick => tick.Price).ShouldBe([100.08m, 100.09m]);
    }

    [Fact]
    public async Task Output_EngineIsTooSlow_BookIsRebuiltAndTheFaultIsToldFirst()
    {
        EventQueue<FeedItem> output = new(6, QueueOverflow.Refuse);
        MarketFeed feed = Start(FeedChannels.Book, output: output);
        await Subscribed(1);
        Depth(99, 101, bid: "99.95");
        await Verified(feed);

        Depth(102, 102, bid: "99.96");
        Depth(103, 103, bid: "99.97");
        await Eventually.Holds(() => feed.Read(Now())[0].Book is BookState.Suspect or BookState.Rebuilding);

        feed.Refused.ShouldBeGreaterThan(0);
        Drain(output).ShouldAllBe(item => !item.IsFault);
        Depth(99, 110, bid: "99.70");
        await Eventually.Holds(() =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(500));
            return feed.Read(Now())[0].Book == BookState.Verified;
        });
        List<FeedItem> after = Drain(output);
        after[0].IsFault.ShouldBeTrue("nothing of the new book may come before it");
        after.Skip(1).First(item => !item.IsFault).Event.Kind.ShouldBe(MarketEventKind.BookClear);
    }

    [Fact]
    public async Task RunAsync_UsdM_OneKindPerConnection()
    {
        MarketFeed feed = Start(FeedChannels.Book | FeedChannels.Trades | FeedChannels.MarkPrice, BinanceMarket.UsdM);
        await Eventually.Holds(() => _sockets.Sockets.Count == 2 && _sockets.Sockets.All(socket => socket.SentTexts.Any()));

        string[] paths = [.. _sockets.Sockets.Select(socket => socket.Address.AbsolutePath).Order(StringComparer.Ordinal)];
        paths.ShouldBe(["/market/stream", "/public/stream"]);
        _sockets.Sockets.Single(socket => socket.Address.AbsolutePath == "/public/stream").SentTexts.Single().ShouldContain("""["aaausdt@depth@100ms"]""");
        _sockets.Sockets.Single(socket => socket.Address.AbsolutePath == "/market/stream").SentTexts.Single()
            .ShouldContain("""["aaausdt@aggTrade","aaausdt@markPrice@1s"]""");
        feed.Connections.GetAllStatuses().Count.ShouldBe(2);
    }

    [Fact]
    public async Task RunAsync_MarkPricePassesTheTimeOfFunding_TheRateNamedLastIsPaidOnce()
    {
        EventQueue<FeedItem> queue = new(100, QueueOverflow.Refuse);
        MarketFeed feed = Start(FeedChannels.MarkPrice, BinanceMarket.UsdM, queue);
        await Eventually.Holds(() => _sockets.Sockets.Count == 1 && _sockets.Last.SentTexts.Any());

        Mark(at: 1767225598000, price: "100.00", rate: "0.00010000", next: 1767225600000);
        Mark(at: 1767225599000, price: "100.10", rate: "0.00020000", next: 1767225600000);
        Mark(at: 1767225600500, price: "100.20", rate: "0.00030000", next: 1767254400000);
        Mark(at: 1767225601500, price: "100.30", rate: "0.00030000", next: 1767254400000);
        await Eventually.Holds(() => queue.Count == 5);

        Drain(queue).Select(static item => (item.Event.Kind, item.Event.Price.Value, item.Event.Rate)).ShouldBe(
        [
            (MarketEventKind.MarkPrice, 10000, 0.0001),
            (MarketEventKind.MarkPrice, 10010, 0.0002),
            (MarketEventKind.Funding, 10010, 0.0002),
            (MarketEventKind.MarkPrice, 10020, 0.0003),
            (MarketEventKind.MarkPrice, 10030, 0.0003),
        ]);
        feed.Messages.ShouldBe(4);
    }

    [Fact]
    public async Task RunAsync_MoreStreamsThanAConnectionMayCarry_OpensAnother()
    {
        Start(FeedChannels.Book | FeedChannels.Trades, count: 600);

        await Eventually.Holds(() => _sockets.Sockets.Count == 2);
    }

    [Fact]
    public void Route_EnvelopeInAnotherSpelling_IsUnderstood()
    {
        BinanceStreamDialect dialect = new();
        byte[] spaced = Encoding.UTF8.GetBytes("""{ "data" : {"a":[1,2]} , "stream" : "x@trade" }""");
        byte[] answer = Encoding.UTF8.GetBytes("""{"id":12,"result":null}""");
        byte[] error = Encoding.UTF8.GetBytes("""{"error":{"code":2,"msg":"Invalid request"},"id":13}""");
        byte[] html = Encoding.UTF8.GetBytes("<html></html>");

        FrameRoute data = dialect.Route(spaced);
        Encoding.UTF8.GetString(data.Topic).ShouldBe("x@trade");
        Encoding.UTF8.GetString(data.Payload).ShouldBe("""{"a":[1,2]}""");
        dialect.Route(answer).Kind.ShouldBe(FrameRouteKind.Accepted);
        dialect.Route(answer).Request.ShouldBe(12);
        dialect.Route(error).Kind.ShouldBe(FrameRouteKind.Refused);
        dialect.Route(error).Request.ShouldBe(13);
        dialect.Route(html).Kind.ShouldBe(FrameRouteKind.Other);
        dialect.Route([]).Kind.ShouldBe(FrameRouteKind.Other);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private static List<FeedItem> Drain(EventQueue<FeedItem> queue)
    {
        List<FeedItem> items = [];
        while (queue.TryRead(out FeedItem item))
        {
            items.Add(item);
        }

        return items;
    }

    private static string Trade(int id) =>
        $$"""{"e":"trade","E":1767225600000,"s":"AAAUSDT","t":{{id}},"p":"100.0{{id}}","q":"0.500","T":1767225600000,"m":true,"M":true}""";

    private void Mark(long at, string price, string rate, long next) => Push(
        "aaausdt@markPrice@1s",
        $$"""{"e":"markPriceUpdate","E":{{at}},"s":"AAAUSDT","p":"{{price}}","ap":"{{price}}","i":"{{price}}","P":"{{price}}","r":"{{rate}}","T":{{next}}}""");

    private void Depth(long first, long final, string bid) => Push(
        "aaausdt@depth@100ms",
        $$"""{"e":"depthUpdate","E":1767225600000,"s":"AAAUSDT","U":{{first}},"u":{{final}},"b":[["{{bid}}","1.000"]],"a":[]}""");

    private void Push(string stream, string data) => _sockets.Last.Push($$"""{"stream":"{{stream}}","data":{{data}}}""");

    private MarketFeed Start(FeedChannels channels, BinanceMarket market = BinanceMarket.Spot, EventQueue<FeedItem>? output = null, int count = 1)
    {
        Instrument[] instruments =
        [
            .. Enumerable.Range(0, count).Select(i => new Instrument(new InstrumentId(i), new InstrumentDefinition
            {
                Venue = new VenueId("test"),
                Symbol = count == 1 ? "AAAUSDT" : $"S{i}USDT",
                Base = new Asset("AAA"),
                Quote = new Asset("USDT"),
                Kind = InstrumentKind.Spot,
                TickSize = 0.01m,
                LotSize = 0.001m,
            })),
        ];
        MarketFeedOptions options = new()
        {
            Venue = BinanceStreams.Of(market, BinanceEndpoints.Live(market).Streams, GetSnapshot),
            Instruments = instruments,
            Channels = channels,
            Jitter = static () => 0.5,
            Output = output,
            Tune = static connection => connection with { ConnectTimeout = Timeout.InfiniteTimeSpan, RolloverAfter = null, SilentAfter = null },
        };
        MarketFeed feed = new(options, _sockets, _clock, NullLogger.Instance);
        _feed = feed;
        _running = feed.RunAsync(_stop.Token);
        return feed;
    }

    private Task<VenueResult<ReadOnlyMemory<byte>>> GetSnapshot(Instrument instrument, CancellationToken cancel)
    {
        Interlocked.Increment(ref _snapshots);
        return Task.FromResult(VenueResult<ReadOnlyMemory<byte>>.Ok(Encoding.UTF8.GetBytes(_snapshot)));
    }

    private async Task Subscribed(int sessions) => await Eventually.Holds(() =>
    {
        if (_sockets.Sockets.Count < sessions)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        return _sockets.Sockets.Count == sessions && _sockets.Last.SentTexts.Any() && _feed!.Read(Now())[0].Book != BookState.Unsynced;
    });

    private async Task Verified(MarketFeed feed) => await Eventually.Holds(
        () =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(50));
            return feed.Read(Now())[0].Book == BookState.Verified;
        },
        "a verified book");

    private Timestamp Now() => Timestamp.From(_clock.GetUtcNow());
}
