using System.Runtime.CompilerServices;
using Harrier.Domain;

namespace Harrier.Features.Microstructure;

/// <summary>Whole numbers with their times, oldest first, whose sum over any window is the difference of two running sums: exact.</summary>
internal sealed class TimedSums : IStateful
{
    private const int FirstCapacity = 256;

    private (long TimeNanos, long Sum)[] _ring = new (long, long)[FirstCapacity];
    private long _before;
    private int _head;
    private int _count;

    /// <summary>Adds a value.</summary>
    /// <param name="time">Not before that of the last one.</param>
    /// <param name="value">What is added.</param>
    /// <param name="keep">How long it is kept.</param>
    public void Add(Timestamp time, long value, TimeSpan keep)
    {
        long oldest = time.Nanos - (keep.Ticks * 100);
        while (_count > 0 && At(0).TimeNanos < oldest)
        {
            _before = At(0).Sum;
            _head = (_head + 1) & (_ring.Length - 1);
            _count--;
        }

        if (_count == _ring.Length)
        {
            Grow();
        }

        long sum = unchecked((_count > 0 ? At(_count - 1).Sum : _before) + value);
        _count++;
        At(_count - 1) = (time.Nanos, sum);
    }

    /// <summary>The sum of all values that are not older than an instant.</summary>
    public long SumFrom(Timestamp oldest)
    {
        int low = 0;
        int high = _count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (At(middle).TimeNanos < oldest.Nanos)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        long all = _count > 0 ? At(_count - 1).Sum : _before;
        return unchecked(all - (low > 0 ? At(low - 1).Sum : _before));
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _count = 0;
        _head = 0;
        _before = 0;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_count);
        for (int i = 0; i < _count; i++)
        {
            writer.Write(At(i).TimeNanos);
            writer.Write(unchecked(At(i).Sum - (i > 0 ? At(i - 1).Sum : _before)));
        }
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        Clear();
        int count = reader.ReadCount();
        for (int i = 0; i < count; i++)
        {
            Add(reader.ReadTimestamp(), reader.ReadInt64(), TimeSpan.FromDays(36_500));
        }
    }

    private ref (long TimeNanos, long Sum) At(int index) => ref _ring[(_head + index) & (_ring.Length - 1)];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow()
    {
        (long, long)[] larger = new (long, long)[_ring.Length * 2];
        int first = _ring.Length - _head;
        Array.Copy(_ring, _head, larger, 0, first);
        Array.Copy(_ring, 0, larger, first, _head);
        _ring = larger;
        _head = 0;
    }
}
