using Harrier.Domain;

namespace Harrier.Engine.Strategies;

/// <summary>
/// An entry with its stop: what a strategy asks for when it wants the platform to size it, protect it and manage it. One that cannot be is refused
/// with the rule that refused, never by an exception.
/// </summary>
public readonly record struct EntryPlan
{
    /// <summary>Which of the bot's instruments.</summary>
    public required InstrumentId Instrument { get; init; }

    /// <summary>Buy to go long, sell to go short.</summary>
    public required OrderSide Side { get; init; }

    /// <summary>Where the position is given up; on the losing side of the entry, or the plan is refused.</summary>
    public required PriceTicks Stop { get; init; }

    /// <summary>Limit price of the entry; null for a market order, whose entry is taken to be the current mark.</summary>
    public PriceTicks? Limit { get; init; }

    /// <summary>True when the entry must rest; limit entries only.</summary>
    public bool PostOnly { get; init; }

    /// <summary>How long an unfilled rest of a limit entry works before it is canceled; null for no end.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>How sure the strategy is, 0 to 1; vetoes apply.</summary>
    public required double Confidence { get; init; }

    /// <summary>What kind of entry this is, for the statistics of outcomes: <c>momentum</c>, <c>retest</c>, <c>spring</c>. Not empty.</summary>
    public required string Setup { get; init; }

    /// <summary>What agreed on it, joined by a plus sign: <c>level+wyckoff+delta</c>; empty or null for none.</summary>
    public string? Confluence { get; init; }
}
