using System.Buffers;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Harrier.Testnet.Hosting.Sockets;

/// <summary>One accepted WebSocket: its way in, its outbox, and its end.</summary>
internal sealed class SocketLink : IDisposable
{
    // RFC 6455, section 1.3.
    private const string HandshakeText = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private readonly SocketRules _rules;
    private readonly HttpContext _context;
    private readonly Stream _transport;
    private readonly WebSocket _socket;
    private readonly CancellationTokenSource _stop;

    private SocketLink(HttpContext context, Stream transport, SocketRules rules, TimeProvider time)
    {
        _context = context;
        _transport = transport;
        _rules = rules;
        Outbox = new SocketOutbox(rules.MaxUnsentBytes, time);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        _socket = WebSocket.CreateFromStream(
            new OutboxStream(transport, Outbox, CutIfAborted),
            new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = rules.PingInterval, KeepAliveTimeout = rules.PongTimeout });
    }

    /// <summary>Where everything that is sent goes.</summary>
    public SocketOutbox Outbox { get; }

    /// <summary>Whether the request asks for a WebSocket.</summary>
    public static bool IsAskedFor(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        && context.Request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase)
        && !string.IsNullOrEmpty(context.Request.Headers.SecWebSocketKey);

    /// <summary>Answers the handshake.</summary>
    public static async Task<SocketLink> AcceptAsync(HttpContext context, SocketRules rules, TimeProvider time)
    {
        string key = context.Request.Headers.SecWebSocketKey.ToString();
        IHeaderDictionary headers = context.Response.Headers;
        headers.Upgrade = "websocket";
        headers.Connection = "Upgrade";
        headers.SecWebSocketAccept = AcceptKey(key);
        Stream transport = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        return new SocketLink(context, transport, rules, time);
    }

    /// <summary>
    /// Reads messages until the client leaves, is cut or overruns its outbox. Messages that are too long end the socket with 1009.
    /// </summary>
    /// <param name="onMessage">Called with each message, one after the other; returns false to close the socket as a breach of rules.</param>
    public async Task RunAsync(Func<ReadOnlyMemory<byte>, bool> onMessage)
    {
        Task pump = PumpAsync();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(_rules.MaxMessageBytes);
        try
        {
            await ReceiveAsync(buffer, onMessage);
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or IOException)
        {
            Cut();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            Outbox.Close();
            await pump;
        }
    }

    /// <summary>Ends the connection at once, without a closing handshake.</summary>
    public void Cut()
    {
        Outbox.Close();
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            return;
        }

        _context.Abort();
    }

    /// <summary>Starts the closing handshake; the reading side ends when the client answers it.</summary>
    public async Task CloseAsync(WebSocketCloseStatus status, string reason)
    {
        try
        {
            await _socket.CloseOutputAsync(status, reason, _stop.Token);
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            Cut();
        }
    }

    /// <summary>Closes the connection because its time is over.</summary>
    public Task EndAsync() => CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "end of life");

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _transport.Dispose();
        _stop.Dispose();
        Outbox.Dispose();
    }

    // The algorithm is the handshake's, and protects nothing.
#pragma warning disable CA5350
    private static string AcceptKey(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + HandshakeText)));
#pragma warning restore CA5350

    private async Task ReceiveAsync(byte[] buffer, Func<ReadOnlyMemory<byte>, bool> onMessage)
    {
        int length = 0;
        while (true)
        {
            if (length == _rules.MaxMessageBytes)
            {
                await CloseAsync(WebSocketCloseStatus.MessageTooBig, "message too long");
                return;
            }

            ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(buffer.AsMemory(length, _rules.MaxMessageBytes - length), _stop.Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await CloseAsync(WebSocketCloseStatus.NormalClosure, "");
                return;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                if (!onMessage(buffer.AsMemory(0, length)))
                {
                    await CloseAsync(WebSocketCloseStatus.PolicyViolation, "Too many requests");
                    return;
                }

                length = 0;
            }
        }
    }

    // After a closing handshake the framework disposes the transport too, but then the last frames must still go out.
    private void CutIfAborted()
    {
        if (_socket.State == WebSocketState.Aborted)
        {
            Cut();
        }
    }

    private async Task PumpAsync()
    {
        try
        {
            await Outbox.PumpAsync(_transport, _stop.Token);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            Outbox.Close();
        }

        if (Outbox.IsOverrun)
        {
            Cut();
        }
    }
}
