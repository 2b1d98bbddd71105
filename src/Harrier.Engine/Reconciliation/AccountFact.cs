using Harrier.Domain;

namespace Harrier.Engine.Reconciliation;

/// <summary>
/// Something that became known about an account, as an <see cref="AccountBook"/> takes it and an account journal keeps it. The list is closed:
/// a book is nothing but its facts in their order, so that a restart makes the same book.
/// </summary>
/// <param name="At">When it became known, by our clock.</param>
public abstract record AccountFact(Timestamp At);

/// <summary>An order is about to be sent; durable before its first byte leaves.</summary>
/// <param name="At">When.</param>
/// <param name="Order">The order; its standing is <see cref="OrderStanding.Sent"/>.</param>
public sealed record OrderIntended(Timestamp At, OrderFact Order) : AccountFact(At);

/// <summary>An order's standing changed: the venue has it, its answer was lost, it ended.</summary>
/// <param name="At">When it became known.</param>
/// <param name="ClientId">Which order.</param>
/// <param name="Standing">Where it stands now.</param>
/// <param name="VenueId">The venue's id, where it is known.</param>
public sealed record OrderMoved(Timestamp At, string ClientId, OrderStanding Standing, VenueOrderId? VenueId) : AccountFact(At);

/// <summary>An execution: of our order, of somebody else's on the same account, or concluded.</summary>
/// <param name="At">When it became known.</param>
/// <param name="Fill">The execution.</param>
public sealed record FillTold(Timestamp At, FillFact Fill) : AccountFact(At);

/// <summary>
/// The book takes over a position that executions do not explain. The statement includes every execution older than <paramref name="AsOf"/>:
/// those that become known later change their orders and no position.
/// </summary>
/// <param name="At">When it was concluded.</param>
/// <param name="Id">Derived from what it replaces and what replaces it.</param>
/// <param name="Position">The position from now on.</param>
/// <param name="AsOf">When the venue was asked, by the venue's clock.</param>
/// <param name="Before">What the book had.</param>
public sealed record PositionStated(Timestamp At, VenueTradeId Id, PositionFact Position, Timestamp AsOf, decimal Before) : AccountFact(At);

/// <summary>The book takes over a balance that executions and transfers do not explain; executions older than <paramref name="AsOf"/> are in it.</summary>
/// <param name="At">When it was concluded.</param>
/// <param name="Id">Derived from what it replaces and what replaces it.</param>
/// <param name="Balance">The balance from now on.</param>
/// <param name="AsOf">When the venue was asked, by the venue's clock.</param>
/// <param name="Before">What the book had.</param>
public sealed record BalanceStated(Timestamp At, VenueTradeId Id, BalanceFact Balance, Timestamp AsOf, decimal Before) : AccountFact(At);

/// <summary>Money came in or went out otherwise than by an execution: a deposit, a withdrawal, funding.</summary>
/// <param name="At">When it became known.</param>
/// <param name="Amount">How much of what, below 0 when it left.</param>
/// <param name="Time">When it happened at the venue.</param>
/// <param name="Cause">The venue's word.</param>
public sealed record MoneyBooked(Timestamp At, Money Amount, Timestamp Time, string Cause) : AccountFact(At);

/// <summary>A whole picture of the venue was taken over: what is older than it and not of an order of ours is no news.</summary>
/// <param name="At">When.</param>
/// <param name="AsOf">When the venue was asked, by the venue's clock.</param>
public sealed record BaselineTaken(Timestamp At, Timestamp AsOf) : AccountFact(At);

/// <summary>A difference that nothing can be done about was told to a person, and need not be told again.</summary>
/// <param name="At">When.</param>
/// <param name="Subject">What it is about; see <see cref="Difference.Subject"/>.</param>
public sealed record DifferenceNoted(Timestamp At, string Subject) : AccountFact(At);
