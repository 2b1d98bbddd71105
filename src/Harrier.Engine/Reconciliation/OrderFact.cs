using Harrier.Domain;

namespace Harrier.Engine.Reconciliation;

/// <summary>Where an order of an account stands, as far as one side knows.</summary>
public enum OrderStanding : byte
{
    /// <summary>Written down and perhaps on its way; nothing was heard of it.</summary>
    Sent = 0,

    /// <summary>It may or may not exist: the answer was lost.</summary>
    Unknown = 1,

    /// <summary>As <see cref="Unknown"/>, for so long that a person was told.</summary>
    Escalated = 2,

    /// <summary>The venue has it.</summary>
    Working = 3,

    /// <summary>All of it traded. Final.</summary>
    Filled = 4,

    /// <summary>Canceled; what traded before stays. Final.</summary>
    Canceled = 5,

    /// <summary>Its time in force or a rule ended it; what traded before stays. Final.</summary>
    Expired = 6,

    /// <summary>Refused, or proven never to have existed. Final.</summary>
    Rejected = 7,
}

/// <summary>What a symbol trades and how.</summary>
/// <param name="Kind">Spot moves both assets, a contract moves a position.</param>
/// <param name="Base">Bought and sold.</param>
/// <param name="Quote">Prices are in it, and a contract is settled in it.</param>
public readonly record struct SymbolTerms(InstrumentKind Kind, Asset Base, Asset Quote);

/// <summary>What one side knows of an order. Symbols are the venue's, amounts exact decimals in base currency.</summary>
public sealed record OrderFact
{
    /// <summary>The venue's symbol.</summary>
    public required string Symbol { get; init; }

    /// <summary>What the symbol trades.</summary>
    public required SymbolTerms Terms { get; init; }

    /// <summary>The id that its sender gave it; the key between both sides.</summary>
    public required string ClientId { get; init; }

    /// <summary>The venue's id of the order that trades; null until it told one.</summary>
    public VenueOrderId? VenueId { get; init; }

    /// <summary>Buy or sell.</summary>
    public required OrderSide Side { get; init; }

    /// <summary>Which position of a hedge-mode account.</summary>
    public PositionSide PositionSide { get; init; }

    /// <summary>Size in base currency; 0 when it is given by quote amount.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Limit price; 0 for none.</summary>
    public decimal Price { get; init; }

    /// <summary>Cumulative executed size.</summary>
    public decimal Executed { get; init; }

    /// <summary>Cumulative executed value in quote currency; null when it was not told.</summary>
    public decimal? ExecutedQuote { get; init; }

    /// <summary>True when it waits for a trigger.</summary>
    public bool IsConditional { get; init; }

    /// <summary>True when it may only make a position smaller.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>Where it stands.</summary>
    public required OrderStanding Standing { get; init; }

    /// <summary>When it was written down (ours) or made (theirs).</summary>
    public Timestamp Created { get; init; }

    /// <summary>When this side last learned something about it.</summary>
    public Timestamp Changed { get; init; }

    /// <summary>Whose order it is; meaningful for ours only.</summary>
    public BotId Bot { get; init; }

    /// <summary>True when nothing but a late execution can change it.</summary>
    public bool IsFinal => Standing >= OrderStanding.Filled;
}
