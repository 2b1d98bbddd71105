using Harrier.Domain;

namespace Harrier.Exchanges.Requests;

/// <summary>
/// A venue's clock as seen from here: the local wall clock plus a measured offset. The offset is the median of a few probes,
/// each taken at the middle of its round trip. It changes what requests are stamped with, never the time of an event.
/// </summary>
public sealed class ServerClock : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _measuring = new(1, 1);
    private readonly TimeProvider _time;
    private readonly ServerClockOptions _options;
    private Func<CancellationToken, ValueTask<Timestamp?>>? _probe;
    private TimeSpan _offset;
    private TimeSpan? _roundTrip;
    private bool _suspect = true;
    private long _measuredAt;
    private long _failedAt;
    private bool _failed;
    private DateTimeOffset _wallAtMeasure;

    /// <summary>A clock that agrees with the local one until it is measured.</summary>
    public ServerClock(TimeProvider time, ServerClockOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _options = options ?? new ServerClockOptions();
        _measuredAt = time.GetTimestamp();
        _wallAtMeasure = time.GetUtcNow();
    }

    /// <summary>Venue time minus local time.</summary>
    public TimeSpan Offset
    {
        get
        {
            lock (_gate)
            {
                return _offset;
            }
        }
    }

    /// <summary>The round trip of the probe whose offset counts; null before the first answer.</summary>
    public TimeSpan? RoundTrip
    {
        get
        {
            lock (_gate)
            {
                return _roundTrip;
            }
        }
    }

    /// <summary>
    /// True when the clock has a probe and was never measured, was measured too long ago, was called wrong by the venue, or the machine
    /// slept or was set since. After a failed measurement it stays false for a while, so that a silent venue is not hammered.
    /// </summary>
    public bool NeedsRefresh
    {
        get
        {
            lock (_gate)
            {
                return _probe is not null && !RecentlyFailed() && (_suspect || IsOld() || HasJumped());
            }
        }
    }

    internal TimeProvider Time => _time;

    /// <summary>The venue's time now.</summary>
    public Timestamp Now()
    {
        lock (_gate)
        {
            return Timestamp.From(_time.GetUtcNow()) + _offset;
        }
    }

    /// <summary>Sets how the venue is asked for its time: one call, null when it did not answer. It must go through the budget like any other.</summary>
    public void UseProbe(Func<CancellationToken, ValueTask<Timestamp?>> probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        lock (_gate)
        {
            _probe = probe;
        }
    }

    /// <summary>Marks the measurement wrong, because the venue refused a call for its time: the next signed call measures first.</summary>
    public void MarkSuspect()
    {
        lock (_gate)
        {
            _suspect = true;
            _failed = false;
        }
    }

    /// <summary>Measures if that is due; of several callers one measures and the others wait for it.</summary>
    public async ValueTask RefreshIfNeededAsync(CancellationToken cancellation)
    {
        if (NeedsRefresh)
        {
            await MeasureAsync(onlyIfNeeded: true, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Measures now. When no probe is answered the old offset stays.</summary>
    public ValueTask RefreshAsync(CancellationToken cancellation) => MeasureAsync(onlyIfNeeded: false, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _measuring.Dispose();

    private async ValueTask MeasureAsync(bool onlyIfNeeded, CancellationToken cancellation)
    {
        await _measuring.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_probe is not null && (!onlyIfNeeded || NeedsRefresh))
            {
                Adopt(await ProbeAsync(_probe, cancellation).ConfigureAwait(false));
            }
        }
        finally
        {
            _measuring.Release();
        }
    }

    private async ValueTask<List<(TimeSpan Offset, TimeSpan RoundTrip)>> ProbeAsync(
        Func<CancellationToken, ValueTask<Timestamp?>> probe, CancellationToken cancellation)
    {
        List<(TimeSpan Offset, TimeSpan RoundTrip)> samples = [];
        for (int i = 0; i < _options.Probes; i++)
        {
            Timestamp before = Timestamp.From(_time.GetUtcNow());
            long started = _time.GetTimestamp();
            Timestamp? venue = await probe(cancellation).ConfigureAwait(false);
            TimeSpan roundTrip = _time.GetElapsedTime(started);
            if (venue is Timestamp answered && roundTrip <= _options.LongestRoundTrip)
            {
                samples.Add((answered - (before + (roundTrip / 2)), roundTrip));
            }
        }

        return samples;
    }

    private void Adopt(List<(TimeSpan Offset, TimeSpan RoundTrip)> samples)
    {
        lock (_gate)
        {
            if (samples.Count == 0)
            {
                _failed = true;
                _failedAt = _time.GetTimestamp();
                return;
            }

            samples.Sort();
            (_offset, TimeSpan roundTrip) = samples[samples.Count / 2];
            _roundTrip = roundTrip;
            _measuredAt = _time.GetTimestamp();
            _wallAtMeasure = _time.GetUtcNow();
            _suspect = false;
            _failed = false;
        }
    }

    private bool RecentlyFailed() => _failed && _time.GetElapsedTime(_failedAt) < _options.RetryAfterFailure;

    private bool IsOld() => _time.GetElapsedTime(_measuredAt) >= _options.RefreshAfter;

    private bool HasJumped()
    {
        TimeSpan wall = _time.GetUtcNow() - _wallAtMeasure;
        return (wall - _time.GetElapsedTime(_measuredAt)).Duration() > _options.JumpTolerance;
    }
}
