namespace Harrier.Features.Microstructure;

/// <summary>What counts as a wall of an order book.</summary>
public sealed record DensitySettings
{
    /// <summary>How many times the median size of a bucket a wall has.</summary>
    /// <value>7.</value>
    public double Strength { get; init; } = 7;

    /// <summary>How many units near 1 bp make a bucket; see <see cref="PriceGrid"/>.</summary>
    /// <value>3.</value>
    public int BucketTicks { get; init; } = 3;

    /// <summary>How long the snapshots are kept whose bucket sizes give the median.</summary>
    /// <value>300 seconds.</value>
    public TimeSpan LookBack { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Time between two snapshots.</summary>
    /// <value>1 second.</value>
    public TimeSpan SnapshotCadence { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time between two looks at the walls.</summary>
    /// <value>100 milliseconds.</value>
    public TimeSpan Cadence { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Buckets count up to this distance from mid; a wall is followed to 1.2 times of it.</summary>
    /// <value>50 bps.</value>
    public double RangeBps { get; init; } = 50;

    /// <summary>The share of its largest size that a wall has lost when it is eaten, or gone.</summary>
    /// <value>0.75.</value>
    public double EatenRatio { get; init; } = 0.75;

    /// <summary>How long a loss may wait for the trades that explain it before it counts as canceled: books and trades come on different streams.</summary>
    /// <value>500 milliseconds.</value>
    public TimeSpan TapeDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Throws unless the settings are in range.</summary>
    /// <exception cref="ArgumentException">One is not.</exception>
    public void Check()
    {
        Require(Strength > 1, nameof(Strength), Strength, "above 1");
        Require(BucketTicks is >= 1 and <= 1000, nameof(BucketTicks), BucketTicks, "1 to 1000");
        Require(LookBack > TimeSpan.Zero, nameof(LookBack), LookBack, "above 0");
        Require(SnapshotCadence > TimeSpan.Zero && SnapshotCadence <= LookBack, nameof(SnapshotCadence), SnapshotCadence, "above 0, at most the look-back");
        Require(Cadence > TimeSpan.Zero, nameof(Cadence), Cadence, "above 0");
        Require(RangeBps is > 0 and <= 100, nameof(RangeBps), RangeBps, "above 0, at most 100");
        Require(EatenRatio is > 0.5 and < 1, nameof(EatenRatio), EatenRatio, "above 0.5, below 1");
        Require(TapeDelay >= TimeSpan.Zero, nameof(TapeDelay), TapeDelay, "0 or more");
    }

    /// <summary>Names the settings completely.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Strength:R}:{BucketTicks}:{LookBack.TotalSeconds:R}:{SnapshotCadence.TotalSeconds:R}:{Cadence.TotalSeconds:R}:{RangeBps:R}:{EatenRatio:R}:{TapeDelay.TotalSeconds:R}");

    private static void Require(bool isAllowed, string name, object value, string allowed)
    {
        if (!isAllowed)
        {
            throw new ArgumentException(FormattableString.Invariant($"{name} must be {allowed}, got {value}"), name);
        }
    }
}
