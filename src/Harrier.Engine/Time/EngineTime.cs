using Harrier.Domain;

namespace Harrier.Engine.Time;

/// <summary>
/// The time of trading code: the time of the input being processed, never the wall clock, so that the same inputs give the same
/// decisions live and in replay. Timers fire when an input moves the time past them.
/// </summary>
public sealed class EngineTime : TimeProvider, IStateful
{
    private readonly PriorityQueue<Entry, (long Due, long Sequence)> _timers = new();
    private readonly Dictionary<(int Bot, int Timer), long> _botTimers = [];
    private long _sequence;
    private long _nextDue = long.MaxValue;

    /// <summary>The current instant.</summary>
    public Timestamp Now { get; private set; }

    /// <summary>Called with bot and timer number when a timer set by <see cref="SetBotTimer"/> is due.</summary>
    internal Action<BotId, int>? BotTimerDue { get; set; }

    /// <inheritdoc/>
    public override long TimestampFrequency => Timestamp.NanosPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();

    /// <inheritdoc/>
    public override long GetTimestamp() => Now.Nanos;

    /// <summary>
    /// Moves to an instant; timers due on the way fire first, each at its own due time, in order of due time and creation.
    /// An earlier instant leaves the time where it is.
    /// </summary>
    public void AdvanceTo(Timestamp instant)
    {
        if (instant.Nanos >= _nextDue)
        {
            FireUntil(instant);
        }

        if (instant.Nanos > Now.Nanos)
        {
            Now = instant;
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        EngineTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        List<((int Bot, int Timer) Key, long Due, long Sequence)> pending = Pending();
        writer.Write(Now);
        writer.Write(_sequence);
        writer.Write(pending.Count);
        foreach (((int bot, int timer), long due, long sequence) in pending)
        {
            writer.Write(bot);
            writer.Write(timer);
            writer.Write(due);
            writer.Write(sequence);
        }
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        _timers.Clear();
        _botTimers.Clear();
        Now = reader.ReadTimestamp();
        _sequence = reader.ReadInt64();
        int count = reader.ReadCount();
        for (int i = 0; i < count; i++)
        {
            Entry entry = new(null, reader.ReadInt32(), reader.ReadInt32());
            long due = reader.ReadInt64();
            long sequence = reader.ReadInt64();
            _botTimers[(entry.Bot, entry.Number)] = sequence;
            _timers.Enqueue(entry, (due, sequence));
        }

        RefreshNextDue();
    }

    /// <summary>Takes over time and timers of the engine before.</summary>
    /// <param name="before">Its time.</param>
    /// <param name="clocks">Where its features are now, -1 for those that are not: their timers go with them.</param>
    /// <param name="isAnew">True for bots whose strategies begin anew: their timers are those that were set here.</param>
    internal void Succeed(EngineTime before, int[] clocks, Predicate<BotId> isAnew)
    {
        List<((int Bot, int Timer) Key, long Due, long Sequence)> kept = Pending();
        kept.RemoveAll(one => one.Key.Bot < 0 || !isAnew(new BotId(one.Key.Bot)));
        _timers.Clear();
        _botTimers.Clear();
        (Now, _sequence) = (before.Now, before._sequence);
        foreach (((int bot, int timer), long due, long sequence) in before.Pending())
        {
            int number = bot == Strategies.FeatureSet.ClockOwner.Index ? clocks[timer] : timer;
            if (number >= 0 && (bot < 0 || !isAnew(new BotId(bot))))
            {
                _botTimers[(bot, number)] = sequence;
                _timers.Enqueue(new Entry(null, bot, number), (due, sequence));
            }
        }

        foreach (((int bot, int timer), long due, _) in kept)
        {
            SetBotTimer(new BotId(bot), timer, new Timestamp(due));
        }

        RefreshNextDue();
    }

    /// <summary>Arms timer <paramref name="number"/> of a bot, in place of an earlier one with that number. Part of the saved state.</summary>
    internal void SetBotTimer(BotId bot, int number, Timestamp due) =>
        _botTimers[(bot.Index, number)] = Enqueue(new Entry(null, bot.Index, number), due.Nanos);

    private List<((int Bot, int Timer) Key, long Due, long Sequence)> Pending()
    {
        List<((int Bot, int Timer) Key, long Due, long Sequence)> pending = [];
        foreach ((Entry entry, (long due, long sequence)) in _timers.UnorderedItems)
        {
            Invariant.That(entry.Timer is null || !entry.Timer.IsArmedWith(sequence), "only timers of bots are armed when state is saved");
            if (entry.Timer is null && IsCurrent(entry, sequence))
            {
                pending.Add(((entry.Bot, entry.Number), due, sequence));
            }
        }

        pending.Sort((left, right) => (left.Due, left.Sequence).CompareTo((right.Due, right.Sequence)));
        return pending;
    }

    private void FireUntil(Timestamp instant)
    {
        while (_timers.TryPeek(out Entry entry, out (long Due, long Sequence) key) && key.Due <= instant.Nanos)
        {
            _timers.Dequeue();
            if (!IsCurrent(entry, key.Sequence))
            {
                continue;
            }

            if (key.Due > Now.Nanos)
            {
                Now = new Timestamp(key.Due);
            }

            if (entry.Timer is not null)
            {
                entry.Timer.Fire();
            }
            else
            {
                _botTimers.Remove((entry.Bot, entry.Number));
                BotTimerDue?.Invoke(new BotId(entry.Bot), entry.Number);
            }
        }

        RefreshNextDue();
    }

    // A timer that was changed or disposed leaves its old entry in the queue; only the latest arming counts.
    private bool IsCurrent(in Entry entry, long sequence) => entry.Timer is not null
        ? entry.Timer.IsArmedWith(sequence)
        : _botTimers.TryGetValue((entry.Bot, entry.Number), out long current) && current == sequence;

    private long Enqueue(in Entry entry, long due)
    {
        long sequence = ++_sequence;
        _timers.Enqueue(entry, (due, sequence));
        RefreshNextDue();
        return sequence;
    }

    private void RefreshNextDue() => _nextDue = _timers.TryPeek(out _, out (long Due, long Sequence) key) ? key.Due : long.MaxValue;

    private readonly record struct Entry(EngineTimer? Timer, int Bot, int Number);

    private sealed class EngineTimer(EngineTime time, TimerCallback callback, object? state) : ITimer
    {
        private long _period;
        private long _armedWith;

        public bool IsArmedWith(long sequence) => _armedWith == sequence;

        public void Fire()
        {
            _armedWith = _period > 0 ? time.Enqueue(new Entry(this, 0, 0), time.Now.Nanos + _period) : 0;
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period == Timeout.InfiniteTimeSpan ? 0 : period.Ticks * 100;
            _armedWith = dueTime == Timeout.InfiniteTimeSpan ? 0 : time.Enqueue(new Entry(this, 0, 0), time.Now.Nanos + (dueTime.Ticks * 100));
            return true;
        }

        public void Dispose() => _armedWith = 0;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
