using Harrier.Domain;

namespace Harrier.Simulation.Fills;

/// <summary>The prices still to be visited inside one bar, up to three.</summary>
internal struct BarPath
{
    private long _first;
    private long _second;
    private long _third;
    private int _left;

    public static BarPath Of(params ReadOnlySpan<PriceTicks> points)
    {
        BarPath path = default;
        path._left = points.Length;
        path._third = points[^1].Value;
        path._second = points.Length > 1 ? points[^2].Value : 0;
        path._first = points.Length > 2 ? points[^3].Value : 0;
        return path;
    }

    /// <summary>The path of a bar from its open, for a bot that is long (above 0), short (below 0) or flat.</summary>
    public static BarPath Plan(PathModel model, in Bar bar, long position, long seed)
    {
        bool highFirst = model switch
        {
            PathModel.Pessimistic when position != 0 => position < 0,
            PathModel.Optimistic when position != 0 => position > 0,
            PathModel.Random => Coin(seed, in bar),
            PathModel.HighFirst => true,
            _ => bar.High.Value - bar.Open.Value < bar.Open.Value - bar.Low.Value,
        };
        return highFirst ? Of(bar.High, bar.Low, bar.Close) : Of(bar.Low, bar.High, bar.Close);
    }

    /// <summary>
    /// What may still happen after an entry inside the bar. Arrived at by a move in its own direction, the extreme on that side is certain
    /// to follow; the other extreme may have been before, but is assumed to follow when it hurts.
    /// </summary>
    public static BarPath AfterEntry(PathModel model, in Bar bar, long position, int direction)
    {
        PriceTicks adverse = position > 0 ? bar.Low : bar.High;
        PriceTicks favorable = position > 0 ? bar.High : bar.Low;
        if (model == PathModel.Optimistic)
        {
            return Of(favorable, adverse, bar.Close);
        }

        return Math.Sign(position) == direction ? Of(adverse, favorable, bar.Close) : Of(adverse, bar.Close);
    }

    public bool TryNext(out long target)
    {
        target = _left switch
        {
            3 => _first,
            2 => _second,
            _ => _third,
        };
        return _left-- > 0;
    }

    private static bool Coin(long seed, in Bar bar)
    {
        // SplitMix64's finalizer (Steele, Lea, Flood 2014): a fair bit for each bar, the same in every run.
        ulong z = unchecked((ulong)seed + ((ulong)bar.OpenTime.Nanos * 0x9E3779B97F4A7C15UL) + (ulong)bar.Instrument.Index);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return ((z ^ (z >> 31)) & 1) == 0;
    }
}
