using Harrier.Domain;
using Microsoft.Extensions.Logging;

namespace Harrier.Exchanges.Transport;

/// <summary>
/// A WebSocket that is kept open: one loop owns it, reconnects with jittered back-off, lets a newer session take over before the venue cuts,
/// and never ends but by being told to.
/// </summary>
public sealed class WebSocketConnection
{
    private readonly WebSocketConnectionOptions _options;
    private readonly ISocketFactory _sockets;
    private readonly IConnectionHandler _handler;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ConnectionRecord _record;
    private readonly SessionContext _context;
    private int _sessions;

    /// <summary>Makes a connection; nothing happens before <see cref="RunAsync"/>.</summary>
    public WebSocketConnection(WebSocketConnectionOptions options, ISocketFactory sockets, IConnectionHandler handler, TimeProvider time, ILogger logger)
    {
        _options = options;
        _sockets = sockets;
        _handler = handler;
        _time = time;
        _logger = logger;
        _record = new ConnectionRecord(options, time);
        _context = new SessionContext(options, handler, _record, time, logger);
    }

    /// <summary>Its name.</summary>
    public string Name => _options.Name;

    /// <summary>The connection at this moment.</summary>
    public ConnectionStatus Status => _record.Status(_handler.QueueSize);

    /// <summary>Keeps the connection open until <paramref name="stop"/>. Never throws for reasons of the network or the venue.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        _record.Enter(ConnectionState.Connecting);
        while (!stop.IsCancellationRequested)
        {
            ConnectionSession? session = await OpenAsync(stop).ConfigureAwait(false);
            if (session is not null)
            {
                DisconnectReason reason = await LiveAsync(session, stop).ConfigureAwait(false);
                _record.Lost(reason);
                lock (_context.Gate)
                {
                    _handler.OnDisconnected(reason);
                }
            }

            await PauseAsync(stop).ConfigureAwait(false);
        }

        _record.Enter(ConnectionState.Disconnected);
    }

    private async Task<ConnectionSession?> OpenAsync(CancellationToken stop, bool isReplacement = false)
    {
        try
        {
            if (_options.ConnectBudget is { } budget)
            {
                await budget.WaitAsync(reserve: 0, stop).ConfigureAwait(false);
            }

            using CancellationTokenSource limit = new(_options.ConnectTimeout, _time);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
            Uri address = await _options.Address(either.Token).ConfigureAwait(false);
            ISocket socket = await _sockets.ConnectAsync(address, _options.MaxFrameBytes, either.Token).ConfigureAwait(false);
            ConnectionSession session = new(_context, socket, ++_sessions);
            _record.Connected(isReplacement);
            _options.Observer?.OnOpened(Name, session.Session, Now());
            TransportLog.SessionOpened(_logger, Name, session.Session);
            return session;
        }
        catch (Exception fault)
        {
            if (!stop.IsCancellationRequested)
            {
                Note(fault is OperationCanceledException ? $"no answer within {_options.ConnectTimeout}" : fault.Message, isReplacement);
            }

            return null;
        }
    }

    private void NoteEnd(ConnectionSession session, DisconnectReason reason)
    {
        _options.Observer?.OnEnded(Name, session.Session, reason, Now());
        if (reason.Kind == DisconnectKind.Stopped)
        {
            TransportLog.SessionClosed(_logger, Name, session.Session);
        }
        else
        {
            TransportLog.SessionEnded(_logger, Name, session.Session, reason.ToString());
        }
    }

    private void Note(string failedAttempt, bool isReplacement)
    {
        TransportLog.AttemptFailed(_logger, Name, failedAttempt);
        if (isReplacement)
        {
            _record.Fault();
        }
        else
        {
            DisconnectReason reason = new(DisconnectKind.ConnectFailed, DisconnectReason.Abnormal, failedAttempt);
            _record.Lost(reason);
            _options.Observer?.OnEnded(Name, 0, reason, Now());
        }
    }

    /// <summary>Runs a session and those that take over from it, until one is lost.</summary>
    private async Task<DisconnectReason> LiveAsync(ConnectionSession session, CancellationToken stop)
    {
        Task<DisconnectReason> running = session.RunAsync(stop);
        while (true)
        {
            using CancellationTokenSource settled = new();
            await Task.WhenAny(running, session.ReplacementRequested, RolloverDueAsync(session, settled.Token)).ConfigureAwait(false);
            await settled.CancelAsync().ConfigureAwait(false);
            if (!running.IsCompleted && await OpenAsync(stop, isReplacement: true).ConfigureAwait(false) is { } newer)
            {
                (session, running) = await TakeOverAsync((session, running), newer, stop).ConfigureAwait(false);
            }
            else if (!running.IsCompleted)
            {
                await WaitAsync(running, _options.BackOff.Next(0) + TimeSpan.FromSeconds(1), stop).ConfigureAwait(false);
            }

            // A stop may be told to us before it is told to the session, which then ends by itself: waiting for anything else would not wait.
            if (running.IsCompleted || stop.IsCancellationRequested)
            {
                DisconnectReason reason = await running.ConfigureAwait(false);
                NoteEnd(session, reason);
                await session.DisposeAsync().ConfigureAwait(false);
                return reason;
            }
        }
    }

    /// <summary>Lets both sessions run until the newer delivers all, then closes the older.</summary>
    /// <returns>The session to go on with. When the older is lost before the newer caught up, data may be missing: then the lost one.</returns>
    private async Task<(ConnectionSession Session, Task<DisconnectReason> Running)> TakeOverAsync(
        (ConnectionSession Session, Task<DisconnectReason> Running) older, ConnectionSession newer, CancellationToken stop)
    {
        TransportLog.Replacing(_logger, Name, newer.Session, older.Session.Session);
        Task<DisconnectReason> running = newer.RunAsync(stop);
        bool hasCaughtUp = await CaughtUpAsync(newer, Task.WhenAny(older.Running, running), stop).ConfigureAwait(false);
        bool isNewerKept = hasCaughtUp && !running.IsCompleted;
        (ConnectionSession lost, Task<DisconnectReason> ending) = isNewerKept ? older : (newer, running);
        DisconnectReason reason = new(DisconnectKind.Replaced, 1000, isNewerKept ? "a newer session took over" : "it could not take over");
        lost.End(reason);
        await ending.ConfigureAwait(false);
        _options.Observer?.OnEnded(Name, lost.Session, reason, Now());
        await lost.DisposeAsync().ConfigureAwait(false);
        if (isNewerKept)
        {
            _record.Replaced();
            return (newer, running);
        }

        return older;
    }

    private async Task<bool> CaughtUpAsync(ConnectionSession newer, Task anyLost, CancellationToken stop)
    {
        long started = _time.GetTimestamp();
        while (!anyLost.IsCompleted && !stop.IsCancellationRequested)
        {
            if (newer.IsOpened && (_time.GetElapsedTime(started) >= _options.OverlapLimit || IsCaughtUp(newer)))
            {
                return true;
            }

            if (_time.GetElapsedTime(started) >= 3 * _options.OverlapLimit)
            {
                return false;
            }

            await WaitAsync(anyLost, TimeSpan.FromMilliseconds(100), stop).ConfigureAwait(false);
        }

        return false;
    }

    private bool IsCaughtUp(ConnectionSession newer)
    {
        lock (_context.Gate)
        {
            return _handler.IsCaughtUp(newer);
        }
    }

    private async Task RolloverDueAsync(ConnectionSession session, CancellationToken cancel)
    {
        if (_options.RolloverAfter is not { } age)
        {
            await SleepAsync(Timeout.InfiniteTimeSpan, cancel).ConfigureAwait(false);
        }
        else if (age > session.Age)
        {
            await SleepAsync(age - session.Age, cancel).ConfigureAwait(false);
        }
    }

    private async Task PauseAsync(CancellationToken stop)
    {
        if (stop.IsCancellationRequested)
        {
            return;
        }

        int failures = _record.Failures;
        bool isSlow = failures >= _options.MaxAttempts;
        TimeSpan wait = isSlow ? _options.SlowRetry * (1 + (0.5 * _options.BackOff.Jitter())) : _options.BackOff.Next(Math.Max(0, failures - 1));
        if (failures == _options.MaxAttempts)
        {
            TransportLog.SlowRetry(_logger, Name, failures, _options.SlowRetry);
        }

        _record.Enter(isSlow ? ConnectionState.Failed : ConnectionState.Reconnecting);
        await SleepAsync(wait, stop).ConfigureAwait(false);
    }

    private Timestamp Now() => Timestamp.From(_time.GetUtcNow());

    private async Task SleepAsync(TimeSpan wait, CancellationToken stop) =>
        await Task.Delay(wait, _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Waits for a task or a time, whichever is first; being stopped ends the wait as well. Throws nothing.</summary>
    private async Task WaitAsync(Task task, TimeSpan limit, CancellationToken stop) =>
        await task.WaitAsync(limit, _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
