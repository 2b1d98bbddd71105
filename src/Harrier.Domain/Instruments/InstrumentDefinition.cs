namespace Harrier.Domain;

/// <summary>What a venue publishes about an instrument. Sizes and prices in whole units of base and quote currency.</summary>
public sealed record InstrumentDefinition
{
    /// <summary>Where it trades.</summary>
    public required VenueId Venue { get; init; }

    /// <summary>The venue's symbol without separators: BTCUSDT.</summary>
    public required string Symbol { get; init; }

    /// <summary>How a fill is settled.</summary>
    public InstrumentKind Kind { get; init; }

    /// <summary>The asset bought and sold.</summary>
    public required Asset Base { get; init; }

    /// <summary>The asset prices are in.</summary>
    public required Asset Quote { get; init; }

    /// <summary>Smallest price step in quote currency; above 0, not necessarily a power of ten.</summary>
    public required decimal TickSize { get; init; }

    /// <summary>Smallest size step in base currency; above 0.</summary>
    public required decimal LotSize { get; init; }

    /// <summary>Smallest order in base currency.</summary>
    /// <value>0: one lot.</value>
    public decimal MinQuantity { get; init; }

    /// <summary>Largest order in base currency.</summary>
    /// <value>Practically unlimited.</value>
    public decimal MaxQuantity { get; init; } = 1_000_000_000_000_000_000m;

    /// <summary>Smallest order value in quote currency.</summary>
    /// <value>0: none.</value>
    public decimal MinNotional { get; init; }

    /// <summary>Share of a position's value that must be kept as margin, as a fraction; contracts only.</summary>
    /// <value>0.005, the lowest tier of large contracts at Binance and Bybit.</value>
    public decimal MaintenanceMarginRate { get; init; } = 0.005m;

    /// <summary>Rises by one each time the venue changes the definition.</summary>
    public int Revision { get; init; } = 1;
}
