using Harrier.Domain;
using Harrier.Engine;

namespace Harrier.Exchanges.Books;

/// <summary>
/// Builds the book of one instrument out of snapshots and updates, and lets it be read only while every update is known to have followed the
/// one before. It belongs to one thread. Time passes for it only in <see cref="Poll"/> and by the times in messages.
/// </summary>
public sealed class BookSynchronizer
{
    private readonly InstrumentId _instrument;
    private readonly IBookContinuity _continuity;
    private readonly IBookOwner _owner;
    private readonly BookSynchronizerOptions _options;
    private readonly SnapshotSchedule _schedule;
    private readonly UpdateBuffer _buffer;
    private readonly BookCounters _counters = new();
    private readonly OrderBook _book = new();
    private BookState _state;
    private bool _hasUpdate;
    private bool _awaitsUpdate;
    private Timestamp _silentSince;
    private Timestamp _verifiedAt;

    /// <summary>Makes a book without a stream.</summary>
    /// <param name="instrument">Whose book.</param>
    /// <param name="continuity">The venue's rule.</param>
    /// <param name="owner">Asked for snapshots, told about changes and faults.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <param name="jitter">Values from 0 to below 1 that spread the requests of many books; null for none.</param>
    public BookSynchronizer(
        InstrumentId instrument, IBookContinuity continuity, IBookOwner owner, BookSynchronizerOptions? options = null, Func<double>? jitter = null)
    {
        ArgumentNullException.ThrowIfNull(continuity);
        ArgumentNullException.ThrowIfNull(owner);
        _instrument = instrument;
        _continuity = continuity;
        _owner = owner;
        _options = options ?? new BookSynchronizerOptions();
        _schedule = new SnapshotSchedule(_options, jitter);
        _buffer = new UpdateBuffer(_options.MaxBufferedChanges);
    }

    /// <summary>Whose book.</summary>
    public InstrumentId Instrument => _instrument;

    /// <summary>How far the book can be trusted.</summary>
    public BookState State => _state;

    /// <summary>The book; null unless verified.</summary>
    public OrderBook? VerifiedBook => _state == BookState.Verified ? _book : null;

    /// <summary>Id of the last change in the verified book.</summary>
    public long LastUpdateId { get; private set; }

    /// <summary>What happened so far.</summary>
    /// <param name="now">Up to when time without a verified book is counted.</param>
    public BookStatistics Statistics(Timestamp now) => _counters.At(now);

    /// <summary>The stream begins: updates that come from now on follow each other. Subscribe first, then call this.</summary>
    public void OnConnected(Timestamp now)
    {
        OnDisconnected(now);
        _state = BookState.Rebuilding;
        _awaitsUpdate = false;
        _silentSince = now;
        _counters.MarkUnverified(now);
    }

    /// <summary>The stream ended: what comes later may not follow what came before.</summary>
    public void OnDisconnected(Timestamp now)
    {
        Fail(BookFault.Disconnected, now);
        _buffer.Release();
        _schedule.Forget();
        _state = BookState.Unsynced;
    }

    /// <summary>The book can no longer be trusted for a reason that its own checks cannot see; it is rebuilt.</summary>
    public void MarkSuspect(BookFault reason, Timestamp now)
    {
        if (_state == BookState.Unsynced)
        {
            return;
        }

        // What was lost may lie behind a snapshot that is on its way, and between the updates kept so far.
        Fail(reason, now);
        _counters.Dropped += _buffer.Count;
        _buffer.Clear();
        _schedule.Forget();
        _state = BookState.Suspect;
        _silentSince = now;

        // A snapshot shows the book of one instant; on a stream that fell silent nothing would say that it changed since.
        _awaitsUpdate = reason == BookFault.Stale;
    }

    /// <summary>Handles a message of changes.</summary>
    public void OnUpdate(in DepthUpdate update)
    {
        if (_state == BookState.Verified)
        {
            Advance(in update);
        }
        else if (_state == BookState.Unsynced)
        {
            _counters.Dropped++;
        }
        else
        {
            Keep(in update);
            Ask(update.ReceivedTime);
        }
    }

    /// <summary>Handles a snapshot that was asked for; the answer of a request that is no longer awaited is ignored.</summary>
    public void OnSnapshot(in DepthSnapshot snapshot)
    {
        if (!_schedule.IsWaitingFor(snapshot.Request))
        {
            return;
        }

        _schedule.Forget();
        int first = FirstAfter(snapshot.LastUpdateId, out bool isTooOld);
        if (isTooOld)
        {
            _counters.SnapshotsTooOld++;
            Retry(snapshot.ReceivedTime, null);
            return;
        }

        Build(in snapshot, first);
        if (_book.IsCrossed)
        {
            _counters.Crossed++;
            _book.Clear();
            _buffer.Clear();
            Retry(snapshot.ReceivedTime, null);
            return;
        }

        _buffer.Release();
        _state = BookState.Verified;
        _verifiedAt = snapshot.ReceivedTime;
        _counters.MarkVerified(snapshot.ReceivedTime);
        _schedule.Delay(snapshot.ReceivedTime, null);
        BookEvents.EmitAll(_owner, _book, new BookStamp(_instrument, LastUpdateId, snapshot.ExchangeTime, snapshot.ReceivedTime));
    }

    /// <summary>Handles the failure of a snapshot that was asked for.</summary>
    /// <param name="request">The number it was asked for with.</param>
    /// <param name="now">When it failed.</param>
    /// <param name="retryAfter">Time the venue or the budget wants to be left alone; null when it does not say.</param>
    public void OnSnapshotFailed(int request, Timestamp now, TimeSpan? retryAfter = null)
    {
        if (_schedule.IsWaitingFor(request))
        {
            _schedule.Forget();
            _counters.SnapshotFailures++;
            Retry(now, retryAfter);
        }
    }

    /// <summary>Lets time pass: asks for snapshots that are due. Call it about every 100 ms to 1 s.</summary>
    public void Poll(Timestamp now)
    {
        if (_state is BookState.Unsynced or BookState.Verified)
        {
            return;
        }

        if (_schedule.HasTimedOut(now))
        {
            OnSnapshotFailed(_schedule.Request, now);
        }

        if (_buffer.Count > 0 || (!_awaitsUpdate && now - _silentSince >= _options.FirstUpdateTimeout))
        {
            Ask(now);
        }
    }

    private void Advance(in DepthUpdate update)
    {
        switch (Judge(in update))
        {
            case BookStep.Next:
                Apply(update.Changes);
                LastUpdateId = update.FinalId;
                _hasUpdate = true;
                _counters.Applied++;
                if (_book.IsCrossed)
                {
                    _counters.Crossed++;
                    Break(BookFault.Crossed, in update);
                    return;
                }

                BookEvents.Emit(_owner, update.Changes, new BookStamp(_instrument, update.FinalId, update.ExchangeTime, update.ReceivedTime));
                break;
            case BookStep.Stale:
                _counters.Stale++;
                break;
            default:
                Break(BookFault.Gap, in update);
                break;
        }
    }

    private BookStep Judge(in DepthUpdate update) =>
        _hasUpdate ? _continuity.AfterUpdate(LastUpdateId, in update) : _continuity.AfterSnapshot(LastUpdateId, in update);

    private void Apply(ReadOnlySpan<LevelChange> changes)
    {
        OrderBook book = _book;
        for (int i = 0; i < changes.Length; i++)
        {
            book.Set(changes[i].IsAsk, changes[i].Ticks, changes[i].Lots);
        }
    }

    private void Break(BookFault reason, in DepthUpdate update)
    {
        Fail(reason, update.ReceivedTime);
        _state = BookState.Suspect;
        _silentSince = update.ReceivedTime;
        if (reason == BookFault.Gap)
        {
            _counters.Gaps++;
            Keep(in update);
        }

        Ask(update.ReceivedTime);
    }

    /// <summary>Takes the book out of use, if it is in use.</summary>
    private void Fail(BookFault reason, Timestamp now)
    {
        if (_state != BookState.Verified)
        {
            return;
        }

        _counters.MarkUnverified(now);
        if (now - _verifiedAt >= _options.StableAfter)
        {
            _schedule.Reset(now);
        }
        else
        {
            ReportGivenUp();
        }

        _book.Clear();
        _owner.OnBookFault(new FeedFault(_instrument, now), reason);
    }

    /// <summary>Keeps an update for the snapshot to come. Those kept always follow each other: a hole makes the earlier ones useless.</summary>
    private void Keep(in DepthUpdate update)
    {
        if (_buffer.Count > 0)
        {
            BookStep step = _continuity.AfterUpdate(_buffer[_buffer.Count - 1].FinalId, in update);
            if (step == BookStep.Stale)
            {
                _counters.Stale++;
                return;
            }

            if (step == BookStep.Gap)
            {
                _counters.Gaps++;
                _counters.Dropped += _buffer.Count;
                _buffer.Clear();
            }
        }

        _awaitsUpdate = false;
        if (!_buffer.TryAdd(in update))
        {
            _counters.Dropped += _buffer.Count + 1;
            _buffer.Clear();
        }
    }

    private void Ask(Timestamp now)
    {
        if (_schedule.TryStart(now))
        {
            _state = BookState.Rebuilding;
            _counters.SnapshotRequests++;
            _owner.RequestSnapshot(_instrument, _schedule.Request);
        }
    }

    private void Retry(Timestamp now, TimeSpan? retryAfter)
    {
        _state = BookState.Suspect;
        _schedule.Delay(now, retryAfter);
        ReportGivenUp();
    }

    private void ReportGivenUp()
    {
        if (_schedule.Attempts == _options.GiveUpAfter)
        {
            _counters.GivenUp++;
            _owner.OnGivenUp(_instrument, _schedule.Attempts);
        }
    }

    /// <summary>Finds the first kept update that the snapshot does not hold already.</summary>
    private int FirstAfter(long snapshotId, out bool isTooOld)
    {
        for (int i = 0; i < _buffer.Count; i++)
        {
            BookStep step = _continuity.AfterSnapshot(snapshotId, _buffer[i]);
            if (step != BookStep.Stale)
            {
                isTooOld = step == BookStep.Gap;
                return i;
            }
        }

        isTooOld = false;
        return _buffer.Count;
    }

    private void Build(in DepthSnapshot snapshot, int first)
    {
        _book.Clear();
        Apply(snapshot.Levels);
        LastUpdateId = snapshot.LastUpdateId;
        _hasUpdate = false;
        _counters.Stale += first;
        for (int i = first; i < _buffer.Count; i++)
        {
            DepthUpdate update = _buffer[i];
            Apply(update.Changes);
            LastUpdateId = update.FinalId;
            _hasUpdate = true;
            _counters.Applied++;
        }
    }
}
