namespace Harrier.Exchanges.Requests;

/// <summary>What a granted lease spent and where, so that its end can be booked.</summary>
internal sealed class BudgetTicket(ReadOnlyMemory<RequestCost> costs, Spend[] spends, int pass, long ledgerEpoch)
{
    public ReadOnlyMemory<RequestCost> Costs { get; } = costs;

    /// <summary>One per cost, in the same order.</summary>
    public Spend[] Spends { get; } = spends;

    /// <summary>The circuit breaker's pass.</summary>
    public int Pass { get; } = pass;

    /// <summary>Which of our places in the machine's ledger holds the spends; 0 without a ledger.</summary>
    public long LedgerEpoch { get; } = ledgerEpoch;
}
