using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Requests;

/// <summary>
/// The leave to send one request, or the refusal of it. What came of the request must be told once, by <see cref="Complete"/>;
/// a granted lease must be disposed of, or what it spent counts for ever.
/// </summary>
public sealed class BudgetLease : IDisposable
{
    private readonly BudgetTicket? _ticket;
    private RequestBudget? _budget;

    internal BudgetLease(RequestBudget budget, BudgetTicket ticket)
    {
        _budget = budget;
        _ticket = ticket;
    }

    internal BudgetLease(BudgetRefusal refusal, TimeSpan? retryAfter)
    {
        Refusal = refusal;
        RetryAfter = retryAfter;
    }

    /// <summary>True when the request may leave.</summary>
    public bool IsGranted => Refusal == BudgetRefusal.None;

    /// <summary>Why it may not; <see cref="BudgetRefusal.None"/> when it may.</summary>
    public BudgetRefusal Refusal { get; }

    /// <summary>When a refused request could be tried again, where that is known.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Tells the budget what came of the request. Only the first of this, <see cref="Return"/> and <see cref="Dispose"/> counts.</summary>
    public void Complete(in RequestFeedback feedback)
    {
        if (Interlocked.Exchange(ref _budget, null) is RequestBudget budget)
        {
            budget.Complete(_ticket!, feedback);
        }
    }

    /// <summary>Gives the lease back because the request was never sent: nothing was spent.</summary>
    public void Return()
    {
        if (Interlocked.Exchange(ref _budget, null) is RequestBudget budget)
        {
            budget.Return(_ticket!);
        }
    }

    /// <summary>Ends the lease; one that was never completed counts as a failure of unknown kind.</summary>
    public void Dispose() => Complete(new RequestFeedback(0, VenueErrorKind.Unknown));
}
