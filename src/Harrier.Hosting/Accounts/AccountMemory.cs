using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Journal;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Storage.Journal;

namespace Harrier.Hosting.Accounts;

/// <summary>
/// The journal of a paper account, one session after the other. Every input is with the operating system before anything changes because of
/// it: a bar is written when it is announced, ahead of the fills that it causes, and not a second time when the engine takes it.
/// </summary>
internal sealed class AccountMemory(string folder, JournalIdentity identity) : IJournal, IDisposable
{
    private FileJournal _journal = new(folder, identity);
    private bool _isAnnounced;

    /// <summary>Told every refusal after it is written; null when nobody is.</summary>
    public DenialListener? Denied { get; set; }

    /// <summary>Goes on in another folder; the journal before is closed.</summary>
    public void ContinueIn(string next)
    {
        _journal.Dispose();
        _journal = new FileJournal(next, identity);
    }

    /// <summary>Writes a bar ahead of what it causes.</summary>
    public void Announce(in Bar bar)
    {
        Append(in bar);
        _isAnnounced = true;
    }

    public void Append(in Bar bar)
    {
        if (_isAnnounced)
        {
            _isAnnounced = false;
            return;
        }

        _journal.Append(in bar);
        _journal.Flush(toDisk: false);
    }

    public void Append(in MarketEvent marketEvent)
    {
        _journal.Append(in marketEvent);
        _journal.Flush(toDisk: false);
    }

    // A report follows from the bar that was announced: replay makes it anew.
    public void Append(in ExecutionReport report) => _journal.Append(in report);

    public void Append(in AccountReport report)
    {
        _journal.Append(in report);
        _journal.Flush(toDisk: false);
    }

    public void Append(in ConversionReport report)
    {
        _journal.Append(in report);
        _journal.Flush(toDisk: false);
    }

    public void Append(in FeedFault fault)
    {
        _journal.Append(in fault);
        _journal.Flush(toDisk: false);
    }

    public void Append(in OperatorCommand command)
    {
        _journal.Append(in command);
        _journal.Flush(toDisk: false);
    }

    public void Append(in Heartbeat heartbeat)
    {
        _journal.Append(in heartbeat);
        _journal.Flush(toDisk: false);
    }

    public void AppendSubmitted(ApprovedOrder order, Timestamp time) => _journal.AppendSubmitted(order, time);

    public void AppendCancel(ClientOrderId order, Timestamp time) => _journal.AppendCancel(order, time);

    public void AppendDenied(BotId bot, in OrderIntent intent, in DenyReason reason, Timestamp time)
    {
        _journal.AppendDenied(bot, in intent, in reason, time);
        Denied?.Invoke(bot, in intent, in reason, time);
    }

    public void AppendFailure(in BotFailure failure) => _journal.AppendFailure(in failure);

    public void Dispose() => _journal.Dispose();
}
