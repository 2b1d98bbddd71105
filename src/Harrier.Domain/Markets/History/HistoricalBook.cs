namespace Harrier.Domain;

/// <summary>A price level of a book as a venue told it.</summary>
/// <param name="Price">Price in quote currency.</param>
/// <param name="Quantity">Size in base currency.</param>
public readonly record struct HistoricalLevel(decimal Price, decimal Quantity);

/// <summary>A book at one moment as a venue told it, every number exactly as written.</summary>
public sealed record HistoricalBook
{
    /// <summary>When: the venue's time where it says, else the venue's clock as we know it.</summary>
    public required Timestamp Time { get; init; }

    /// <summary>The venue's number of the last change in it.</summary>
    public required long UpdateId { get; init; }

    /// <summary>Purchases, highest price first.</summary>
    public required IReadOnlyList<HistoricalLevel> Bids { get; init; }

    /// <summary>Sales, lowest price first.</summary>
    public required IReadOnlyList<HistoricalLevel> Asks { get; init; }
}
