using Harrier.Domain;

namespace Harrier.Features.Microstructure;

/// <summary>A bucket of an order book that holds, or held, many times the usual size. Sizes in base currency.</summary>
public readonly record struct Wall
{
    /// <summary>Buy for a wall of bids, sell for one of asks.</summary>
    public required OrderSide Side { get; init; }

    /// <summary>Lowest price of the bucket.</summary>
    public required PriceTicks Low { get; init; }

    /// <summary>Highest price of the bucket.</summary>
    public required PriceTicks High { get; init; }

    /// <summary>The middle of the bucket in quote currency.</summary>
    public required double Price { get; init; }

    /// <summary>What rests there.</summary>
    public required double Size { get; init; }

    /// <summary>What rested there when it was detected.</summary>
    public required double InitialSize { get; init; }

    /// <summary>The most that rested there since.</summary>
    public required double MaxSize { get; init; }

    /// <summary>Volume that the tape saw traded against it since it was detected.</summary>
    public required double Consumed { get; init; }

    /// <summary>Size over the median size of a bucket.</summary>
    public required double Strength { get; init; }

    /// <summary>Size over the smallest size of a wall: 1 and more for a wall, less for one that is being eaten.</summary>
    public required double ThresholdRatio { get; init; }

    /// <summary>1 - size / largest size, 0..1.</summary>
    public double EatenRatio => MaxSize > 0 ? 1 - (Size / MaxSize) : 0;

    /// <summary>True from the event <see cref="DensityEventKind.Eaten"/> until it is refreshed.</summary>
    public required bool IsEaten { get; init; }

    /// <summary>When it was detected.</summary>
    public required Timestamp Since { get; init; }
}
