using System.Numerics;

namespace Harrier.Exchanges.Feeds;

/// <summary>Times in buckets that grow with the time, so that a quantile is right to within one part in eight. Allocates nothing when used.</summary>
public sealed class LatencyHistogram
{
    private const int SubBits = 3;
    private const int SubBuckets = 1 << SubBits;
    private const double Smoothing = 0.05;

    private readonly int[] _counts = new int[40 * SubBuckets];
    private long _count;
    private double _mean;

    /// <summary>How many times were added.</summary>
    public long Count => _count;

    /// <summary>The smoothed time; zero before the first.</summary>
    public TimeSpan Smoothed => TimeSpan.FromMicroseconds(_mean);

    /// <summary>Adds a time; one below zero, as from clocks that disagree, counts as zero.</summary>
    public void Add(TimeSpan time)
    {
        long micros = Math.Max(0, time.Ticks / TimeSpan.TicksPerMicrosecond);
        _counts[BucketOf(micros)]++;
        _mean = _count == 0 ? micros : _mean + (Smoothing * (micros - _mean));
        _count++;
    }

    /// <summary>The time that this part of all times does not exceed, to within the width of its bucket.</summary>
    /// <param name="part">0 to 1.</param>
    /// <returns>Null before the first time.</returns>
    public TimeSpan? Quantile(double part)
    {
        if (_count == 0)
        {
            return null;
        }

        long rank = Math.Max(1, (long)Math.Ceiling(part * _count));
        int bucket = 0;
        for (long seen = _counts[0]; seen < rank; seen += _counts[bucket])
        {
            bucket++;
        }

        return TimeSpan.FromMicroseconds(UpperEdge(bucket));
    }

    private int BucketOf(long micros)
    {
        if (micros < SubBuckets)
        {
            return (int)micros;
        }

        int octave = BitOperations.Log2((ulong)micros) - SubBits;
        int bucket = ((octave + 1) << SubBits) + (int)((micros >> octave) & (SubBuckets - 1));
        return Math.Min(bucket, _counts.Length - 1);
    }

    private static long UpperEdge(int bucket)
    {
        if (bucket < SubBuckets)
        {
            return bucket;
        }

        int octave = (bucket >> SubBits) - 1;
        return ((long)(SubBuckets + (bucket & (SubBuckets - 1)) + 1) << octave) - 1;
    }
}
