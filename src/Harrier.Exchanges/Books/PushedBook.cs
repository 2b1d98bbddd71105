using Harrier.Domain;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Books;

/// <summary>
/// Feeds a book whose snapshots come on the stream itself: after each subscription, and unasked when the venue starts anew. Where the
/// book is verified a snapshot becomes the change that leads to it, so that nobody sees an empty book in between.
/// </summary>
public sealed class PushedBook
{
    /// <summary>The update id with which a venue begins to count anew.</summary>
    private const long FirstId = 1;

    private readonly BookSynchronizer _book;
    private readonly LevelBuffer _changes = new();
    private readonly HashSet<(bool IsAsk, long Ticks)> _kept = [];
    private Timestamp _changed;
    private int _request;
    private bool _isAtHand;

    /// <summary>Feeds a book.</summary>
    /// <param name="book">The book, with <see cref="PushedContinuity"/> as its rule.</param>
    public PushedBook(BookSynchronizer book)
    {
        ArgumentNullException.ThrowIfNull(book);
        _book = book;
    }

    /// <summary>The book asks for a snapshot.</summary>
    /// <returns>True when one is at hand; false when the stream must be subscribed again to get one.</returns>
    public bool OnRequested(int request)
    {
        _request = request;
        return _isAtHand;
    }

    /// <summary>Takes changes of the stream.</summary>
    public void OnUpdate(in DepthUpdate update)
    {
        _book.OnUpdate(in update);
        _changed = update.ExchangeTime > _changed ? update.ExchangeTime : _changed;
    }

    /// <summary>Takes a snapshot of the stream.</summary>
    public void OnSnapshot(in DepthSnapshot snapshot)
    {
        if (_book.State == BookState.Unsynced)
        {
            // It may come before the feed is told that the stream is open, and is proof of that.
            _book.OnConnected(snapshot.ReceivedTime);
        }

        if (_book.VerifiedBook is { } verified)
        {
            Replace(verified, in snapshot);
        }
        else
        {
            Begin(in snapshot);
        }

        _changed = snapshot.LastUpdateId == FirstId || snapshot.ExchangeTime > _changed ? snapshot.ExchangeTime : _changed;
    }

    private void Begin(in DepthSnapshot snapshot)
    {
        if (snapshot.LastUpdateId == FirstId)
        {
            // What was kept for joining counts on from another beginning.
            _book.MarkSuspect(BookFault.Gap, snapshot.ReceivedTime);
        }

        _isAtHand = true;
        _book.OnUpdate(new DepthUpdate
        {
            FirstId = snapshot.LastUpdateId,
            FinalId = snapshot.LastUpdateId,
            ExchangeTime = snapshot.ExchangeTime,
            ReceivedTime = snapshot.ReceivedTime,
        });
        _isAtHand = false;
        _book.OnSnapshot(new DepthSnapshot
        {
            Request = _request,
            LastUpdateId = snapshot.LastUpdateId,
            ExchangeTime = snapshot.ExchangeTime,
            ReceivedTime = snapshot.ReceivedTime,
            Levels = snapshot.Levels,
        });
    }

    private void Replace(OrderBook verified, in DepthSnapshot snapshot)
    {
        // Of two sessions that overlap the newer begins with a snapshot that the older may have left behind already.
        bool isOld = snapshot.LastUpdateId != FirstId && snapshot.LastUpdateId <= _book.LastUpdateId && snapshot.ExchangeTime <= _changed;
        if (isOld)
        {
            return;
        }

        _kept.Clear();
        _changes.Begin(snapshot.Levels.Length + verified.Bids.Count + verified.Asks.Count);
        foreach (LevelChange level in snapshot.Levels)
        {
            _kept.Add((level.IsAsk, level.Ticks));
            _changes.Add(in level);
        }

        AddGone(verified.Bids, isAsk: false);
        AddGone(verified.Asks, isAsk: true);
        _book.OnUpdate(new DepthUpdate
        {
            FirstId = snapshot.LastUpdateId,
            FinalId = snapshot.LastUpdateId,
            PreviousId = _book.LastUpdateId,
            ExchangeTime = snapshot.ExchangeTime,
            ReceivedTime = snapshot.ReceivedTime,
            Changes = _changes.Changes,
        });
    }

    private void AddGone(BookSide side, bool isAsk)
    {
        foreach (BookLevel level in side)
        {
            if (!_kept.Contains((isAsk, level.Price.Value)))
            {
                _changes.Add(new LevelChange(level.Price.Value, 0, isAsk));
            }
        }
    }
}
