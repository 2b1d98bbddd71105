namespace Harrier.Domain;

/// <summary>One public trade, or one aggregate of a taker's trades at one price, as a venue told it, every number exactly as written.</summary>
public readonly record struct HistoricalTrade
{
    /// <summary>The venue's id of the trade or aggregate; rising within a symbol where the venue's ids do.</summary>
    public required long Id { get; init; }

    /// <summary>When it was traded.</summary>
    public required Timestamp Time { get; init; }

    /// <summary>Price in quote currency.</summary>
    public required decimal Price { get; init; }

    /// <summary>Size in base currency.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>True when the taker sold.</summary>
    public required bool IsSell { get; init; }

    /// <summary>First trade of an aggregate.</summary>
    /// <value>Null for a single trade.</value>
    public long? FirstTradeId { get; init; }

    /// <summary>Last trade of an aggregate.</summary>
    /// <value>Null for a single trade.</value>
    public long? LastTradeId { get; init; }
}
