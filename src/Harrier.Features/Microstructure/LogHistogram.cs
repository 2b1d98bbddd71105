using System.Numerics;

namespace Harrier.Features.Microstructure;

/// <summary>
/// Counts of whole numbers from 0 in buckets that grow with the number: 16 to each power of two, exact below 32, so that the middle of a
/// bucket is at most 1/32 of a value away from it.
/// </summary>
internal sealed class LogHistogram
{
    private const int Shift = 4;
    private const int PerOctave = 1 << Shift;
    private const int Buckets = (64 - Shift) * PerOctave;

    private readonly int[] _counts = new int[Buckets];

    /// <summary>How many values.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a value; below 0 counts as 0.</summary>
    public void Add(long value)
    {
        _counts[BucketOf(value)]++;
        Count++;
    }

    /// <summary>Takes a value out that was added.</summary>
    public void Remove(long value)
    {
        _counts[BucketOf(value)]--;
        Count--;
    }

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        Count = 0;
    }

    /// <summary>The middle of the bucket that holds the value of rank ceil(quantile * n), without the values in <paramref name="left"/>.</summary>
    /// <param name="quantile">0 to 1.</param>
    /// <param name="left">Values that are in the histogram and do not count.</param>
    /// <returns>Null when nothing counts.</returns>
    public double? Quantile(double quantile, LeftOut left)
    {
        int count = Count - left.Count;
        if (count <= 0)
        {
            return null;
        }

        Span<int> counts = stackalloc int[Buckets];
        _counts.CopyTo(counts);
        for (int i = 0; i < left.Count; i++)
        {
            counts[BucketOf(left[i])]--;
        }

        int rank = Math.Clamp((int)Math.Ceiling(quantile * count), 1, count);
        int bucket = 0;
        for (int seen = counts[0]; seen < rank; seen += counts[bucket])
        {
            bucket++;
        }

        return Middle(bucket);
    }

    internal static int BucketOf(long value)
    {
        if (value < PerOctave)
        {
            return (int)Math.Max(value, 0);
        }

        int octave = BitOperations.Log2((ulong)value);
        return ((octave - Shift + 1) << Shift) + (int)((value >> (octave - Shift)) & (PerOctave - 1));
    }

    internal static double Middle(int bucket)
    {
        if (bucket < PerOctave)
        {
            return bucket;
        }

        int shift = (bucket >> Shift) - 1;
        long least = (long)(PerOctave + (bucket & (PerOctave - 1))) << shift;
        return least + (((1L << shift) - 1) / 2.0);
    }

    /// <summary>Values that a reader leaves out: the oldest trades of a tape, which the clock has moved past since the last one came.</summary>
    /// <param name="Tape">The tape.</param>
    /// <param name="Count">How many of its oldest trades.</param>
    /// <param name="OfLatency">True for latencies, false for sizes.</param>
    public readonly record struct LeftOut(TradeTape Tape, int Count, bool OfLatency)
    {
        public long this[int index] => OfLatency ? Tape[index].LatencyNanos : Math.Abs(Tape[index].SignedLots);
    }
}
