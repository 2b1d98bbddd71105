namespace Harrier.Exchanges.Requests;

/// <summary>What a granted lease spent, so that its completion can be booked.</summary>
internal sealed class BudgetTicket(ReadOnlyMemory<RequestCost> costs)
{
    public static readonly BudgetTicket Empty = new(default);

    public ReadOnlyMemory<RequestCost> Costs { get; } = costs;
}
