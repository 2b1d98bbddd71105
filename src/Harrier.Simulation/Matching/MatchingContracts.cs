namespace Harrier.Simulation.Matching;

/// <summary>How long an arriving order works.</summary>
public enum MatchTimeInForce : byte
{
    /// <summary>What is not filled rests.</summary>
    Rest,

    /// <summary>What is not filled is dropped.</summary>
    Immediate,

    /// <summary>Filled in full at once, or not at all.</summary>
    AllOrNothing,

    /// <summary>Dropped when it would fill anything.</summary>
    PostOnly,
}

/// <summary>What happens when two orders of one account meet.</summary>
public enum SelfTradeRule : byte
{
    /// <summary>They trade.</summary>
    Trade,

    /// <summary>The rest of the arriving order is dropped.</summary>
    DropTaker,

    /// <summary>The resting order is removed.</summary>
    DropMaker,

    /// <summary>Both.</summary>
    DropBoth,

    /// <summary>Both lose the smaller size without a trade.</summary>
    Decrement,
}

/// <summary>How an arriving order ended.</summary>
public enum MatchEnd : byte
{
    /// <summary>Filled in full (or used up by <see cref="SelfTradeRule.Decrement"/>).</summary>
    Done,

    /// <summary>Some or all of it rests.</summary>
    Resting,

    /// <summary>The book offered nothing more at the limit.</summary>
    NoMoreOffered,

    /// <summary>An all-or-nothing order that could not be filled; nothing happened.</summary>
    NotAll,

    /// <summary>A post-only order that would have taken; nothing happened.</summary>
    WouldTake,

    /// <summary>Self-trade prevention dropped the rest.</summary>
    SelfTrade,

    /// <summary>The budget does not pay for another lot.</summary>
    BudgetSpent,
}

/// <summary>An order arriving at a <see cref="MatchingEngine{TSink}"/>.</summary>
public readonly record struct MatchOrder
{
    /// <summary>Above 0 and unlike every resting order's; not checked.</summary>
    public long Id { get; init; }

    /// <summary>Limit, in ticks; a market order has the worst price there is, see <see cref="MatchingPrices"/>.</summary>
    public long Price { get; init; }

    /// <summary>Lots, above 0.</summary>
    public long Size { get; init; }

    /// <summary>Whose, for self-trade prevention.</summary>
    public int Account { get; init; }

    /// <summary>True to sell.</summary>
    public bool IsSell { get; init; }

    /// <summary>How long it works.</summary>
    public MatchTimeInForce TimeInForce { get; init; }

    /// <summary>What happens against orders of the same account; the arriving order's rule counts.</summary>
    public SelfTradeRule SelfTrade { get; init; }

    /// <summary>Lots shown at a time while it rests; 0 shows all.</summary>
    public long Peak { get; init; }

    /// <summary>The most that ticks times lots may sum to; 0 is no limit. For orders sized in money.</summary>
    public Int128 Budget { get; init; }

    /// <summary>True when the sink must be asked how much may be filled each time the resting order is met: reduce-only orders.</summary>
    public bool IsGuarded { get; init; }
}

/// <summary>Limits of market orders.</summary>
public static class MatchingPrices
{
    /// <summary>Takes at any price.</summary>
    public static long Worst(bool isSell) => isSell ? 0 : long.MaxValue;
}

/// <summary>What became of an arriving order.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Filled">Lots filled.</param>
/// <param name="Left">Lots not filled: resting, or dropped.</param>
public readonly record struct MatchResult(MatchEnd End, long Filled, long Left);

/// <summary>A fill.</summary>
public readonly record struct MatchTrade
{
    /// <summary>The arriving order.</summary>
    public long TakerId { get; init; }

    /// <summary>The resting order.</summary>
    public long MakerId { get; init; }

    /// <summary>The resting order's price, in ticks.</summary>
    public long Price { get; init; }

    /// <summary>Lots.</summary>
    public long Size { get; init; }

    /// <summary>Lots of the resting order that are left, shown or not; 0 means it is gone.</summary>
    public long MakerLeft { get; init; }

    /// <summary>The arriving order's account.</summary>
    public int TakerAccount { get; init; }

    /// <summary>The resting order's account.</summary>
    public int MakerAccount { get; init; }

    /// <summary>True when the arriving order sells.</summary>
    public bool TakerIsSell { get; init; }
}

/// <summary>Size taken from a resting order without a trade.</summary>
/// <param name="MakerId">The resting order.</param>
/// <param name="TakerId">The arriving order that met it.</param>
/// <param name="Size">Lots taken away.</param>
/// <param name="MakerLeft">Lots left; 0 means it is gone.</param>
/// <param name="IsGuard">True when the sink allowed no more; false for self-trade prevention.</param>
public readonly record struct MatchPrevention(long MakerId, long TakerId, long Size, long MakerLeft, bool IsGuard);

/// <summary>One price of a <see cref="MatchingEngine{TSink}"/>.</summary>
/// <param name="Price">Ticks.</param>
/// <param name="Size">Lots shown.</param>
/// <param name="Orders">Number of orders.</param>
public readonly record struct MatchLevel(long Price, long Size, int Orders);

/// <summary>
/// Hears what a <see cref="MatchingEngine{TSink}"/> does, while it does it; must not call the engine. Make it a struct, so that the calls
/// cost nothing.
/// </summary>
public interface IMatchingSink
{
    /// <summary>A fill.</summary>
    void OnTrade(in MatchTrade trade);

    /// <summary>A resting order lost size without a trade.</summary>
    void OnPrevention(in MatchPrevention prevention);

    /// <summary>A level has a new size; raised once for each level an arriving order went through. Size 0 means it is gone.</summary>
    void OnLevel(bool isSell, in MatchLevel level);

    /// <summary>How many lots of a guarded resting order may be filled now; what exceeds that is taken from the order.</summary>
    long Allowed(long makerId, long size);
}
