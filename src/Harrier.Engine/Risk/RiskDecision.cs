namespace Harrier.Engine.Risk;

/// <summary>Funds to hold back for an order while it works.</summary>
/// <param name="Asset">Index of the asset.</param>
/// <param name="Amount">Amount, 0 or more.</param>
public readonly record struct Reservation(int Asset, decimal Amount);

/// <summary>What the gate said.</summary>
/// <param name="Approved">The order; null when refused.</param>
/// <param name="Reservation">Funds to hold back for it.</param>
/// <param name="Denied">Why it was refused.</param>
public readonly record struct RiskDecision(ApprovedOrder? Approved, Reservation Reservation, DenyReason Denied);
