using System.Buffers.Binary;
using Harrier.Domain;
using Microsoft.Extensions.Logging;

namespace Harrier.Exchanges.Transport;

/// <summary>What all sessions of one connection share.</summary>
internal sealed record SessionContext(
    WebSocketConnectionOptions Options, IConnectionHandler Handler, ConnectionRecord Record, TimeProvider Time, ILogger Logger)
{
    /// <summary>Held while a handler is called: two sessions may overlap.</summary>
    public Lock Gate { get; } = new();
}

/// <summary>The life of one socket: reading, pings, watching, until something ends it.</summary>
internal sealed class ConnectionSession : IFrameSink, ISocketSender, IAsyncDisposable
{
    private static readonly TimeSpan _tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _closeLimit = TimeSpan.FromSeconds(1);
    private const double GapSmoothing = 0.05;
    private const int UsualGaps = 20;
    private const int UnknownFactor = 4;

    private readonly SessionContext _context;
    private readonly ISocket _socket;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource<DisconnectReason> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _replacement = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SlidingWindow? _budget;
    private readonly byte[] _ping = new byte[sizeof(long)];
    private readonly long _opened;
    private long _lastMessage;
    private double _usualGap;
    private bool _hasMessage;
    private long _pingSent;
    private long _pingNumber;
    private bool _awaitsPong;
    private Timestamp _received;
    private long _receivedAt;
    private Task _pongs = Task.CompletedTask;

    public ConnectionSession(SessionContext context, ISocket socket, int number)
    {
        _context = context;
        _socket = socket;
        Session = number;
        Ended = _ended.Token;
        _opened = context.Time.GetTimestamp();
        _lastMessage = _opened;
        _pingSent = _opened;
        _budget = context.Options.MessagesPerSecond > 0 ? new SlidingWindow(context.Options.MessagesPerSecond, TimeSpan.FromSeconds(1), context.Time) : null;
    }

    public int Session { get; }

    public CancellationToken Ended { get; }

    /// <summary>Completes when the handler asked for a newer session.</summary>
    public Task ReplacementRequested => _replacement.Task;

    /// <summary>True once the handler has done its opening: subscribed, logged in.</summary>
    public bool IsOpened { get; private set; }

    public TimeSpan Age => _context.Time.GetElapsedTime(_opened);

    public void End(DisconnectReason reason) => _end.TrySetResult(reason);

    public void RequestReplacement() => _replacement.TrySetResult();

    /// <summary>Runs until the session ended, and says why. Never throws.</summary>
    public async Task<DisconnectReason> RunAsync(CancellationToken stop)
    {
        using CancellationTokenRegistration stopping = stop.Register(() => End(new DisconnectReason(DisconnectKind.Stopped, 1000, "stopped")));
        Task[] parts = [ReadAsync(), WatchAsync(), OpenAsync()];
        DisconnectReason reason = await _end.Task.ConfigureAwait(false);
        await SendCloseAsync(reason).ConfigureAwait(false);
        await _ended.CancelAsync().ConfigureAwait(false);

        // The socket's buffers go back to the pool when it is disposed: the reader must have left them.
        await Task.WhenAll(parts).ConfigureAwait(false);
        await _pongs.ConfigureAwait(false);
        await _socket.DisposeAsync().ConfigureAwait(false);
        return reason;
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancel = default)
    {
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(Ended, cancel);
        if (_budget is not null)
        {
            await _budget.WaitAsync(reserve: 2, linked.Token).ConfigureAwait(false);
        }

        await SendFrameAsync(FrameKind.Text, utf8, linked.Token).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _socket.DisposeAsync().ConfigureAwait(false);
        _sending.Dispose();
        _ended.Dispose();
    }

    public void BeginRead()
    {
        _context.Gate.Enter();
        _received = Now();
        _receivedAt = _context.Time.GetTimestamp();
    }

    public void EndRead() => _context.Gate.Exit();

    public void OnMessage(ReadOnlySpan<byte> payload)
    {
        _context.Record.Message(payload.Length, _received);
        _context.Options.Observer?.OnFrame(_context.Options.Name, Session, payload, _received);
        NoteGap();
        if (_awaitsPong && _context.Options.Ping is { } ping && ping.IsPong(payload))
        {
            TakePong();
            return;
        }

        try
        {
            _context.Handler.OnFrame(this, payload, _received);
        }
        catch (Exception fault)
        {
            _context.Record.Fault();
            TransportLog.MessageFailed(_context.Logger, fault, _context.Options.Name, payload.Length);
        }
    }

    public void OnPing(ReadOnlySpan<byte> payload)
    {
        _context.Record.ServerPing(_received);
        byte[] answer = payload.ToArray();
        _pongs = SendPongAsync(_pongs, answer);
    }

    public void OnPong(ReadOnlySpan<byte> payload)
    {
        // A pong with another payload is an unasked one, which RFC 6455 allows; it proves that the server lives, but not how fast it answers.
        if (_awaitsPong && payload.Length == sizeof(long) && BinaryPrimitives.ReadInt64BigEndian(payload) == Volatile.Read(ref _pingNumber))
        {
            TakePong();
        }
    }

    public void OnClose(int code, string reason) => End(new DisconnectReason(DisconnectKind.ServerClosed, code, reason));

    private void TakePong()
    {
        _awaitsPong = false;
        _context.Record.Pong(_received, _context.Time.GetElapsedTime(_pingSent));
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await _socket.ReceiveAsync(this, Ended).ConfigureAwait(false))
            {
            }

            End(new DisconnectReason(DisconnectKind.Cut, DisconnectReason.Abnormal, "the stream ended without a close frame"));
        }
        catch (SocketFaultException fault)
        {
            End(new DisconnectReason(fault.Kind, fault.CloseCode, fault.Message));
        }
        catch (Exception fault)
        {
            End(new DisconnectReason(DisconnectKind.Cut, DisconnectReason.Abnormal, fault.Message));
        }
    }

    private async Task OpenAsync()
    {
        try
        {
            await _context.Handler.OnConnectedAsync(this).ConfigureAwait(false);
            IsOpened = true;
        }
        catch (Exception fault)
        {
            End(new DisconnectReason(DisconnectKind.OpeningFailed, 1000, fault.Message));
        }
    }

    private async Task WatchAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(_tick, _context.Time, Ended).ConfigureAwait(false);
                await PingAsync().ConfigureAwait(false);
                CheckSilence();
                if (Age >= _context.Options.StableAfter)
                {
                    _context.Record.Stable();
                }

                lock (_context.Gate)
                {
                    _context.Handler.OnTick(this, Now());
                }
            }
        }
        catch (Exception fault)
        {
            End(new DisconnectReason(DisconnectKind.Cut, DisconnectReason.Abnormal, fault.Message));
        }
    }

    private async ValueTask PingAsync()
    {
        if (_context.Options.PingInterval is not { } interval)
        {
            return;
        }

        TimeSpan sincePing = _context.Time.GetElapsedTime(_pingSent);
        if (_awaitsPong)
        {
            if (sincePing >= _context.Options.PongTimeout)
            {
                End(new DisconnectReason(DisconnectKind.PongTimeout, DisconnectReason.Abnormal, $"no pong within {_context.Options.PongTimeout}"));
            }

            return;
        }

        if (sincePing >= interval || _pingNumber == 0)
        {
            long number = Interlocked.Increment(ref _pingNumber);
            BinaryPrimitives.WriteInt64BigEndian(_ping, number);
            _pingSent = _context.Time.GetTimestamp();
            _awaitsPong = true;
            _budget?.Record();
            (FrameKind kind, ReadOnlyMemory<byte> ping) = _context.Options.Ping is { } message ? (FrameKind.Text, message.Write(number)) : (FrameKind.Ping, _ping);
            await SendFrameAsync(kind, ping, Ended).ConfigureAwait(false);
        }
    }

    // What is usual is learned: a single quiet symbol must not look like a dead connection, nor a dead one like quiet symbols.
    private void NoteGap()
    {
        long now = _receivedAt;
        if (_hasMessage)
        {
            double gap = _context.Time.GetElapsedTime(_lastMessage, now).TotalSeconds;
            _usualGap = _usualGap == 0 ? gap : _usualGap + (GapSmoothing * (gap - _usualGap));
        }

        _hasMessage = true;
        Volatile.Write(ref _lastMessage, now);
    }

    private void CheckSilence()
    {
        if (_context.Options.SilentAfter is not { } floor)
        {
            return;
        }

        double usual = Volatile.Read(ref _usualGap);
        TimeSpan limit = usual > 0 ? TimeSpan.FromSeconds(Math.Max(floor.TotalSeconds, UsualGaps * usual)) : UnknownFactor * floor;
        if (_context.Time.GetElapsedTime(Volatile.Read(ref _lastMessage)) is var silence && silence > limit)
        {
            End(new DisconnectReason(DisconnectKind.Silent, DisconnectReason.Abnormal, $"nothing came for {silence}"));
        }
    }

    // Pongs go out in the order of their pings, and a slow one does not keep the reader from reading.
    private async Task SendPongAsync(Task previous, byte[] payload)
    {
        await previous.ConfigureAwait(false);
        try
        {
            _budget?.Record();
            await SendFrameAsync(FrameKind.Pong, payload, Ended).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or ObjectDisposedException)
        {
            End(new DisconnectReason(DisconnectKind.Cut, DisconnectReason.Abnormal, fault.Message));
        }
    }

    private async ValueTask SendFrameAsync(FrameKind kind, ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        await _sending.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            // Not canceled by the caller: half a frame would break the stream.
            await _socket.SendAsync(kind, payload, Ended).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task SendCloseAsync(DisconnectReason reason)
    {
        if (reason.Kind is DisconnectKind.Cut or DisconnectKind.PongTimeout or DisconnectKind.Silent)
        {
            return;
        }

        byte[] payload = new byte[2];
        int code = reason.Kind is DisconnectKind.Oversized or DisconnectKind.ProtocolError ? reason.CloseCode : 1000;
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        using CancellationTokenSource limit = new(_closeLimit, _context.Time);
        try
        {
            await SendFrameAsync(FrameKind.Close, payload, limit.Token).AsTask().WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The other side is gone already; there is nothing left to say to it.
        }
    }

    private Timestamp Now() => Timestamp.From(_context.Time.GetUtcNow());
}
