using Harrier.Domain;

namespace Harrier.Features.Levels;

/// <summary>A price at which bars turned, as it was known at one instant.</summary>
public readonly record struct PriceLevel
{
    /// <summary>From which side it holds the price.</summary>
    public required LevelKind Kind { get; init; }

    /// <summary>The mean of the extremes that were merged into it, in quote currency.</summary>
    public required double Price { get; init; }

    /// <summary>How many bars touched it.</summary>
    public required int Touches { get; init; }

    /// <summary>0 to 1: touches, time between the first and last of them, their volume, and how seldom closes pierced it.</summary>
    public required double Strength { get; init; }

    /// <summary>Start of the first bar that touched it.</summary>
    public required Timestamp FirstTouch { get; init; }

    /// <summary>Start of the last bar that touched it.</summary>
    public required Timestamp LastTouch { get; init; }

    /// <summary>Height of the base that presses against it, in quote currency.</summary>
    /// <value>NaN when there is no base.</value>
    public required double BaseHeight { get; init; }

    /// <summary>When the newest bar that it was computed from was complete.</summary>
    public required Timestamp KnownAt { get; init; }
}
