using Harrier.Domain;

namespace Harrier.Engine.History;

/// <summary>What a venue says about a symbol today.</summary>
public sealed record HistoryListing
{
    /// <summary>The venue's symbol.</summary>
    public required string Symbol { get; init; }

    /// <summary>How a trade is settled.</summary>
    public required InstrumentKind Kind { get; init; }

    /// <summary>Price step in quote currency.</summary>
    public required decimal TickSize { get; init; }

    /// <summary>Size step in base currency.</summary>
    public required decimal LotSize { get; init; }

    /// <summary>The venue's word for the state.</summary>
    public required string Status { get; init; }

    /// <summary>True when it trades now.</summary>
    public required bool IsTrading { get; init; }

    /// <summary>When it began to trade.</summary>
    /// <value>Null where the venue does not say.</value>
    public Timestamp? ListedSince { get; init; }
}
