namespace Harrier.Domain;

/// <summary>One step of a symbol's price as a stream gave it, with the statistics of its last 24 hours. Prices in quote currency.</summary>
public sealed record StreamTick
{
    /// <summary>The venue's symbol.</summary>
    public required string Symbol { get; init; }

    /// <summary>The venue's time; the time it was received where the venue gives none.</summary>
    public required Timestamp Time { get; init; }

    /// <summary>When it reached us.</summary>
    public required Timestamp ReceivedTime { get; init; }

    /// <summary>Price of the last trade.</summary>
    public required decimal Price { get; init; }

    /// <summary>Volume of 24 hours in base currency.</summary>
    public required decimal Volume { get; init; }

    /// <summary>Highest price of 24 hours.</summary>
    public required decimal High { get; init; }

    /// <summary>Lowest price of 24 hours.</summary>
    public required decimal Low { get; init; }

    /// <summary>Price 24 hours ago.</summary>
    public required decimal Open { get; init; }

    /// <summary>Change of the price in 24 hours.</summary>
    public decimal PriceChange => Price - Open;

    /// <summary>Change of the price in 24 hours in per cent, as the venue rounds it, or ours where it gives none; 0 where <see cref="Open"/> is.</summary>
    public required decimal PriceChangePercent { get; init; }

    /// <summary>Trades of 24 hours; null where the venue does not count them.</summary>
    public required long? Trades { get; init; }
}
