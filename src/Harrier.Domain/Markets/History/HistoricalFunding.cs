namespace Harrier.Domain;

/// <summary>One funding payment of a perpetual contract as a venue told it.</summary>
public readonly record struct HistoricalFunding
{
    /// <summary>When it was charged.</summary>
    public required Timestamp Time { get; init; }

    /// <summary>Fraction of the position's value that longs paid to shorts; below 0 when shorts paid.</summary>
    public required decimal Rate { get; init; }

    /// <summary>Mark price at which it was charged, in quote currency.</summary>
    /// <value>Null when the source does not say.</value>
    public decimal? MarkPrice { get; init; }
}
