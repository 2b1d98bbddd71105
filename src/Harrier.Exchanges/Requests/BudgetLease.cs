using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Requests;

/// <summary>The leave to send one request, or the refusal of it. What came of the request must be told once, by <see cref="Complete"/>.</summary>
public sealed class BudgetLease : IDisposable
{
    internal BudgetLease(BudgetTicket ticket)
    {
        Ticket = ticket;
    }

    internal BudgetLease(BudgetRefusal refusal, TimeSpan? retryAfter)
    {
        Refusal = refusal;
        RetryAfter = retryAfter;
        Ticket = BudgetTicket.Empty;
    }

    /// <summary>True when the request may leave.</summary>
    public bool IsGranted => Refusal == BudgetRefusal.None;

    /// <summary>Why it may not; <see cref="BudgetRefusal.None"/> when it may.</summary>
    public BudgetRefusal Refusal { get; }

    /// <summary>When a refused request could be tried again, where that is known.</summary>
    public TimeSpan? RetryAfter { get; }

    internal BudgetTicket Ticket { get; }

    internal RequestFeedback? Feedback { get; private set; }

    /// <summary>Tells the budget what came of the request. Only the first call counts; a refused lease takes none.</summary>
    public void Complete(in RequestFeedback feedback) => Feedback ??= feedback;

    /// <summary>Ends the lease; one that was never completed counts as a failure of unknown kind.</summary>
    public void Dispose() => Complete(new RequestFeedback(0, VenueErrorKind.Unknown));
}
