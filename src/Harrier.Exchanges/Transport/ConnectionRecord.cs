using Harrier.Domain;

namespace Harrier.Exchanges.Transport;

/// <summary>
/// Gathers what <see cref="ConnectionStatus"/> shows. Counters of frames are written by the receiving task alone and read without a lock:
/// a status may be one message behind.
/// </summary>
internal sealed class ConnectionRecord(WebSocketConnectionOptions options, TimeProvider time)
{
    private const double Smoothing = 0.2;
    private const double WorstErrorRatio = 0.1;

    private readonly Lock _gate = new();
    private readonly Timestamp _started = Timestamp.From(time.GetUtcNow());
    private TimeSpan _connected;
    private Timestamp? _connectedSince;
    private DisconnectReason? _last;
    private ConnectionState _state;
    private int _failures;
    private int _sessions;
    private int _rollovers;
    private long _messages;
    private long _bytes;
    private long _errors;
    private long _lastMessage;
    private long _lastPong;
    private long _lastServerPing;
    private long _latencyTicks;
    private bool _hasPongTimeout;

    public int Failures => Volatile.Read(ref _failures);

    public ConnectionState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    public void Enter(ConnectionState state)
    {
        lock (_gate)
        {
            _state = state;
        }
    }

    public void Connected(bool isReplacement)
    {
        lock (_gate)
        {
            _state = ConnectionState.Connected;
            _hasPongTimeout = false;
            if (isReplacement)
            {
                _rollovers++;
                return;
            }

            _sessions++;
            _connectedSince = Timestamp.From(time.GetUtcNow());
        }
    }

    /// <summary>A replacement took over.</summary>
    public void Replaced()
    {
        lock (_gate)
        {
            CloseSpan();
            _connectedSince = Timestamp.From(time.GetUtcNow());
        }
    }

    public void Lost(DisconnectReason reason)
    {
        lock (_gate)
        {
            CloseSpan();
            _last = reason;
            if (reason.Kind != DisconnectKind.Stopped)
            {
                _errors++;
                _failures++;
                _hasPongTimeout = reason.Kind == DisconnectKind.PongTimeout;
            }
        }
    }

    public void Stable() => Volatile.Write(ref _failures, 0);

    public void Message(int bytes, Timestamp received)
    {
        _messages++;
        _bytes += bytes;
        Volatile.Write(ref _lastMessage, received.Nanos);
    }

    public void Fault()
    {
        lock (_gate)
        {
            _errors++;
        }
    }

    public void Pong(Timestamp received, TimeSpan roundTrip)
    {
        Volatile.Write(ref _lastPong, received.Nanos);
        long old = _latencyTicks;
        Volatile.Write(ref _latencyTicks, old == 0 ? Math.Max(1, roundTrip.Ticks) : old + (long)(Smoothing * (roundTrip.Ticks - old)));
    }

    public void ServerPing(Timestamp received) => Volatile.Write(ref _lastServerPing, received.Nanos);

    public ConnectionStatus Status(int queueSize)
    {
        lock (_gate)
        {
            Timestamp now = Timestamp.From(time.GetUtcNow());
            TimeSpan open = _connected + (_connectedSince is { } since ? now - since : TimeSpan.Zero);
            TimeSpan all = now - _started;
            return new ConnectionStatus
            {
                Name = options.Name,
                State = _state,
                Health = Health(now),
                ReconnectAttempts = _failures,
                Reconnects = Math.Max(0, _sessions - 1),
                Rollovers = _rollovers,
                MessageCount = _messages,
                ByteCount = _bytes,
                ErrorCount = _errors,
                QueueSize = queueSize,
                LastMessage = TimeOf(ref _lastMessage),
                LastPong = TimeOf(ref _lastPong),
                LastServerPing = TimeOf(ref _lastServerPing),
                Latency = Volatile.Read(ref _latencyTicks) is var ticks and not 0 ? TimeSpan.FromTicks(ticks) : null,
                ConnectedSince = _connectedSince,
                Uptime = all > TimeSpan.Zero ? Math.Clamp(open / all, 0, 1) : 0,
                LastDisconnect = _last,
            };
        }
    }

    private ConnectionHealth Health(Timestamp now)
    {
        Timestamp last = TimeOf(ref _lastMessage) ?? _connectedSince ?? _started;
        bool isSilent = options.SilentAfter is { } limit && now - last > limit;
        double errors = _messages > 0 ? (double)_errors / _messages : 0;
        bool isHealthy = _state == ConnectionState.Connected && !isSilent && !_hasPongTimeout && errors <= WorstErrorRatio;
        return new ConnectionHealth(isHealthy, isSilent, _hasPongTimeout, errors);
    }

    private void CloseSpan()
    {
        if (_connectedSince is { } since)
        {
            _connected += Timestamp.From(time.GetUtcNow()) - since;
            _connectedSince = null;
        }
    }

    private static Timestamp? TimeOf(ref long nanos) => Volatile.Read(ref nanos) is var value and not 0 ? new Timestamp(value) : null;
}
