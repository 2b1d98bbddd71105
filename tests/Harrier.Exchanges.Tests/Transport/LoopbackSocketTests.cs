using System.Net.WebSockets;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Transport;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harrier.Exchanges.Tests.Transport;

/// <summary>The connection against the framework's own WebSocket server.</summary>
public sealed class LoopbackSocketTests : IAsyncDisposable
{
    private readonly RecordingHandler _handler = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler());
    private Task _running = Task.CompletedTask;

    [Fact]
    public async Task RunAsync_MessagesBothWays_Arrive()
    {
        await using LoopbackServer server = await LoopbackServer.Start(async (socket, _) =>
        {
            byte[] buffer = new byte[200_000];
            while (true)
            {
                WebSocketReceiveResult got = await socket.ReceiveAsync(buffer, CancellationToken.None);
                if (got.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                await socket.SendAsync(buffer.AsMemory(0, got.Count), WebSocketMessageType.Text, got.EndOfMessage, CancellationToken.None);
            }
        });
        string[] texts = ["a", new string('b', 125), new string('c', 126), new string('d', 65_535), new string('e', 65_536), "\u00e9\u4e16"];
        _handler.Opening = async sender =>
        {
            foreach (string text in texts)
            {
                await sender.SendAsync(System.Text.Encoding.UTF8.GetBytes(text));
            }
        };

        Start(server.Address);

        await Eventually.Holds(() => _handler.Frames.Count == texts.Length);
        _handler.Frames.ShouldBe(texts);
    }

    [Fact]
    public async Task RunAsync_ServerSendsFragments_AreJoined()
    {
        await using LoopbackServer server = await LoopbackServer.Start(async (socket, context) =>
        {
            await LoopbackServer.Send(socket, "one", isFinal: false);
            await LoopbackServer.Send(socket, "two", isFinal: false);
            await LoopbackServer.Send(socket, "three");
            await Hold(context);
        });

        Start(server.Address);

        await Eventually.Holds(() => _handler.Frames.Count == 1);
        _handler.Frames.ShouldBe(["onetwothree"]);
    }

    [Theory]
    [InlineData(WebSocketCloseStatus.NormalClosure)]
    [InlineData(WebSocketCloseStatus.EndpointUnavailable)]
    [InlineData(WebSocketCloseStatus.PolicyViolation)]
    [InlineData((WebSocketCloseStatus)4001)]
    public async Task RunAsync_ServerCloses_CodeIsReportedAndConnectionComesBack(WebSocketCloseStatus status)
    {
        await using LoopbackServer server = await LoopbackServer.Start(
            async (socket, _) => await socket.CloseOutputAsync(status, "bye", CancellationToken.None));

        Start(server.Address);

        await Eventually.Holds(() => _handler.Disconnects.Count >= 2);
        _handler.Disconnects.First().ShouldBe(new DisconnectReason(DisconnectKind.ServerClosed, (int)status, "bye"));
    }

    [Fact]
    public async Task RunAsync_ServerCutsWithoutClose_Is1006AndConnectionComesBack()
    {
        await using LoopbackServer server = await LoopbackServer.Start(async (socket, context) =>
        {
            // Not before the client is through with its upgrade: it could not tell a cut from a refusal.
            await socket.ReceiveAsync(new byte[100], context.RequestAborted);
            await LoopbackServer.Send(socket, "before the cut", isFinal: false);
            context.Abort();
        });
        _handler.Opening = static sender => sender.SendAsync("hello"u8.ToArray());

        Start(server.Address);

        await Eventually.Holds(() => _handler.Disconnects.Count >= 2);
        _handler.Disconnects.ShouldAllBe(reason => reason.Kind == DisconnectKind.Cut && reason.CloseCode == 1006);
        _handler.Frames.ShouldBeEmpty("half a message is no message");
    }

    [Fact]
    public async Task RunAsync_ServerPings_IsAnsweredSoThatItStays()
    {
        // The framework's server cuts a client that does not repeat the payload of its ping in time.
        WebSocketAcceptContext strict = new() { KeepAliveInterval = TimeSpan.FromMilliseconds(20), KeepAliveTimeout = TimeSpan.FromSeconds(5) };
        LoopbackServer? listening = null;
        await using LoopbackServer server = await LoopbackServer.Start(async (socket, _) => await listening!.Listen(socket), strict);
        listening = server;

        WebSocketConnection connection = Start(server.Address, options => options with { PingInterval = null });
        await Eventually.Holds(() => connection.Status.LastServerPing is not null);
        Harrier.Domain.Timestamp first = connection.Status.LastServerPing!.Value;
        await Eventually.Holds(() => connection.Status.LastServerPing > first + TimeSpan.FromMilliseconds(200));

        _handler.Disconnects.ShouldBeEmpty();
        server.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task RunAsync_OurPing_IsAnsweredAndTimed()
    {
        LoopbackServer? listening = null;
        await using LoopbackServer server = await LoopbackServer.Start(async (socket, _) => await listening!.Listen(socket));
        listening = server;

        WebSocketConnection connection = Start(server.Address);

        await Eventually.Holds(() => connection.Status.LastPong is not null);
        connection.Status.Latency.ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromTicks(1), TimeSpan.FromSeconds(10));
        await _stop.CancelAsync();
        await _running;
        await Eventually.Holds(() => server.Received.Contains("close 1000"));
    }

    [Fact]
    public async Task RunAsync_ServerNeitherReadsNorWrites_PongTimeoutEndsIt()
    {
        await using LoopbackServer server = await LoopbackServer.Start(async (_, context) => await Hold(context));

        Start(server.Address, options => options with { PongTimeout = TimeSpan.FromSeconds(1) });

        await Eventually.Holds(() => !_handler.Disconnects.IsEmpty);
        _handler.Disconnects.First().Kind.ShouldBe(DisconnectKind.PongTimeout);
    }

    [Fact]
    public async Task RunAsync_GiantMessage_IsRefused()
    {
        LoopbackServer? listening = null;
        await using LoopbackServer server = await LoopbackServer.Start(async (socket, _) =>
        {
            await LoopbackServer.Send(socket, new string('x', 100_001));
            await listening!.Listen(socket);
        });
        listening = server;

        Start(server.Address, options => options with { MaxFrameBytes = 100_000 });

        await Eventually.Holds(() => !_handler.Disconnects.IsEmpty && server.Received.Contains("close 1009"));
        _handler.Disconnects.First().Kind.ShouldBe(DisconnectKind.Oversized);
        _handler.Frames.ShouldBeEmpty();
    }

    [Fact]
    public async Task RunAsync_UpgradeIsRefused_SaysWhatTheServerSaid()
    {
        await using LoopbackServer server = await LoopbackServer.Start(static (_, _) => Task.CompletedTask);

        WebSocketConnection connection = Start(new Uri(server.Address, "/refuse"));

        await Eventually.Holds(() => connection.Status.LastDisconnect is not null);
        DisconnectReason reason = connection.Status.LastDisconnect!.Value;
        reason.Kind.ShouldBe(DisconnectKind.ConnectFailed);
        reason.Detail.ShouldContain("403");
        reason.Detail.ShouldContain("blocked");
    }

    [Fact]
    public async Task RunAsync_NobodyListens_KeepsTrying()
    {
        LoopbackServer server = await LoopbackServer.Start(static (_, _) => Task.CompletedTask);
        Uri dead = server.Address;
        await server.DisposeAsync();

        WebSocketConnection connection = Start(dead);

        await Eventually.Holds(() => connection.Status.ReconnectAttempts >= 3);
        connection.Status.State.ShouldNotBe(ConnectionState.Disconnected);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        _http.Dispose();
    }

    private static async Task Hold(HttpContext context) =>
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private WebSocketConnection Start(Uri address, Func<WebSocketConnectionOptions, WebSocketConnectionOptions>? change = null)
    {
        WebSocketConnectionOptions options = new()
        {
            Name = "loopback",
            Address = _ => ValueTask.FromResult(address),
            BackOff = new BackOff { Base = TimeSpan.FromMilliseconds(1), Jitter = static () => 0.5 },
        };
        WebSocketConnection connection = new(change?.Invoke(options) ?? options, new HttpSocketFactory(_http), _handler, TimeProvider.System, NullLogger.Instance);
        _running = connection.RunAsync(_stop.Token);
        return connection;
    }
}
