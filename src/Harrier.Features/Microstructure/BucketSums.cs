using Harrier.Domain;

namespace Harrier.Features.Microstructure;

/// <summary>The size in each bucket of one side of a book, kept level by level, for prices up to 12 % from a reference.</summary>
internal sealed class BucketSums
{
    private const double Reach = 0.12;

    private long[] _sums = [];
    private long _first;
    private int _count;
    private PriceGrid _grid = new(1);

    /// <summary>The size in a bucket, in lots; 0 outside of the reach.</summary>
    public long this[long bucket] => unchecked((ulong)(bucket - _first)) < (ulong)_count ? _sums[bucket - _first] : 0;

    /// <summary>Changes a level.</summary>
    public void Add(long ticks, long change)
    {
        ulong index = unchecked((ulong)(_grid.BucketOf(ticks) - _first));
        if (index < (ulong)_count)
        {
            _sums[index] += change;
        }
    }

    /// <summary>Begins anew around a reference price with the levels of a side.</summary>
    public void Fill(PriceGrid grid, double reference, BookSide side)
    {
        _grid = grid;
        _first = grid.BucketOf((long)(reference * (1 - Reach)));
        _count = (int)(grid.BucketOf((long)(reference * (1 + Reach))) - _first + 1);
        if (_sums.Length < _count)
        {
            _sums = new long[_count];
        }
        else
        {
            Array.Clear(_sums);
        }

        long last = _first + _count - 1;
        foreach (BookLevel level in side)
        {
            long bucket = grid.BucketOf(level.Price.Value);
            if (bucket >= _first && bucket <= last)
            {
                _sums[bucket - _first] += level.Size.Value;
            }
        }
    }
}
