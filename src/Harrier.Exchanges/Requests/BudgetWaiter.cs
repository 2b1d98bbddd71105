namespace Harrier.Exchanges.Requests;

/// <summary>A request that waits for leave. Cancels and closes come before entries, then the other classes; equals by arrival.</summary>
internal sealed class BudgetWaiter(BudgetRequest request, long sequence) : IComparable<BudgetWaiter>
{
    public BudgetRequest Request { get; } = request;

    /// <summary>What held it at the last look; told when its time is up.</summary>
    public BudgetRefusal HeldBy { get; set; } = BudgetRefusal.Timeout;

    public ITimer? Deadline { get; set; }

    // Continuations run elsewhere: the lease is handed over under the budget's lock.
    public TaskCompletionSource<BudgetLease> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int CompareTo(BudgetWaiter? other)
    {
        ArgumentNullException.ThrowIfNull(other);
        int byRank = Rank.CompareTo(other.Rank);
        return byRank != 0 ? byRank : Sequence.CompareTo(other.Sequence);
    }

    /// <summary>Twice the priority, one more for entries.</summary>
    public int Rank => ((int)Request.Priority * 2) + (Request.Priority == RequestPriority.Critical && Request.AddsRisk ? 1 : 0);

    private long Sequence { get; } = sequence;
}
