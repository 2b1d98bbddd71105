using Harrier.Domain;
using Harrier.Features.Microstructure;

namespace Harrier.Engine.Market;

/// <summary>An order book with the knowledge whether it may be read: only between a whole snapshot and the next fault.</summary>
public sealed class TrackedBook : IStateful
{
    private readonly OrderBook _book = new();
    private State _state;
    private bool _isMidBatch;
    private Timestamp _unverifiedSince;
    private TimeSpan _unverified;

    /// <summary>A book of which nothing is known.</summary>
    public TrackedBook()
    {
    }

    /// <summary>A book of which nothing is known.</summary>
    /// <param name="firstSeen">When its feed first spoke of it.</param>
    public TrackedBook(Timestamp firstSeen) => _unverifiedSince = firstSeen;

    private enum State : byte
    {
        Unverified = 0,
        InSnapshot = 1,
        Verified = 2,
    }

    /// <summary>The book; null while it must not be read, or a message is half applied.</summary>
    public OrderBook? Verified => _state == State.Verified && !_isMidBatch ? _book : null;

    /// <summary>How long it could not be read since its feed first spoke of it.</summary>
    /// <param name="now">Up to when, for a book that cannot be read now.</param>
    public TimeSpan TimeUnverified(Timestamp now) => _unverified + (_state == State.Verified ? TimeSpan.Zero : now - _unverifiedSince);

    /// <summary>Applies a change and tells those who follow the levels.</summary>
    public BookStep Apply(in MarketEvent change, ILevelFeature[] followers)
    {
        ArgumentNullException.ThrowIfNull(followers);
        BookStep step = BookStep.None;
        if (change.Kind == MarketEventKind.BookClear)
        {
            step = _state == State.Verified ? BookStep.Lost : BookStep.None;
            Fail(change.ReceivedTime);
            _book.Clear();
            _state = State.InSnapshot;
        }
        else if (_state != State.Unverified)
        {
            Set(in change, followers);
        }

        _isMidBatch = !change.LastInBatch;
        if (change.LastInBatch && _state == State.InSnapshot)
        {
            _state = State.Verified;
            _unverified += change.ReceivedTime - _unverifiedSince;
        }

        return change.LastInBatch && _state == State.Verified ? step | BookStep.Whole : step;
    }

    /// <summary>The book must not be read from now on.</summary>
    /// <returns>True when it could be until now.</returns>
    public bool Fail(Timestamp time)
    {
        bool wasVerified = _state == State.Verified;
        if (wasVerified)
        {
            _unverifiedSince = time;
        }

        // The levels go too: what cannot be read must not cost memory, nor make two equal engines differ.
        _book.Clear();
        _state = State.Unverified;
        return wasVerified;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write((byte)_state);
        writer.Write(_isMidBatch);
        writer.Write(_unverifiedSince);
        writer.Write(_unverified.Ticks);
        writer.Write(_book);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        byte state = reader.ReadByte();
        _state = state <= (byte)State.Verified ? (State)state : throw new InvalidDataException($"a saved book has a state of 0 to 2, got {state}");
        _isMidBatch = reader.ReadBoolean();
        _unverifiedSince = reader.ReadTimestamp();
        _unverified = new TimeSpan(reader.ReadInt64());
        reader.Read(_book);
    }

    private void Set(in MarketEvent change, ILevelFeature[] followers)
    {
        long before = followers.Length > 0 ? (change.IsSell ? _book.Asks : _book.Bids).At(change.Price).Value : 0;
        _book.Set(change.IsSell, change.Price.Value, change.Size.Value);
        if (followers.Length > 0 && change.Size.Value != before)
        {
            foreach (ILevelFeature follower in followers)
            {
                follower.OnLevel(change.IsSell, change.Price.Value, change.Size.Value - before);
            }
        }
    }
}
