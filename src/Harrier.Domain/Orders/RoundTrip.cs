namespace Harrier.Domain;

/// <summary>A position from flat to flat (or to a flip). Money in quote currency.</summary>
public sealed record RoundTrip
{
    /// <summary>Number in the run, from 1.</summary>
    public required int Id { get; init; }

    /// <summary>Whose position.</summary>
    public required BotId Bot { get; init; }

    /// <summary>Which instrument.</summary>
    public required InstrumentId Instrument { get; init; }

    /// <summary>True when the position was long.</summary>
    public required bool IsLong { get; init; }

    /// <summary>Time of the first fill.</summary>
    public required Timestamp EntryTime { get; init; }

    /// <summary>Time of the last fill.</summary>
    public required Timestamp ExitTime { get; init; }

    /// <summary>Average entry price, rounded only where the division does not end within 28 digits.</summary>
    public required decimal EntryPrice { get; init; }

    /// <summary>Average exit price, rounded likewise.</summary>
    public required decimal ExitPrice { get; init; }

    /// <summary>Total size entered, in base currency.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>All fees of entry and exit.</summary>
    public required decimal Fees { get; init; }

    /// <summary>Funding received (above 0) or paid (below 0) while the position was open.</summary>
    public required decimal Funding { get; init; }

    /// <summary>Sum of the exact cash flows: sales minus purchases minus fees plus funding.</summary>
    public required decimal Pnl { get; init; }

    /// <summary>Loss at the initial stop in quote currency; null when the position had no stop. The unit of an R-multiple.</summary>
    public decimal? InitialRisk { get; init; }

    /// <summary>Why the last exit order was placed.</summary>
    public required OrderPurpose ExitReason { get; init; }

    /// <summary>The kind of planned entry that opened the position: <c>retest</c>; null without a plan.</summary>
    public string? Setup { get; init; }

    /// <summary>What agreed on that entry: <c>level+delta</c>; empty for nothing, null without a plan.</summary>
    public string? Confluence { get; init; }
}
