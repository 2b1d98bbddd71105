using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Storage.Journal;

namespace Harrier.Hosting.Accounts.Venues;

/// <summary>
/// The journal of an account at a venue. Every input, reports included, is with the operating system before anything changes because of it. When the journal cannot
/// be written the account goes on without one, because positions have to be left: whoever sends orders asks <see cref="TrySync"/> first.
/// </summary>
internal sealed class VenueMemory(string folder, AccountPlan plan) : AccountMemory(folder, plan.Identity)
{
    private (ApprovedOrder Order, Timestamp Time)? _submitted;

    private delegate void Writing<T>(FileJournal journal, in T value);

    /// <summary>Why nothing is written any more; null while the journal is well.</summary>
    public Exception? Failure { get; private set; }

    public override void ContinueIn(string next)
    {
        if (Failure is null)
        {
            Try(() => base.ContinueIn(next));
        }
    }

    public override void Append(in Bar bar) => Put(in bar, static (FileJournal journal, in Bar one) => journal.Append(in one));

    // Many, and nothing comes of most: they get to the operating system before an order leaves, or together.
    public override void Append(in MarketEvent marketEvent) => Decide(in marketEvent, static (FileJournal journal, in MarketEvent one) => journal.Append(in one));

    public override void Append(in ExecutionReport report)
    {
        Put(in report, static (FileJournal journal, in ExecutionReport one) => journal.Append(in one));
        Tell(in report);
    }

    public override void Append(in AccountReport report) => Put(in report, static (FileJournal journal, in AccountReport one) => journal.Append(in one));

    public override void Append(in ConversionReport report) => Put(in report, static (FileJournal journal, in ConversionReport one) => journal.Append(in one));

    public override void Append(in FeedFault fault) => Put(in fault, static (FileJournal journal, in FeedFault one) => journal.Append(in one));

    public override void Append(in OperatorCommand command) => Put(in command, static (FileJournal journal, in OperatorCommand one) => journal.Append(in one));

    public override void Append(in Heartbeat heartbeat) => Put(in heartbeat, static (FileJournal journal, in Heartbeat one) => journal.Append(in one));

    public override void AppendSubmitted(ApprovedOrder order, Timestamp time)
    {
        Decide((order, time), static (FileJournal journal, in (ApprovedOrder Order, Timestamp Time) one) => journal.AppendSubmitted(one.Order, one.Time));
        _submitted = (order, time);
    }

    /// <summary>Tells of the order that was written last: whoever listens does not keep it from leaving.</summary>
    public void TellSubmitted()
    {
        if (_submitted is { } written)
        {
            _submitted = null;
            Tell(written.Order, written.Time);
        }
    }

    public override void AppendCancel(ClientOrderId order, Timestamp time) => Decide((order, time), static (FileJournal journal, in (ClientOrderId Order, Timestamp Time) one) => journal.AppendCancel(one.Order, one.Time));

    public override void AppendDenied(BotId bot, in OrderIntent intent, in DenyReason reason, Timestamp time)
    {
        Decide(
            (bot, intent, reason, time),
            static (FileJournal journal, in (BotId Bot, OrderIntent Intent, DenyReason Reason, Timestamp Time) one) => journal.AppendDenied(one.Bot, in one.Intent, in one.Reason, one.Time));
        Tell(bot, in intent, in reason, time);
    }

    public override void AppendFailure(in BotFailure failure) => Decide(failure, static (FileJournal journal, in BotFailure one) => journal.AppendFailure(in one));

    /// <summary>Brings what was decided where the settings want it before an order leaves.</summary>
    /// <returns>False when that is not possible: then no order that opens risk may leave.</returns>
    public bool TrySync()
    {
        if (Failure is null)
        {
            Try(() => Journal.Flush(toDisk: plan.Settings.OutlivesPower));
        }

        return Failure is null;
    }

    /// <summary>Brings what was written to the operating system.</summary>
    public void Settle()
    {
        if (Failure is null)
        {
            Try(() => Journal.Flush(toDisk: false));
        }
    }

    protected override void Close() => Try(base.Close);

    // An input: nothing may change because of it before it is written.
    private void Put<T>(in T value, Writing<T> write)
    {
        if (Failure is not null)
        {
            return;
        }

        try
        {
            write(Journal, in value);
            Journal.Flush(toDisk: false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Failure = fault;
        }
    }

    // A decision: it follows from the inputs, and is flushed before an order leaves.
    private void Decide<T>(in T value, Writing<T> write)
    {
        if (Failure is not null)
        {
            return;
        }

        try
        {
            write(Journal, in value);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Failure = fault;
        }
    }

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Failure ??= fault;
        }
    }
}
