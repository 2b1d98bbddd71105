namespace Harrier.Features.Microstructure;

/// <summary>
/// Prices in equally wide buckets from 0 on: the power-of-ten multiple of the tick that is nearest to 1 bp of a reference price (as a ratio: 3 ticks
/// are nearer to 1 than to 10), times a number of them. The grid does not move with the market.
/// </summary>
/// <param name="Width">Ticks in a bucket.</param>
public readonly record struct PriceGrid(long Width)
{
    // Half way between two powers of ten, as a ratio.
    private const double HalfDecade = 3.1622776601683795;

    /// <summary>The grid for a reference price.</summary>
    /// <param name="referenceTicks">The price in ticks, above 0.</param>
    /// <param name="units">How many of the units near 1 bp make a bucket, 1 or more.</param>
    public static PriceGrid For(double referenceTicks, int units)
    {
        double basisPoint = referenceTicks / 1e4;
        long unit = 1;
        while (basisPoint > unit * HalfDecade)
        {
            unit *= 10;
        }

        return new PriceGrid(unit * units);
    }

    /// <summary>The bucket that holds a price.</summary>
    public long BucketOf(long ticks) => ticks / Width;

    /// <summary>The lowest price of a bucket.</summary>
    public long Low(long bucket) => bucket * Width;

    /// <summary>The highest price of a bucket.</summary>
    public long High(long bucket) => (bucket * Width) + Width - 1;

    /// <summary>The middle between them.</summary>
    public double Center(long bucket) => (bucket * Width) + ((Width - 1) / 2.0);
}
