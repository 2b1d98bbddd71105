using System.Text;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Transport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harrier.Exchanges.Tests.Transport;

public sealed partial class WebSocketConnectionTests : IAsyncDisposable
{
    private static readonly Uri _address = new("ws://localhost/ws");

    private readonly ManualTimeProvider _clock = new();
    private readonly FakeSocketFactory _sockets = new();
    private readonly RecordingHandler _handler = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    [Fact]
    public async Task RunAsync_ConnectsKeepFailing_WaitsFollowTheBoundsThenSlowRetriesNeverEnd()
    {
        _sockets.Refuses = true;
        WebSocketConnection connection = Start(Options() with { MaxAttempts = 9, SlowRetry = TimeSpan.FromMinutes(10) });
        List<double> waits = [];

        for (int attempt = 1; attempt <= 12; attempt++)
        {
            await Eventually.Holds(() => _sockets.Attempts == attempt && _clock.Pending.Count == 1, $"attempt {attempt}");
            waits.Add(_clock.Pending[0].TotalSeconds);
            _clock.Advance(_clock.Pending[0]);
        }

        // Jitter is pinned to 1, so that each wait is its bound; slow retries are jittered by up to half.
        waits.ShouldBe([2, 4, 8, 16, 32, 64, 128, 256, 900, 900, 900, 900]);
        await Eventually.Holds(() => _sockets.Attempts == 13 && connection.Status.State == ConnectionState.Failed);
        connection.Status.ReconnectAttempts.ShouldBe(13);
        connection.Status.LastDisconnect!.Value.Kind.ShouldBe(DisconnectKind.ConnectFailed);
    }

    [Fact]
    public async Task RunAsync_SessionTooShortToBeStable_FailuresKeepCounting()
    {
        WebSocketConnection connection = Start(Options());
        await Opened(1);
        _sockets.Last.Cut();
        await Eventually.Holds(() => connection.Status.State == ConnectionState.Reconnecting);
        await AdvanceToSession(2);
        _sockets.Last.Cut();
        await Eventually.Holds(() => connection.Status.ReconnectAttempts == 2);
        await AdvanceToSession(3);

        await AdvanceSlowly(59);
        connection.Status.ReconnectAttempts.ShouldBe(2);
        await AdvanceSlowly(2);
        await Eventually.Holds(() => connection.Status.ReconnectAttempts == 0, "a stable session clears the count");
        connection.Status.Reconnects.ShouldBe(2);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(1008)]
    [InlineData(4001)]
    public async Task RunAsync_ServerCloses_ReportsItsCodeAndReconnects(int code)
    {
        Start(Options());
        await Opened(1);

        _sockets.Last.Close(code, "bye");

        await Eventually.Holds(() => _handler.Disconnects.Count == 1);
        _handler.Disconnects.First().ShouldBe(new DisconnectReason(DisconnectKind.ServerClosed, code, "bye"));
        await AdvanceToSession(2);
    }

    [Fact]
    public async Task RunAsync_StreamEndsWithoutClose_Is1006AndReconnects()
    {
        Start(Options());
        await Opened(1);

        _sockets.Last.Cut();

        await Eventually.Holds(() => _handler.Disconnects.Count == 1);
        _handler.Disconnects.First().CloseCode.ShouldBe(1006);
        _handler.Disconnects.First().Kind.ShouldBe(DisconnectKind.Cut);
        await AdvanceToSession(2);
    }

    [Fact]
    public async Task RunAsync_ServerPings_PongCarriesThePayload()
    {
        WebSocketConnection connection = Start(Options());
        await Opened(1);

        _sockets.Last.Ping(Encoding.UTF8.GetBytes("1763708260123"));

        await Eventually.Holds(() => _sockets.Last.Sent.Any(one => one.Kind == FrameKind.Pong));
        Encoding.UTF8.GetString(_sockets.Last.Sent.First(one => one.Kind == FrameKind.Pong).Payload).ShouldBe("1763708260123");
        connection.Status.LastServerPing.ShouldNotBeNull();
    }

    [Fact]
    public async Task RunAsync_QuietButPongs_StaysOpen()
    {
        WebSocketConnection connection = Start(Options() with { RolloverAfter = null });
        await Opened(1);

        await AdvanceSlowly(300);

        _handler.Disconnects.ShouldBeEmpty();
        connection.Status.Health.IsHealthy.ShouldBeTrue("a quiet private stream is judged by pings");
        _sockets.Last.Sent.Count(one => one.Kind == FrameKind.Ping).ShouldBeInRange(9, 11);
        connection.Status.LastPong.ShouldNotBeNull();
    }

    [Fact]
    public async Task RunAsync_NoPong_EndsTheSessionAfterTheTimeout()
    {
        _sockets.AnswersPings = false;
        WebSocketConnection connection = Start(Options());
        await Opened(1);

        (await SecondsToDisconnect()).ShouldBeInRange(11, 12, "one second to the first ping, ten for its pong");

        _handler.Disconnects.First().Kind.ShouldBe(DisconnectKind.PongTimeout);
        connection.Status.Health.HasPongTimeout.ShouldBeTrue();
    }

    [Fact]
    public async Task RunAsync_NothingComesThoughDue_IsReplacedWithinTheLimit()
    {
        _sockets.AnswersPings = false;
        Start(Options() with { SilentAfter = TimeSpan.FromSeconds(8), PingInterval = null });
        await Opened(1);
        _sockets.Last.Push("one");
        await Eventually.Holds(() => _handler.Frames.Count == 1);
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        _sockets.Last.Push("two");
        await Eventually.Holds(() => _handler.Frames.Count == 2);

        (await SecondsToDisconnect()).ShouldBeInRange(8, 10, "a stall must be noticed within 10 s");

        _handler.Disconnects.First().Kind.ShouldBe(DisconnectKind.Silent);
    }

    [Fact]
    public async Task RunAsync_MessagesAreUsuallyFarApart_WaitsForManyOfTheirGaps()
    {
        Start(Options() with { SilentAfter = TimeSpan.FromSeconds(8), PingInterval = null });
        await Opened(1);
        for (int i = 1; i <= 10; i++)
        {
            _sockets.Last.Push("quiet symbol");
            await Eventually.Holds(() => _handler.Frames.Count == i);
            await AdvanceSlowly(5);
        }

        (await SecondsToDisconnect()).ShouldBeInRange(90, 100, "20 gaps of 5 s, 5 s of which are over");
    }

    [Fact]
    public async Task RunAsync_HandlerFailsOnAMessage_CountsItAndGoesOn()
    {
        WebSocketConnection connection = Start(Options());
        await Opened(1);

        _sockets.Last.Push("one");
        _sockets.Last.Push("poison");
        _sockets.Last.Push("two");

        await Eventually.Holds(() => _handler.Frames.Count == 2);
        _handler.Frames.ShouldBe(["one", "two"]);
        connection.Status.MessageCount.ShouldBe(3);
        connection.Status.ErrorCount.ShouldBe(1);
        connection.Status.State.ShouldBe(ConnectionState.Connected);
    }

    [Fact]
    public async Task RunAsync_OpeningFails_IsALostSession()
    {
        _handler.Opening = static _ => throw new InvalidOperationException("wrong key");
        Start(Options());

        await Eventually.Holds(() => _handler.Disconnects.Count == 1);

        _handler.Disconnects.First().ShouldBe(new DisconnectReason(DisconnectKind.OpeningFailed, 1000, "wrong key"));
    }

    [Fact]
    public async Task RunAsync_SessionReachesItsAge_NewerOpensBeforeOlderCloses()
    {
        WebSocketConnection connection = Start(Options() with { RolloverAfter = TimeSpan.FromMinutes(10), PingInterval = null });
        await Opened(1);
        _handler.CatchesUp = false;

        await AdvanceSlowly(600);
        await Opened(2);
        FakeSocket older = _sockets.Sockets[0];
        older.IsDisposed.ShouldBeFalse("both are open until the newer delivers all");
        older.Push("from the older");
        _sockets.Last.Push("from the newer");
        await Eventually.Holds(() => _handler.Frames.Count == 2);
        _handler.CatchesUp = true;
        await Eventually.Holds(() =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            return older.IsDisposed;
        });

        _handler.Disconnects.ShouldBeEmpty("nothing was lost");
        connection.Status.Rollovers.ShouldBe(1);
        connection.Status.Reconnects.ShouldBe(0);
        older.Sent[^1].Kind.ShouldBe(FrameKind.Close);
    }

    [Fact]
    public async Task RunAsync_OlderIsLostBeforeNewerCaughtUp_ReportsTheLoss()
    {
        Start(Options() with { RolloverAfter = TimeSpan.FromMinutes(10), PingInterval = null });
        await Opened(1);
        _handler.CatchesUp = false;
        await AdvanceSlowly(600);
        await Opened(2);

        _sockets.Sockets[0].Cut();

        await Eventually.Holds(() =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            return _handler.Disconnects.Count == 1;
        });
        _handler.Disconnects.First().Kind.ShouldBe(DisconnectKind.Cut);
        await AdvanceToSession(3);
    }

    [Fact]
    public async Task RequestReplacement_VenueAnnouncesItsEnd_NewerTakesOver()
    {
        WebSocketConnection connection = Start(Options());
        await Opened(1);

        _handler.Senders.First().RequestReplacement();

        await Opened(2);
        await Eventually.Holds(() =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            return _sockets.Sockets[0].IsDisposed;
        });
        _handler.Disconnects.ShouldBeEmpty();
        connection.Status.State.ShouldBe(ConnectionState.Connected);
    }

    [Fact]
    public async Task SendAsync_MoreThanTheVenueTakes_WaitsForTheNextSecond()
    {
        Start(Options() with { MessagesPerSecond = 5, PingInterval = null });
        await Opened(1);
        ISocketSender sender = _handler.Senders.First();

        Task all = Task.WhenAll(Enumerable.Range(0, 7).Select(i => sender.SendAsync(Encoding.UTF8.GetBytes($"m{i}")).AsTask()));

        await Eventually.Holds(() => _sockets.Last.SentTexts.Count() == 3);
        _clock.Advance(TimeSpan.FromMilliseconds(999));
        _sockets.Last.SentTexts.Count().ShouldBe(3, "two of five places a second are kept for pings and pongs");
        await Eventually.Holds(() =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            return all.IsCompleted;
        });
        await all;
        _sockets.Last.SentTexts.Count().ShouldBe(7);
    }

    [Fact]
    public async Task RunAsync_Stopped_ClosesAndEnds()
    {
        WebSocketConnection connection = Start(Options());
        await Opened(1);

        await _stop.CancelAsync();
        await _running;

        _sockets.Last.Sent[^1].Kind.ShouldBe(FrameKind.Close);
        _sockets.Last.IsDisposed.ShouldBeTrue();
        connection.Status.State.ShouldBe(ConnectionState.Disconnected);
    }

    [Fact]
    public async Task RunAsync_ConnectBudgetIsUsedUp_WaitsForTheWindow()
    {
        SlidingWindow budget = new(limit: 1, TimeSpan.FromMinutes(5), _clock);
        budget.Record();
        Start(Options() with { ConnectBudget = budget });

        await Eventually.Holds(() => _clock.Pending.Count == 1);
        _sockets.Attempts.ShouldBe(0);
        _clock.Advance(TimeSpan.FromMinutes(5));

        await Opened(1);
    }

    [Fact]
    public async Task GetAllStatuses_TwoConnections_ShowsBothById()
    {
        ConnectionHub hub = new();
        hub.Add("market", Start(Options()));
        hub.Add("private", new WebSocketConnection(Options() with { Name = "idle" }, _sockets, new RecordingHandler(), _clock, NullLogger.Instance));
        await Opened(1);

        IReadOnlyDictionary<string, ConnectionStatus> statuses = hub.GetAllStatuses();

        statuses["market"].State.ShouldBe(ConnectionState.Connected);
        statuses["private"].State.ShouldBe(ConnectionState.Disconnected);
        Should.Throw<ArgumentException>(() => hub.Add("market", Start(Options())));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private static WebSocketConnectionOptions Options() => new()
    {
        Name = "test",
        Address = static _ => ValueTask.FromResult(_address),
        BackOff = new BackOff { Jitter = static () => 1 },
        ConnectTimeout = Timeout.InfiniteTimeSpan,
    };

    private WebSocketConnection Start(WebSocketConnectionOptions options)
    {
        WebSocketConnection connection = new(options, _sockets, _handler, _clock, NullLogger.Instance);
        _running = Task.WhenAll(_running, connection.RunAsync(_stop.Token));
        return connection;
    }

    private async Task Opened(int sessions) => await Eventually.Holds(() => _sockets.Sockets.Count == sessions && _handler.Senders.Count == sessions, $"session {sessions}");

    private async Task AdvanceToSession(int number)
    {
        await Eventually.Holds(() =>
        {
            if (_sockets.Sockets.Count < number)
            {
                _clock.Advance(TimeSpan.FromMilliseconds(100));
            }

            return _sockets.Sockets.Count == number;
        });
        await Opened(number);
    }

    private async Task<double> SecondsToDisconnect()
    {
        long started = _clock.GetTimestamp();
        await Eventually.Holds(() =>
        {
            if (_handler.Disconnects.IsEmpty && _clock.Pending.Any(left => left <= TimeSpan.FromSeconds(1)))
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
            }

            return !_handler.Disconnects.IsEmpty;
        });
        return _clock.GetElapsedTime(started).TotalSeconds;
    }

    // Second by second, each only when the connection waits for it: its loop must see every tick, and its reader every pong before the clock goes on.
    private async Task AdvanceSlowly(int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            await Eventually.Holds(() => _clock.Pending.Any(left => left <= TimeSpan.FromSeconds(1)) && _sockets.Last.HasDelivered);
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }
}
