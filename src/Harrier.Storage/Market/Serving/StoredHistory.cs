using Harrier.Domain;

namespace Harrier.Storage.Market.Serving;

/// <summary>Bars that a store can serve for a symbol.</summary>
/// <param name="Source">The series that is stored.</param>
/// <param name="History">The bars asked for, made of it while they are read.</param>
/// <param name="Stored">The stored bars themselves; null when the bars are made of trades.</param>
public sealed record StoredHistory(SeriesKey Source, BarHistory History, StoredBars? Stored)
{
    /// <summary>True when bars that only trades could make exactly are made of shorter bars.</summary>
    public bool IsApproximation => History.Spec.Source == BarSource.Approximated;

    /// <summary>The price step that the venue tells; null when it did not, or tells the one that is used.</summary>
    public decimal? OtherTickSize { get; init; }

    /// <summary>Number of stored rows of the series, those outside the days asked for included.</summary>
    public long StoredRows { get; init; }
}
