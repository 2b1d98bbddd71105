using Harrier.Domain;
using Harrier.Testnet.Core;
using Microsoft.Extensions.Logging;

namespace Harrier.Testnet.Markets;

/// <summary>How a recording is replayed.</summary>
public sealed record ReplayOptions
{
    /// <summary>How many recorded seconds pass in one.</summary>
    /// <value>1.</value>
    public double Speed { get; init; } = 1;
}

/// <summary>
/// Replays a recording: recorded liquidity and recorded takers trade as house accounts, so that users' orders meet them. What a user does is not in the
/// recording: a level that he ate is as large as recorded again at its next recorded change, and takers that met his order in place of a level
/// leave that level as large as it was until then. At the end the last state stays.
/// </summary>
public sealed partial class ReplayDriver : IMarketDriver
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(10);
    private readonly TimeProvider _time;
    private readonly ILogger? _logger;
    private readonly double _speed;
    private readonly Dictionary<string, List<(ExchangeCore Core, ReplayMarket Market)>> _markets = [];
    private readonly IEnumerator<ReplayEvent> _events;
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private Timestamp? _position;

    /// <summary>A replay before its first event.</summary>
    /// <param name="cores">Cores to trade on; a symbol is replayed on each that lists it, and ignored when none does.</param>
    /// <param name="recording">What to replay.</param>
    /// <param name="options">How.</param>
    /// <param name="time">Clock of <see cref="Start"/>.</param>
    /// <param name="logger">Hears of the end and of failures.</param>
    public ReplayDriver(IReadOnlyList<ExchangeCore> cores, ReplayRecording recording, ReplayOptions options, TimeProvider time, ILogger? logger = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Speed);
        _time = time;
        _logger = logger;
        _speed = options.Speed;
        _events = recording.Events().GetEnumerator();
        foreach (ExchangeCore core in cores)
        {
            lock (core.Gate)
            {
                ExchangeAccount maker = core.OpenAccount(new AccountTerms { Name = "house-maker", IsHouse = true });
                ExchangeAccount taker = core.OpenAccount(new AccountTerms { Name = "house-taker", IsHouse = true });
                foreach (ListedInstrument instrument in core.Listings)
                {
                    _markets.TryAdd(instrument.Symbol, []);
                    _markets[instrument.Symbol].Add((core, new ReplayMarket(core, instrument, maker, taker)));
                }
            }
        }
    }

    /// <inheritdoc/>
    public bool IsPaused { get; set; }

    /// <summary>True when every event was done; the books stay as they are.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Number of events done.</summary>
    public long EventCount { get; private set; }

    /// <summary>Recorded time of the replay; the default before it began.</summary>
    public Timestamp Position => _position ?? default;

    /// <summary>What ended the replay before its end; null while there is nothing.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Does everything that was recorded within a span after the position; <see cref="Start"/> does it by the clock.</summary>
    /// <param name="recorded">Recorded time, not real time.</param>
    public void Step(TimeSpan recorded)
    {
        if (_position is null)
        {
            Open();
        }

        if (IsFinished)
        {
            return;
        }

        Timestamp until = Position + recorded;
        while (_events.Current.Time <= until)
        {
            Apply(_events.Current);
            if (!_events.MoveNext())
            {
                Finish();
                break;
            }
        }

        _position = until;
    }

    /// <inheritdoc/>
    public void Start()
    {
        // The first book is there before the first client.
        Step(TimeSpan.Zero);
        _running = Task.Run(RunAsync);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _events.Dispose();
        _stop.Dispose();
    }

    private void Open()
    {
        // A recording has at least one event.
        _events.MoveNext();
        _position = _events.Current.Time;
    }

    private void Finish()
    {
        IsFinished = true;
        if (_logger is not null)
        {
            LogFinished(_logger, EventCount);
        }
    }

    private void Apply(ReplayEvent happened)
    {
        EventCount++;
        foreach ((ExchangeCore core, ReplayMarket market) in _markets.GetValueOrDefault(happened.Symbol) ?? [])
        {
            lock (core.Gate)
            {
                market.Apply(happened);
            }
        }
    }

    private async Task RunAsync()
    {
        try
        {
            using PeriodicTimer timer = new(Beat, _time);
            long last = _time.GetTimestamp();
            while (!IsFinished && await timer.WaitForNextTickAsync(_stop.Token))
            {
                long now = _time.GetTimestamp();
                TimeSpan passed = _time.GetElapsedTime(last, now);
                last = now;
                if (!IsPaused)
                {
                    Step(passed * _speed);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed: the books stay as they are.
        }
        catch (Exception fault)
        {
            Fault = fault;
            if (_logger is not null)
            {
                LogFailed(_logger, fault);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "replay finished after {Events} events; the books stay as they are")]
    private static partial void LogFinished(ILogger logger, long events);

    [LoggerMessage(Level = LogLevel.Error, Message = "replay stopped")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
