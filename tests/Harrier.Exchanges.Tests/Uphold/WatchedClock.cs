using Harrier.Exchanges.Tests.Support;

namespace Harrier.Exchanges.Tests.Uphold;

/// <summary>
/// A clock that moves only when told to, and knows whether who uses it waits for it: the last thing that happened was that a timer was set, not that one
/// rang or an answer came.
/// </summary>
internal sealed class WatchedClock(TimeProvider inner) : TimeProvider
{
    private readonly Lock _gate = new();
    private long _events;
    private long _lastSet;
    private long _lastTrigger;

    public bool IsWaitedFor
    {
        get
        {
            lock (_gate)
            {
                return _lastSet > _lastTrigger;
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
            _lastTrigger = ++_events;
        }
    }

    public void Advance(TimeSpan by) => ((ManualTimeProvider)inner).Advance(by);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = inner.CreateTimer(
            s =>
            {
                Trigger();
                callback(s);
            },
            state,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);

        // A deadline is set by who is about to act: he does not wait yet.
        WatchedTimer watched = new(this, timer, isWait: state is not CancellationTokenSource);
        watched.Change(dueTime, period);
        return watched;
    }

    private void Set()
    {
        lock (_gate)
        {
            _lastSet = ++_events;
        }
    }

    private sealed class WatchedTimer(WatchedClock owner, ITimer timer, bool isWait) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool isChanged = timer.Change(dueTime, period);
            if (isWait && dueTime != Timeout.InfiniteTimeSpan)
            {
                owner.Set();
            }

            return isChanged;
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
