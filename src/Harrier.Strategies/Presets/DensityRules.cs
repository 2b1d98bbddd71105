using System.ComponentModel.DataAnnotations;
using Harrier.Features.Microstructure;

namespace Harrier.Strategies.Presets;

/// <summary>What makes a wall of the order book.</summary>
public sealed record DensityRules
{
    /// <summary>Size over the median size of a bucket.</summary>
    [Range(1.01, 1000)]
    public double KDensity { get; init; } = 7;

    /// <summary>Units near 1 bp in a bucket.</summary>
    [Range(1, 1000)]
    public int BucketTicks { get; init; } = 3;

    /// <summary>Seconds over which the median is taken.</summary>
    [Range(1, 86_400)]
    public double LookbackWindowS { get; init; } = 300;

    /// <summary>The settings of a detector.</summary>
    /// <param name="eatenRatio">The share that a wall has lost when it is eaten; see <see cref="SignalRules.EnterOnDensityEatRatio"/>.</param>
    public DensitySettings Settings(double eatenRatio) => new()
    {
        Strength = KDensity,
        BucketTicks = BucketTicks,
        LookBack = TimeSpan.FromSeconds(LookbackWindowS),
        EatenRatio = eatenRatio,
    };
}
