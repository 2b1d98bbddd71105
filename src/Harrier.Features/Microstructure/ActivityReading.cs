using Harrier.Domain;

namespace Harrier.Features.Microstructure;

/// <summary>How active a market is.</summary>
public readonly record struct ActivityReading
{
    /// <summary>Z(trades a minute over 60 s) + Z(trades a second over 10 s) + Z(|volume delta of 60 s|).</summary>
    public double Index { get; init; }

    /// <summary>First addend.</summary>
    public double TradesPerMinuteZ { get; init; }

    /// <summary>Second addend.</summary>
    public double TradesPerSecondZ { get; init; }

    /// <summary>Third addend.</summary>
    public double VolumeDeltaZ { get; init; }

    /// <summary>How far trades a second lie under their mean over the window before: 0 (not at all) to 1 (silence).</summary>
    public double DropFraction { get; init; }

    /// <summary>True when <see cref="DropFraction"/> reaches the threshold and there are enough samples.</summary>
    public bool IsDropping { get; init; }

    /// <summary>Samples in the window.</summary>
    public int Samples { get; init; }

    /// <summary>When it was computed.</summary>
    public Timestamp LastUpdate { get; init; }
}
