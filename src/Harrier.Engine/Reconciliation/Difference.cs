namespace Harrier.Engine.Reconciliation;

/// <summary>In what the two sides differ, in the order in which differences are resolved.</summary>
public enum DifferenceKind : byte
{
    /// <summary>One execution id with two tellings.</summary>
    ContradictingFill = 0,

    /// <summary>The venue has an execution of our order that the book lacks.</summary>
    MissedFill = 1,

    /// <summary>The venue has an execution of an order that is not ours.</summary>
    ForeignFill = 2,

    /// <summary>The venue counts more, or less, as executed than executions explain.</summary>
    ExecutedDiffers = 3,

    /// <summary>The order stands elsewhere.</summary>
    OrderStateDiffers = 4,

    /// <summary>The book has an order working that the venue does not show.</summary>
    MissingOrder = 5,

    /// <summary>An order that carries our naming and that the book does not know.</summary>
    OrphanOrder = 6,

    /// <summary>An order of somebody else.</summary>
    ForeignOrder = 7,

    /// <summary>A position at the venue only.</summary>
    UntrackedPosition = 8,

    /// <summary>A position in the book only.</summary>
    VanishedPosition = 9,

    /// <summary>Long here and short there.</summary>
    PositionSide = 10,

    /// <summary>The sizes differ.</summary>
    PositionSize = 11,

    /// <summary>The average entry prices differ, the sizes do not.</summary>
    EntryPrice = 12,

    /// <summary>A balance differs.</summary>
    BalanceDrift = 13,
}

/// <summary>What is to be done about a difference.</summary>
public enum ResolutionKind : byte
{
    /// <summary>Book the execution.</summary>
    AdoptFill = 0,

    /// <summary>Book, on the account and on no bot, an execution that is not ours.</summary>
    RecordForeign = 1,

    /// <summary>Book an execution concluded from the order's cumulative numbers.</summary>
    InferFill = 2,

    /// <summary>The venue has the order: it works.</summary>
    AdoptOrder = 3,

    /// <summary>The order ended.</summary>
    EndOrder = 4,

    /// <summary>Ask the venue after this one order: a list may have left it out.</summary>
    QueryOrder = 5,

    /// <summary>Take over the venue's position or balance as a statement with a derived id.</summary>
    AdjustBook = 6,

    /// <summary>Look again: one reading proves nothing yet, or something is still on its way.</summary>
    LookAgain = 7,

    /// <summary>Tell a person, once.</summary>
    Report = 8,

    /// <summary>Only a person can resolve it.</summary>
    Escalate = 9,
}

/// <summary>What is to be done about a difference.</summary>
/// <param name="Kind">What.</param>
/// <param name="Fact">What the book takes when it is done; null when there is nothing to take.</param>
/// <param name="HaltsEntries">True when nothing new may be opened until a person looked.</param>
public sealed record Resolution(ResolutionKind Kind, AccountFact? Fact = null, bool HaltsEntries = false);

/// <summary>One thing in which book and venue differ.</summary>
/// <param name="Kind">In what.</param>
/// <param name="Symbol">The venue's symbol; for a balance the asset.</param>
/// <param name="Subject">Names the difference and what the venue shows; the same one has the same subject at the next reading.</param>
/// <param name="Ours">What the book has; empty for nothing.</param>
/// <param name="Theirs">What the venue has; empty for nothing.</param>
/// <param name="Resolution">What is to be done.</param>
public sealed record Difference(DifferenceKind Kind, string Symbol, string Subject, string Ours, string Theirs, Resolution Resolution)
{
    /// <summary>The client id of the order that it is about; empty for none.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>The position that it is about; null for none.</summary>
    public PositionKey? Position { get; init; }
}
