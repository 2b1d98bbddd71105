namespace Harrier.Domain;

/// <summary>
/// One closed bar as a venue or a file told it, every number exactly as written. It is what is collected, checked, imported and exported; an engine
/// trades on <see cref="Bar"/>, which is made of it on an instrument's grid.
/// </summary>
public readonly record struct HistoricalBar
{
    /// <summary>Start of the bar.</summary>
    public required Timestamp OpenTime { get; init; }

    /// <summary>First price in quote currency.</summary>
    public required decimal Open { get; init; }

    /// <summary>Highest price in quote currency.</summary>
    public required decimal High { get; init; }

    /// <summary>Lowest price in quote currency.</summary>
    public required decimal Low { get; init; }

    /// <summary>Last price in quote currency.</summary>
    public required decimal Close { get; init; }

    /// <summary>Traded volume in base currency.</summary>
    public required decimal Volume { get; init; }

    /// <summary>Traded volume in quote currency.</summary>
    /// <value>Null when the source does not say.</value>
    public decimal? QuoteVolume { get; init; }

    /// <summary>Number of trades.</summary>
    /// <value>Null when the source does not say.</value>
    public long? TradeCount { get; init; }

    /// <summary>Volume bought by takers in base currency.</summary>
    /// <value>Null when the source does not say.</value>
    public decimal? TakerBuyVolume { get; init; }

    /// <summary>Volume bought by takers in quote currency.</summary>
    /// <value>Null when the source does not say.</value>
    public decimal? TakerBuyQuoteVolume { get; init; }
}
