namespace Harrier.Exchanges.Requests;

/// <summary>A wish to send one request.</summary>
/// <param name="Priority">Who goes first.</param>
/// <param name="Costs">What it is expected to spend; rules not named are not spent from.</param>
public readonly record struct BudgetRequest(RequestPriority Priority, ReadOnlyMemory<RequestCost> Costs)
{
    /// <summary>True for a critical request that adds risk: it may not spend the reserve, and a cancel or close goes before it.</summary>
    public bool AddsRisk { get; init; }

    /// <summary>True when it may spend what is kept for cancels and closes.</summary>
    public bool MaySpendReserve => Priority == RequestPriority.Critical && !AddsRisk;
}
