using Harrier.Exchanges.Tests.Support;

namespace Harrier.Exchanges.Tests.Uphold;

/// <summary>A clock that moves only when told to, and knows whether who uses it waits for it: a delay runs that has neither rung nor been given up. Deadlines are no waits: who sets one is about to act.</summary>
internal sealed class WatchedClock(TimeProvider inner) : TimeProvider
{
    private readonly Lock _gate = new();
    private int _waits;
    private long _events;

    public bool IsWaitedFor
    {
        get
        {
            lock (_gate)
            {
                return _waits > 0;
            }
        }
    }

    /// <summary>Counts what happened that its user may act on.</summary>
    public long Events
    {
        get
        {
            lock (_gate)
            {
                return _events;
            }
        }
    }

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override long GetTimestamp() => inner.GetTimestamp();

    /// <summary>Something happened that its user will act on.</summary>
    public void Trigger()
    {
        lock (_gate)
        {
            _events++;
        }
    }

    public void Advance(TimeSpan by) => ((ManualTimeProvider)inner).Advance(by);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        WatchedTimer watched = new(this, isWait: state is not CancellationTokenSource);
        watched.Watch(inner.CreateTimer(
            s =>
            {
                watched.Ring();
                callback(s);
            },
            state,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan));
        watched.Change(dueTime, period);
        return watched;
    }

    private sealed class WatchedTimer(WatchedClock owner, bool isWait) : ITimer
    {
        private ITimer? _timer;
        private bool _isSet;

        public void Watch(ITimer timer) => _timer = timer;

        public void Ring() => Become(isSet: false);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Become(dueTime != Timeout.InfiniteTimeSpan);
            return _timer!.Change(dueTime, period);
        }

        public void Dispose()
        {
            Become(isSet: false);
            _timer!.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Become(isSet: false);
            return _timer!.DisposeAsync();
        }

        private void Become(bool isSet)
        {
            lock (owner._gate)
            {
                owner._events++;
                owner._waits += isWait && isSet != _isSet ? isSet ? 1 : -1 : 0;
                _isSet = isSet;
            }
        }
    }
}
