using Harrier.Domain;

namespace Harrier.Engine.Market;

/// <summary>An order book with the knowledge whether it may be read: only between a whole snapshot and the next fault.</summary>
internal sealed class TrackedBook : IStateful
{
    private readonly OrderBook _book = new();
    private State _state;
    private bool _isMidBatch;
    private Timestamp _unverifiedSince;
    private TimeSpan _unverified;

    public TrackedBook()
    {
    }

    public TrackedBook(Timestamp firstSeen) => _unverifiedSince = firstSeen;

    private enum State : byte
    {
        Unverified = 0,
        InSnapshot = 1,
        Verified = 2,
    }

    public OrderBook? Verified => _state == State.Verified && !_isMidBatch ? _book : null;

    public TimeSpan TimeUnverified(Timestamp now) => _unverified + (_state == State.Verified ? TimeSpan.Zero : now - _unverifiedSince);

    public void Apply(in MarketEvent change)
    {
        if (change.Kind == MarketEventKind.BookClear)
        {
            Fail(change.ReceivedTime);
            _book.Clear();
            _state = State.InSnapshot;
        }
        else if (_state != State.Unverified)
        {
            _book.Set(change.IsSell, change.Price.Value, change.Size.Value);
        }

        _isMidBatch = !change.LastInBatch;
        if (change.LastInBatch && _state == State.InSnapshot)
        {
            _state = State.Verified;
            _unverified += change.ReceivedTime - _unverifiedSince;
        }
    }

    public void Fail(Timestamp time)
    {
        if (_state == State.Verified)
        {
            _unverifiedSince = time;
        }

        // The levels go too: what cannot be read must not cost memory, nor make two equal engines differ.
        _book.Clear();
        _state = State.Unverified;
    }

    public void Save(ref StateWriter writer)
    {
        writer.Write((byte)_state);
        writer.Write(_isMidBatch);
        writer.Write(_unverifiedSince);
        writer.Write(_unverified.Ticks);
        writer.Write(_book);
    }

    public void Restore(ref StateReader reader)
    {
        byte state = reader.ReadByte();
        _state = state <= (byte)State.Verified ? (State)state : throw new InvalidDataException($"a saved book has a state of 0 to 2, got {state}");
        _isMidBatch = reader.ReadBoolean();
        _unverifiedSince = reader.ReadTimestamp();
        _unverified = new TimeSpan(reader.ReadInt64());
        reader.Read(_book);
    }
}
