namespace Harrier.Features.Microstructure;

/// <summary>
/// Sizes in order, any number of times each, of which the one of any rank is found at once: sorted chunks of at most 128. Adding and removing
/// moves part of one chunk. Memory is kept.
/// </summary>
internal sealed class OrderedSizes
{
    private const int Capacity = 128;
    private const int Few = 32;
    private const int FirstChunks = 8;

    private long[] _values = new long[FirstChunks * Capacity];
    private int[] _counts = new int[FirstChunks];

    // Numbers of chunks: those in use in the order of their values, then the free ones.
    private int[] _order = Numbers(FirstChunks);
    private int _chunks;

    /// <summary>How many sizes.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a size.</summary>
    public void Add(long value)
    {
        int place = _chunks == 0 ? OpenFirst() : Math.Min(PlaceOf(value), _chunks - 1);
        if (_counts[_order[place]] == Capacity)
        {
            Split(place);
            place += value > Last(place) ? 1 : 0;
        }

        int chunk = _order[place];
        Span<long> values = _values.AsSpan(chunk * Capacity, _counts[chunk] + 1);
        int index = LowerBound(values[..^1], value);
        values[index..^1].CopyTo(values[(index + 1)..]);
        values[index] = value;
        _counts[chunk]++;
        Count++;
    }

    /// <summary>Removes a size that was added.</summary>
    public void Remove(long value)
    {
        int place = PlaceOf(value);
        int chunk = _order[place];
        Span<long> values = _values.AsSpan(chunk * Capacity, _counts[chunk]);
        int index = LowerBound(values, value);
        values[(index + 1)..].CopyTo(values[index..]);
        Count--;
        if (--_counts[chunk] == 0)
        {
            Close(place);
        }
        else if (_counts[chunk] < Few && place + 1 < _chunks && _counts[chunk] + _counts[_order[place + 1]] <= Capacity - Few)
        {
            Join(place);
        }
    }

    /// <summary>The median; the mean of the two in the middle for an even number. There must be at least one.</summary>
    public double Median() => Count % 2 == 1 ? At(Count / 2) : (At((Count / 2) - 1) + (double)At(Count / 2)) / 2;

    /// <summary>The size of a rank from 0, smallest first.</summary>
    public long At(int rank)
    {
        int place = 0;
        while (rank >= _counts[_order[place]])
        {
            rank -= _counts[_order[place++]];
        }

        return _values[(_order[place] * Capacity) + rank];
    }

    /// <summary>Removes all.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        _chunks = 0;
        Count = 0;
    }

    private static int[] Numbers(int count)
    {
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = i;
        }

        return numbers;
    }

    private static int LowerBound(ReadOnlySpan<long> values, long value)
    {
        int low = 0;
        int high = values.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (values[middle] < value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>The first chunk whose largest size is not below a value; the number of chunks when there is none.</summary>
    private int PlaceOf(long value)
    {
        int low = 0;
        int high = _chunks;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (Last(middle) < value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private long Last(int place) => _values[(_order[place] * Capacity) + _counts[_order[place]] - 1];

    private int OpenFirst()
    {
        Open(0);
        return 0;
    }

    private void Split(int place)
    {
        Open(place + 1);
        int full = _order[place];
        int empty = _order[place + 1];
        _values.AsSpan((full * Capacity) + (Capacity / 2), Capacity / 2).CopyTo(_values.AsSpan(empty * Capacity));
        _counts[full] = Capacity / 2;
        _counts[empty] = Capacity / 2;
    }

    private void Join(int place)
    {
        int first = _order[place];
        int second = _order[place + 1];
        _values.AsSpan(second * Capacity, _counts[second]).CopyTo(_values.AsSpan((first * Capacity) + _counts[first]));
        _counts[first] += _counts[second];
        _counts[second] = 0;
        Close(place + 1);
    }

    private void Open(int place)
    {
        if (_chunks == _order.Length)
        {
            int chunks = _order.Length * 2;
            Array.Resize(ref _values, chunks * Capacity);
            Array.Resize(ref _counts, chunks);
            int[] order = Numbers(chunks);
            _order.CopyTo(order, 0);
            _order = order;
        }

        int free = _order[_chunks];
        _order.AsSpan(place, _chunks - place).CopyTo(_order.AsSpan(place + 1));
        _order[place] = free;
        _chunks++;
    }

    private void Close(int place)
    {
        int free = _order[place];
        _order.AsSpan(place + 1, _chunks - place - 1).CopyTo(_order.AsSpan(place));
        _chunks--;
        _order[_chunks] = free;
    }
}
