using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Journal;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Storage.Journal;

namespace Harrier.Hosting.Accounts;

/// <summary>The journal of an account, one session after the other.</summary>
/// <param name="folder">Of the first session: empty, or not there yet.</param>
/// <param name="identity">What the journal says of the account.</param>
internal abstract class AccountMemory(string folder, JournalIdentity identity) : IJournal, IDisposable
{
    /// <summary>Told every refusal after it is written; null when nobody is.</summary>
    public DenialListener? Denied { get; set; }

    /// <summary>Told every order that was sent; null when nobody is.</summary>
    public SubmissionListener? Submitted { get; set; }

    /// <summary>Told every report about an order before it is handled; null when nobody is.</summary>
    public ReportListener? Reported { get; set; }

    protected FileJournal Journal { get; private set; } = new(folder, identity);

    /// <summary>Goes on in another folder; the journal before is closed.</summary>
    public virtual void ContinueIn(string next)
    {
        Journal.Dispose();
        Journal = new FileJournal(next, identity);
    }

    /// <summary>What is journaled from now on, until it goes on in another folder, is only compared.</summary>
    public void Divert(ReplayedRecords replayed) => Journal.Divert(replayed);

    public abstract void Append(in Bar bar);

    public abstract void Append(in MarketEvent marketEvent);

    public abstract void Append(in ExecutionReport report);

    public abstract void Append(in AccountReport report);

    public abstract void Append(in ConversionReport report);

    public abstract void Append(in FeedFault fault);

    public abstract void Append(in OperatorCommand command);

    public abstract void Append(in Heartbeat heartbeat);

    public virtual void AppendSubmitted(ApprovedOrder order, Timestamp time)
    {
        Journal.AppendSubmitted(order, time);
        Tell(order, time);
    }

    public virtual void AppendCancel(ClientOrderId order, Timestamp time) => Journal.AppendCancel(order, time);

    public virtual void AppendDenied(BotId bot, in OrderIntent intent, in DenyReason reason, Timestamp time)
    {
        Journal.AppendDenied(bot, in intent, in reason, time);
        Tell(bot, in intent, in reason, time);
    }

    public virtual void AppendFailure(in BotFailure failure) => Journal.AppendFailure(in failure);

    public void Dispose() => Close();

    /// <summary>Brings the journal to disk and closes it.</summary>
    protected virtual void Close() => Journal.Dispose();

    protected void Tell(ApprovedOrder order, Timestamp time) => Submitted?.Invoke(order, time);

    protected void Tell(in ExecutionReport report) => Reported?.Invoke(in report);

    protected void Tell(BotId bot, in OrderIntent intent, in DenyReason reason, Timestamp time) => Denied?.Invoke(bot, in intent, in reason, time);
}
