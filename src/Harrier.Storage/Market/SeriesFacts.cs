using Harrier.Domain;

namespace Harrier.Storage.Market;

/// <summary>What is known of a series beside its rows; kept in its file <c>_series.json</c>.</summary>
public sealed record SeriesFacts
{
    /// <summary>The spans that the source was asked for and answered. Where one of them holds no rows, the source has none.</summary>
    public IReadOnlyList<TimeRange> Covered { get; init; } = [];

    /// <summary>When the source's rows begin, as the day of a listing.</summary>
    /// <value>Null when not known.</value>
    public Timestamp? FirstAvailable { get; init; }

    /// <summary>Price step in quote currency, as the venue says.</summary>
    /// <value>Null when it did not.</value>
    public decimal? TickSize { get; init; }

    /// <summary>Size step in base currency, as the venue says.</summary>
    /// <value>Null when it did not.</value>
    public decimal? LotSize { get; init; }

    /// <summary>How a trade is settled.</summary>
    /// <value>Null when not known.</value>
    public InstrumentKind? Market { get; init; }

    /// <summary>Where the rows came from last.</summary>
    public string Source { get; init; } = "";
}
