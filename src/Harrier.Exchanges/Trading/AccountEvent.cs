using Harrier.Domain;

namespace Harrier.Exchanges.Trading;

/// <summary>News about an account, from its private stream or from reading it again.</summary>
/// <param name="Time">When it happened at the venue.</param>
public abstract record AccountEvent(Timestamp Time);

/// <summary>What happened to an order.</summary>
public enum OrderUpdateKind : byte
{
    /// <summary>Something the adapter has no word for; its numbers still count.</summary>
    Other = 0,

    /// <summary>It was accepted.</summary>
    Accepted = 1,

    /// <summary>Some of it traded.</summary>
    Traded = 2,

    /// <summary>It was canceled.</summary>
    Canceled = 3,

    /// <summary>Size or price were changed.</summary>
    Amended = 4,

    /// <summary>Its time in force, or a rule, ended it.</summary>
    Expired = 5,

    /// <summary>It was refused.</summary>
    Rejected = 6,

    /// <summary>Its trigger was reached.</summary>
    Triggered = 7,

    /// <summary>The venue itself made it to close a position.</summary>
    Liquidation = 8,
}

/// <summary>News about one order.</summary>
/// <param name="Time">When it happened at the venue.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Order">The order after it.</param>
public sealed record OrderUpdate(Timestamp Time, OrderUpdateKind Kind, VenueOrder Order) : AccountEvent(Time)
{
    /// <summary>The execution, when there was one.</summary>
    public OwnTrade? Trade { get; init; }

    /// <summary>The venue's words for the reason of a refusal or an end.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The conditional order that made this one.</summary>
    public VenueOrderId? ParentId { get; init; }

    /// <summary>True when the message tells an execution only: no fee and no cumulative size.</summary>
    public bool IsPartial { get; init; }

    /// <summary>True when the message tells a whole execution, fee included, and nothing of where its order stands.</summary>
    public bool IsExecutionOnly { get; init; }

    /// <summary>True when the venue made the order to close a position for lack of margin, on delisting or on delivery.</summary>
    public bool IsVenueMade { get; init; }
}

/// <summary>Balances that changed, absolute.</summary>
/// <param name="Time">When it happened at the venue.</param>
/// <param name="Balances">The assets that may have changed; the others stay.</param>
/// <param name="Cause">The venue's word for the cause; empty when it gives none.</param>
public sealed record BalancesChanged(Timestamp Time, IReadOnlyList<AssetBalance> Balances, string Cause) : AccountEvent(Time)
{
    /// <summary>True when these are all: what is not among them is zero.</summary>
    public bool IsWhole { get; init; }
}

/// <summary>Wallets of a margin account that changed, absolute; how much of it is free is not told.</summary>
/// <param name="Time">When it happened at the venue.</param>
/// <param name="Wallets">Asset and wallet balance without unrealized profit.</param>
/// <param name="Cause">The venue's word for the cause: ORDER, FUNDING_FEE, DEPOSIT.</param>
public sealed record WalletsChanged(Timestamp Time, IReadOnlyList<(Asset Asset, decimal Wallet, decimal? Change)> Wallets, string Cause) : AccountEvent(Time)
{
    /// <summary>True when funding of a contract was paid or received.</summary>
    public bool IsFunding { get; init; }
}

/// <summary>Money came in or went out, or was locked from outside.</summary>
/// <param name="Time">When it happened at the venue.</param>
/// <param name="Asset">Which asset.</param>
/// <param name="Delta">How much, below 0 when it left.</param>
public sealed record MoneyMoved(Timestamp Time, Asset Asset, decimal Delta) : AccountEvent(Time)
{
    /// <summary>True when it is funding of a contract.</summary>
    public bool IsFunding { get; init; }
}

/// <summary>Positions that changed, absolute; quantity 0 is closed.</summary>
/// <param name="Time">When it happened at the venue.</param>
/// <param name="Positions">The positions that changed.</param>
public sealed record PositionsChanged(Timestamp Time, IReadOnlyList<VenuePosition> Positions) : AccountEvent(Time)
{
    /// <summary>True when these are all: what is not among them is closed.</summary>
    public bool IsWhole { get; init; }
}

/// <summary>Positions come near their liquidation.</summary>
/// <param name="Time">When it was told.</param>
/// <param name="Symbols">Which.</param>
public sealed record MarginWarning(Timestamp Time, IReadOnlyList<string> Symbols) : AccountEvent(Time);

/// <summary>Somebody changed the leverage of a symbol.</summary>
/// <param name="Time">When it happened at the venue.</param>
/// <param name="Symbol">Which.</param>
/// <param name="Leverage">The new leverage.</param>
public sealed record LeverageChanged(Timestamp Time, string Symbol, int Leverage) : AccountEvent(Time);

/// <summary>An order list changed; its orders tell their own news.</summary>
/// <param name="Time">When it happened at the venue.</param>
/// <param name="Symbol">Which symbol.</param>
/// <param name="ClientId">The list's id.</param>
/// <param name="Status">The venue's word.</param>
public sealed record OrderListChanged(Timestamp Time, string Symbol, string ClientId, string Status) : AccountEvent(Time);

/// <summary>Why a private stream has to be made anew.</summary>
public enum StreamEnd : byte
{
    /// <summary>The subscription ended while the connection lives.</summary>
    Terminated = 0,

    /// <summary>The server goes down: connect elsewhere now.</summary>
    ServerShutdown = 1,

    /// <summary>The stream's key ran out.</summary>
    KeyExpired = 2,

    /// <summary>The venue refused the subscription.</summary>
    Refused = 3,
}

/// <summary>The private stream ended or is about to.</summary>
/// <param name="Time">When it was told.</param>
/// <param name="End">Why.</param>
/// <param name="Detail">The venue's words.</param>
public sealed record StreamEnded(Timestamp Time, StreamEnd End, string Detail) : AccountEvent(Time);

/// <summary>A message that could not be read or is of a kind nobody here knows: counted, never fatal.</summary>
/// <param name="Time">When it came.</param>
/// <param name="Type">The venue's name of the kind, or what was wrong.</param>
public sealed record UnreadMessage(Timestamp Time, string Type) : AccountEvent(Time)
{
    /// <summary>True when it could not be read at all, so that something that matters may be lost.</summary>
    public bool IsDamaged { get; init; }
}
