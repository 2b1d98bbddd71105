using System.Runtime.CompilerServices;
using Harrier.Domain;

namespace Harrier.Simulation.Books;

/// <summary>Writes one message.</summary>
internal delegate void MessageWriter<T>(ref StateWriter writer, in T message);

/// <summary>Reads one message.</summary>
internal delegate T MessageReader<T>(ref StateReader reader);

/// <summary>
/// Messages on their way in one direction. None overtakes another, as on one connection: a message that was sent later arrives later or at the same time.
/// </summary>
internal sealed class Lane<T>
{
    private (long Arrival, T Message)[] _ring = new (long, T)[16];
    private int _first;
    private long _newest = long.MinValue;

    /// <summary>How many are on their way.</summary>
    public int Count { get; private set; }

    /// <summary>When the next one arrives, in nanoseconds; the largest number when none is on its way.</summary>
    public long NextArrival => Count > 0 ? _ring[_first].Arrival : long.MaxValue;

    /// <summary>The earliest arrival that a message may have now.</summary>
    public long ArrivalOf(long arrival) => Math.Max(_newest, arrival);

    /// <summary>Sends a message.</summary>
    /// <param name="arrival">When it arrives, unless one before it arrives later.</param>
    /// <param name="message">The message.</param>
    public void Send(long arrival, in T message)
    {
        if (Count == _ring.Length)
        {
            Grow();
        }

        _newest = ArrivalOf(arrival);
        _ring[(_first + Count++) & (_ring.Length - 1)] = (_newest, message);
    }

    /// <summary>Takes the next message out.</summary>
    public T Take()
    {
        T message = _ring[_first].Message;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            _ring[_first] = default;
        }

        _first = (_first + 1) & (_ring.Length - 1);
        Count--;
        return message;
    }

    public void Save(ref StateWriter writer, MessageWriter<T> write)
    {
        writer.Write(_newest);
        writer.Write(Count);
        for (int i = 0; i < Count; i++)
        {
            (long arrival, T message) = _ring[(_first + i) & (_ring.Length - 1)];
            writer.Write(arrival);
            write(ref writer, in message);
        }
    }

    public void Restore(ref StateReader reader, MessageReader<T> read)
    {
        long newest = reader.ReadInt64();
        Count = 0;
        _newest = long.MinValue;
        int count = reader.ReadCount();
        for (int i = 0; i < count; i++)
        {
            long arrival = reader.ReadInt64();
            T message = read(ref reader);
            Send(arrival, in message);
        }

        _newest = newest;
    }

    private void Grow()
    {
        (long, T)[] larger = new (long, T)[_ring.Length * 2];
        for (int i = 0; i < Count; i++)
        {
            larger[i] = _ring[(_first + i) & (_ring.Length - 1)];
        }

        _ring = larger;
        _first = 0;
    }
}
