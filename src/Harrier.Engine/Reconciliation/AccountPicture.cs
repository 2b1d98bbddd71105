using Harrier.Domain;

namespace Harrier.Engine.Reconciliation;

/// <summary>The parts of a picture that could be read.</summary>
[Flags]
public enum PictureParts : byte
{
    /// <summary>Nothing: no conclusion may be drawn from what is missing.</summary>
    None = 0,

    /// <summary>All open orders.</summary>
    OpenOrders = 1,

    /// <summary>All executions from <see cref="AccountPicture.FillsFrom"/> on.</summary>
    Fills = 2,

    /// <summary>All positions: one that is not there is flat.</summary>
    Positions = 4,

    /// <summary>All balances: one that is not there is 0.</summary>
    Balances = 8,

    /// <summary>Everything.</summary>
    All = OpenOrders | Fills | Positions | Balances,
}

/// <summary>What one side knows of an account. Nothing in it refers to the other side.</summary>
public sealed record AccountPicture
{
    /// <summary>When the first question left, by our clock: what happened after it may or may not be in the picture.</summary>
    public required Timestamp Asked { get; init; }

    /// <summary>The same instant by the venue's clock, for comparison with times that the venue gives.</summary>
    public Timestamp AskedAtVenue { get; init; }

    /// <summary>What could be read wholly.</summary>
    public PictureParts Complete { get; init; } = PictureParts.All;

    /// <summary>Open orders, and ended ones that were asked after by their id.</summary>
    public IReadOnlyList<OrderFact> Orders { get; init; } = [];

    /// <summary>Our ids of orders that the venue, asked after each alone, does not know.</summary>
    public IReadOnlySet<string> NotFound { get; init; } = new HashSet<string>();

    /// <summary>Executions, in any order, repeated or not.</summary>
    public IReadOnlyList<FillFact> Fills { get; init; } = [];

    /// <summary>Executions are complete from here on.</summary>
    public Timestamp FillsFrom { get; init; }

    /// <summary>Positions that are not flat.</summary>
    public IReadOnlyList<PositionFact> Positions { get; init; } = [];

    /// <summary>Balances that are not zero.</summary>
    public IReadOnlyList<BalanceFact> Balances { get; init; } = [];
}
