using System.Globalization;
using Harrier.Domain;
using Harrier.Engine.Positions;
using Harrier.Engine.Risk;

namespace Harrier.Engine.Strategies;

/// <summary>What became of an <see cref="EntryPlan"/>.</summary>
/// <param name="Order">The entry order; null when the plan was refused.</param>
/// <param name="Size">The size sent, or what it would have been; 0 when the plan was refused before it was sized.</param>
/// <param name="Caps">What made the size smaller than the risk allows.</param>
/// <param name="Refusal">The rule that refused, with its value and limit; <see cref="DenyRule.None"/> when none did.</param>
public readonly record struct EntryDecision(ClientOrderId? Order, SizeLots Size, EntryCaps Caps, DenyReason Refusal)
{
    /// <summary>True when the entry order was sent.</summary>
    public bool IsSent => Order is not null;

    /// <summary>The decision in plain words.</summary>
    public override string ToString() => Order is { } order
        ? string.Create(CultureInfo.InvariantCulture, $"sent {order}: {Size} lots{(Caps == EntryCaps.None ? "" : ", capped by " + Caps)}")
        : $"refused by {Refusal}";
}
