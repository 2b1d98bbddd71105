namespace Harrier.Storage.Market;

/// <summary>Bars column by column, for writing many of them at once. Times are strictly ascending; all arrays that are given have the same length.</summary>
public sealed record BarColumnSet
{
    /// <summary>Starts of the bars in nanoseconds since 1970, whole microseconds.</summary>
    public required ReadOnlyMemory<long> OpenTimeNanos { get; init; }

    /// <summary>First prices.</summary>
    public required ReadOnlyMemory<double> Open { get; init; }

    /// <summary>Highest prices.</summary>
    public required ReadOnlyMemory<double> High { get; init; }

    /// <summary>Lowest prices.</summary>
    public required ReadOnlyMemory<double> Low { get; init; }

    /// <summary>Last prices.</summary>
    public required ReadOnlyMemory<double> Close { get; init; }

    /// <summary>Volumes in base currency.</summary>
    public required ReadOnlyMemory<double> Volume { get; init; }

    /// <summary>Volumes in quote currency.</summary>
    /// <value>Null when not known.</value>
    public ReadOnlyMemory<double>? QuoteVolume { get; init; }

    /// <summary>Volumes bought by takers in base currency.</summary>
    /// <value>Null when not known.</value>
    public ReadOnlyMemory<double>? TakerBuyVolume { get; init; }

    /// <summary>Volumes bought by takers in quote currency.</summary>
    /// <value>Null when not known.</value>
    public ReadOnlyMemory<double>? TakerBuyQuoteVolume { get; init; }

    /// <summary>Numbers of trades.</summary>
    /// <value>Null when not known.</value>
    public ReadOnlyMemory<long>? TradeCount { get; init; }
}
