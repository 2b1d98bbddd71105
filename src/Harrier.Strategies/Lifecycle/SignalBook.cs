using Harrier.Domain;
using Harrier.Strategies.Setups;

namespace Harrier.Strategies.Lifecycle;

/// <summary>Bounds of a <see cref="SignalBook"/>.</summary>
public sealed record SignalBookSettings
{
    /// <summary>How long a signal lives that does not trade; as long it also keeps its like away.</summary>
    /// <value>15 minutes.</value>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How many live at most.</summary>
    /// <value>50.</value>
    public int MaxLive { get; init; } = 50;

    /// <summary>How many that ended are remembered.</summary>
    /// <value>1000.</value>
    public int MaxHistory { get; init; } = 1000;

    /// <summary>Entries closer than this fraction are the same.</summary>
    /// <value>0.001.</value>
    public double SameEntry { get; init; } = 0.001;
}

/// <summary>The signals of one strategy from their birth to their end: no duplicates, no more than some at a time, none for longer than their time.</summary>
public sealed class SignalBook : IStateful
{
    private readonly SignalBookSettings _settings;
    private readonly TrackedSignal[] _live;
    private readonly TrackedSignal[] _history;
    private int _liveCount;
    private long _ended;
    private long _lastId;

    /// <summary>Creates it, empty.</summary>
    /// <param name="settings">Bounds; the usual where nothing is said.</param>
    public SignalBook(SignalBookSettings? settings = null)
    {
        _settings = settings ?? new SignalBookSettings();
        _live = new TrackedSignal[_settings.MaxLive];
        _history = new TrackedSignal[_settings.MaxHistory];
    }

    /// <summary>Those that live, oldest first.</summary>
    public ReadOnlySpan<TrackedSignal> Live => _live.AsSpan(0, _liveCount);

    /// <summary>How many ended that are remembered.</summary>
    public int HistoryCount => (int)Math.Min(_ended, _history.Length);

    /// <summary>One that ended, by its age: 0 is the newest.</summary>
    public ref readonly TrackedSignal Ended(int age) => ref _history[(int)((_ended - 1 - age) % _history.Length)];

    /// <summary>Takes a signal up.</summary>
    /// <param name="instrument">Of which instrument.</param>
    /// <param name="setup">A setup that is valid.</param>
    /// <param name="isActivityDropping">True refuses it.</param>
    /// <param name="now">The present.</param>
    /// <returns>Why it is not taken up, or none and its id.</returns>
    public (SignalRefusal Refusal, long Id) Offer(InstrumentId instrument, in SetupDecision setup, bool isActivityDropping, Timestamp now)
    {
        Expire(now);
        SignalRefusal refusal = isActivityDropping ? SignalRefusal.ActivityDrop
            : HasLike(instrument, in setup, now) ? SignalRefusal.Duplicate
            : _liveCount == _live.Length ? SignalRefusal.Full
            : SignalRefusal.None;
        if (refusal == SignalRefusal.None)
        {
            _live[_liveCount++] = TrackedSignal.Of(++_lastId, now, instrument, in setup);
        }

        return (refusal, refusal == SignalRefusal.None ? _lastId : 0);
    }

    /// <summary>The order of a pending signal left.</summary>
    /// <returns>False when no such signal is pending.</returns>
    public bool Activate(long id, ClientOrderId order)
    {
        int index = IndexOf(id);
        if (index < 0 || _live[index].Status != SignalStatus.Pending)
        {
            return false;
        }

        _live[index] = _live[index] with { Status = SignalStatus.Active, Order = order.Sequence };
        return true;
    }

    /// <summary>A signal ends.</summary>
    /// <param name="id">Which.</param>
    /// <param name="status">How: neither pending nor active.</param>
    /// <returns>False when it does not live.</returns>
    public bool End(long id, SignalStatus status)
    {
        Invariant.That(status is not (SignalStatus.Pending or SignalStatus.Active), "a signal ends with a status that ends it");
        int index = IndexOf(id);
        if (index < 0)
        {
            return false;
        }

        EndAt(index, status);
        return true;
    }

    /// <summary>The live signal of an order.</summary>
    /// <returns>Null when it has none.</returns>
    public TrackedSignal? OfOrder(ClientOrderId order)
    {
        foreach (ref readonly TrackedSignal signal in Live)
        {
            if (signal.Order == order.Sequence && signal.Order != 0)
            {
                return signal;
            }
        }

        return null;
    }

    /// <summary>Ends all whose time is over.</summary>
    /// <returns>How many.</returns>
    public int Expire(Timestamp now)
    {
        int expired = 0;
        while (_liveCount > 0 && now - _live[0].Created >= _settings.TimeToLive)
        {
            EndAt(0, SignalStatus.Expired);
            expired++;
        }

        return expired;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_lastId);
        writer.Write(_liveCount);
        foreach (ref readonly TrackedSignal signal in Live)
        {
            writer.WriteRaw(in signal);
        }

        writer.Write(HistoryCount);
        for (int age = HistoryCount - 1; age >= 0; age--)
        {
            writer.WriteRaw(in Ended(age));
        }
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        _lastId = reader.ReadInt64();
        int live = reader.ReadInt32();
        Fits(live, _live.Length);
        _liveCount = live;
        for (int i = 0; i < live; i++)
        {
            _live[i] = reader.ReadRaw<TrackedSignal>();
        }

        int ended = reader.ReadInt32();
        Fits(ended, _history.Length);
        _ended = ended;
        for (int i = 0; i < ended; i++)
        {
            _history[i] = reader.ReadRaw<TrackedSignal>();
        }
    }

    private static void Fits(int count, int places)
    {
        if (count < 0 || count > places)
        {
            throw new InvalidDataException($"{count} saved signals do not fit {places} places");
        }
    }

    // Live ones, and those that traded or were taken back within the same time: what was just tried is not tried again.
    private bool HasLike(InstrumentId instrument, in SetupDecision setup, Timestamp now)
    {
        foreach (ref readonly TrackedSignal signal in Live)
        {
            if (IsLike(in signal, instrument, in setup))
            {
                return true;
            }
        }

        for (int age = 0; age < HistoryCount; age++)
        {
            ref readonly TrackedSignal ended = ref Ended(age);
            if (now - ended.Created >= _settings.TimeToLive + _settings.TimeToLive)
            {
                return false;
            }

            bool isRecent = now - ended.Created < _settings.TimeToLive;
            if (isRecent && ended.Status != SignalStatus.Failed && IsLike(in ended, instrument, in setup))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsLike(in TrackedSignal signal, InstrumentId instrument, in SetupDecision setup) =>
        signal.Instrument == instrument.Index && signal.Side == setup.Side && Math.Abs(signal.Entry - setup.Entry) < _settings.SameEntry * setup.Entry;

    private int IndexOf(long id)
    {
        for (int i = 0; i < _liveCount; i++)
        {
            if (_live[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }

    private void EndAt(int index, SignalStatus status)
    {
        _history[(int)(_ended % _history.Length)] = _live[index] with { Status = status };
        _ended++;
        _liveCount--;
        _live.AsSpan(index + 1, _liveCount - index).CopyTo(_live.AsSpan(index));
    }
}
