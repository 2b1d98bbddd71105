using System.Text;
using Harrier.Domain;
using Harrier.Exchanges.Binance.Feeds;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Transport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harrier.Exchanges.Tests.Transport;

public sealed class StreamSubscriptionsTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly FakeSocketFactory _sockets = new();
    private readonly List<TopicFault> _faults = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly StreamSubscriptions _topics;
    private readonly WebSocketConnection _connection;
    private Task _running = Task.CompletedTask;

    public StreamSubscriptionsTests()
    {
        _topics = new StreamSubscriptions(new BinanceStreamDialect(), new StreamSubscriptionOptions { OnFault = _faults.Add }, _clock, NullLogger.Instance);
        _connection = new WebSocketConnection(
            new WebSocketConnectionOptions
            {
                Name = "test",
                Address = static _ => ValueTask.FromResult(new Uri("ws://localhost/stream")),
                BackOff = new BackOff { Jitter = static () => 1 },
                ConnectTimeout = Timeout.InfiniteTimeSpan,
                RolloverAfter = null,
            },
            _sockets,
            _topics,
            _clock,
            NullLogger.Instance);
    }

    [Fact]
    public async Task Subscribe_ManyTopicsBeforeConnecting_AreAskedForInFewMessages()
    {
        _topics.Subscribe([.. Enumerable.Range(0, 250).Select(i => (new Topic($"s{i}@trade"), (TopicCallback)Nothing))]);

        Start();

        await Eventually.Holds(() => _sockets.Sockets.Count == 1 && _sockets.Last.SentTexts.Count() == 3);
        _sockets.Last.SentTexts.First().ShouldStartWith("""{"method":"SUBSCRIBE","params":["s0@trade","s1@trade",""");
        _sockets.Last.SentTexts.Last().ShouldEndWith("""
            "s249@trade"],"id":3}
            """);
    }

    [Fact]
    public async Task OnFrame_OneCallbackFails_TheOthersStillGetTheMessage()
    {
        List<string> first = [];
        List<string> second = [];
        _topics.Subscribe(new Topic("btcusdt@trade"), (payload, _) => first.Add(Encoding.UTF8.GetString(payload)));
        _topics.Subscribe(new Topic("btcusdt@trade"), static (_, _) => throw new InvalidOperationException("broken strategy"));
        _topics.Subscribe(new Topic("btcusdt@trade"), (payload, _) => second.Add(Encoding.UTF8.GetString(payload)));
        Start();
        await Connected(1);

        Push("""{"stream":"btcusdt@trade","data":{"t":1}}""");
        Push("""{"stream":"btcusdt@trade","data":{"t":2}}""");

        await Eventually.Holds(() => second.Count == 2);
        first.ShouldBe(["""{"t":1}""", """{"t":2}"""]);
        _topics.Topics.Single().CallbackErrors.ShouldBe(2);
        _topics.ActiveSubscriptions["btcusdt@trade"].ShouldBe(3);
        _sockets.Last.SentTexts.Count().ShouldBe(1, "one topic is subscribed once, however many callbacks it has");
    }

    [Fact]
    public async Task Dispose_LastCallback_Unsubscribes()
    {
        IDisposable first = _topics.Subscribe(new Topic("a@trade"), Nothing);
        IDisposable second = _topics.Subscribe(new Topic("a@trade"), Nothing);
        Start();
        await Connected(1);

        first.Dispose();
        first.Dispose();
        _topics.ActiveSubscriptions["a@trade"].ShouldBe(1);
        second.Dispose();

        _topics.ActiveSubscriptions.ShouldBeEmpty();
        await Eventually.Holds(() => _sockets.Last.SentTexts.Last().Contains("UNSUBSCRIBE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OnConnected_AfterALoss_EverythingIsAskedForAgain()
    {
        _topics.Subscribe(new Topic("a@trade"), Nothing);
        Start();
        await Connected(1);
        _topics.Subscribe(new Topic("b@trade"), Nothing);
        await Eventually.Holds(() => _sockets.Last.SentTexts.Count() == 2);

        _sockets.Last.Cut();
        await Connected(2);

        _sockets.Last.SentTexts.Single().ShouldContain("""["a@trade","b@trade"]""");
    }

    [Fact]
    public async Task OnTick_WrongNameIsAcknowledgedAndSilent_IsReportedOnce()
    {
        _topics.Subscribe(new Topic("nonsense@trade", TimeSpan.FromSeconds(1)), Nothing);
        Start();
        await Connected(1);
        Push("""{"result":null,"id":1}""");

        await AdvanceSeconds(40, answer: true);

        _faults.Count(fault => fault.Kind == TopicFaultKind.NoFirstMessage).ShouldBe(1);
        _topics.Topics.Single().IsStale.ShouldBeTrue();
        _sockets.Sockets.Count.ShouldBe(1);
    }

    [Fact]
    public async Task OnTick_OneTopicFallsSilentWhileOthersGoOn_IsSubscribedAgain()
    {
        _topics.Subscribe(new Topic("a@depth", TimeSpan.FromMilliseconds(100)), Nothing);
        _topics.Subscribe(new Topic("b@depth", TimeSpan.FromMilliseconds(100)), Nothing);
        Start();
        await Connected(1);
        Push("""{"stream":"a@depth","data":{}}""");

        for (int i = 0; i < 8; i++)
        {
            Push("""{"stream":"b@depth","data":{}}""");
            await AdvanceSeconds(1, answer: true);
        }

        _faults.ShouldContain(fault => fault.Kind == TopicFaultKind.Stale && fault.Topic.Name == "a@depth");
        _faults.ShouldNotContain(fault => fault.Topic.Name == "b@depth");
        await Eventually.Holds(() => _sockets.Last.SentTexts.Count() >= 3);
        _sockets.Last.SentTexts.ShouldContain(text => text.Contains("UNSUBSCRIBE", StringComparison.Ordinal) && text.Contains("a@depth", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OnTick_TopicStaysSilentWhenAskedAgain_AnotherConnectionTakesOver()
    {
        _topics.Subscribe(new Topic("a@depth", TimeSpan.FromMilliseconds(100)), Nothing);
        _topics.Subscribe(new Topic("b@depth", TimeSpan.FromMilliseconds(100)), Nothing);
        Start();
        await Connected(1);
        Push("""{"stream":"a@depth","data":{}}""");

        for (int i = 0; i < 40 && _sockets.Sockets.Count == 1; i++)
        {
            Push("""{"stream":"b@depth","data":{}}""");
            await AdvanceSeconds(1, answer: true);
        }

        _sockets.Sockets.Count.ShouldBe(2);
    }

    [Fact]
    public async Task OnTick_QuietTopic_IsNeverStale()
    {
        _topics.Subscribe(new Topic("orders"), Nothing);
        Start();
        await Connected(1);

        await AdvanceSeconds(120, answer: true);

        _faults.ShouldBeEmpty();
        _sockets.Sockets.Count.ShouldBe(1);
    }

    [Fact]
    public async Task OnTick_RequestIsNotAnswered_SessionIsReplaced()
    {
        _topics.Subscribe(new Topic("a@trade"), Nothing);
        Start();
        await Connected(1);

        await Eventually.Holds(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return _sockets.Sockets.Count == 2;
        });

        _connection.Status.LastDisconnect!.Value.Kind.ShouldBe(DisconnectKind.Silent);
    }

    [Fact]
    public async Task Refused_OneBadTopicAmongMany_OnlyThatOneIsReported()
    {
        _topics.Subscribe([.. "a,b,bad,c".Split(',').Select(name => (new Topic(name), (TopicCallback)Nothing))]);
        Start();
        await Connected(1);
        HashSet<string> answered = [];

        await Eventually.Holds(() =>
        {
            foreach (string text in _sockets.Last.SentTexts.Where(answered.Add))
            {
                string id = text[(text.LastIndexOf(':') + 1)..^1];
                Push(text.Contains("bad", StringComparison.Ordinal) ? "{\"code\":2,\"msg\":\"no such stream\",\"id\":" + id + "}" : "{\"result\":null,\"id\":" + id + "}");
            }

            return _faults.Count > 0 && answered.Count == 5;
        });

        _faults.Single().Topic.Name.ShouldBe("bad");
        _faults.Single().Kind.ShouldBe(TopicFaultKind.Refused);
        answered.Count(text => text.Contains("\"a\"", StringComparison.Ordinal)).ShouldBe(2, "once with the bad one, once without");
    }

    [Fact]
    public async Task OnFrame_VenueAnnouncesShutdown_NewerSessionTakesOverWithoutAGap()
    {
        int messages = 0;
        _topics.Subscribe(new Topic("a@trade"), (_, _) => Interlocked.Increment(ref messages));
        Start();
        await Connected(1);
        Push("""{"result":null,"id":1}""");

        Push("""{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":1}}""");
        await Connected(2);
        FakeSocket older = _sockets.Sockets[0];
        older.Push("""{"stream":"a@trade","data":{"t":1}}""");
        await Eventually.Holds(() => Volatile.Read(ref messages) == 1);
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        older.IsDisposed.ShouldBeFalse("the newer has not answered yet");
        Push("""{"result":null,"id":2}""");
        Push("""{"stream":"a@trade","data":{"t":1}}""");
        await Eventually.Holds(() =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            return older.IsDisposed;
        });

        _connection.Status.Rollovers.ShouldBe(1);
        _connection.Status.Reconnects.ShouldBe(0);
    }

    [Fact]
    public void OnFrame_WarmedUp_AllocatesNothing()
    {
        int messages = 0;
        _topics.Subscribe([.. Enumerable.Range(0, 300).Select(i => (new Topic($"sym{i}usdt@depth@100ms"), (TopicCallback)((_, _) => messages++)))]);
        byte[] frame = Encoding.UTF8.GetBytes("""{"stream":"sym217usdt@depth@100ms","data":{"e":"depthUpdate","E":1}}""");
        IdleSender sender = new();
        IConnectionHandler handler = _topics;
        handler.OnFrame(sender, frame, new Timestamp(1));

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++)
        {
            handler.OnFrame(sender, frame, new Timestamp(i));
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        messages.ShouldBe(10_001);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private static void Nothing(ReadOnlySpan<byte> payload, Timestamp received)
    {
    }

    private void Start() => _running = _connection.RunAsync(_stop.Token);

    private void Push(string text) => _sockets.Last.Push(text);

    private async Task Connected(int sessions) => await Eventually.Holds(() =>
    {
        if (_sockets.Sockets.Count < sessions)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        return _sockets.Sockets.Count == sessions && _sockets.Last.SentTexts.Any();
    });

    private async Task AdvanceSeconds(int seconds, bool answer)
    {
        HashSet<string> answered = [];
        for (int i = 0; i < seconds; i++)
        {
            foreach (string text in _sockets.Last.SentTexts.Where(text => answer && answered.Add(text)))
            {
                Push("{\"result\":null,\"id\":" + text[(text.LastIndexOf(':') + 1)..]);
            }

            // Time must not pass the answers by: the reader may be late when much else runs.
            await Eventually.Holds(() => _sockets.Last.HasDelivered && _clock.Pending.Any(left => left <= TimeSpan.FromSeconds(1)));
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        // What the last second brought about is over when the next is waited for.
        await Eventually.Holds(() => _clock.Pending.Any(left => left <= TimeSpan.FromSeconds(1)));
    }

    private sealed class IdleSender : ISocketSender
    {
        public int Session => 1;

        public CancellationToken Ended => CancellationToken.None;

        public ValueTask SendAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancel = default) => ValueTask.CompletedTask;

        public void End(DisconnectReason reason)
        {
        }

        public void RequestReplacement()
        {
        }
    }
}
