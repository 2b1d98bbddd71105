using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Storage.Journal;

namespace Harrier.Hosting.Accounts;

/// <summary>
/// The journal of a paper account, one session after the other. Every input is with the operating system before anything changes because of
/// it: a bar is written when it is announced, ahead of the fills that it causes, and not a second time when the engine takes it.
/// </summary>
internal sealed class PaperMemory(string folder, JournalIdentity identity) : AccountMemory(folder, identity)
{
    private bool _isAnnounced;

    /// <summary>Writes a bar ahead of what it causes.</summary>
    public void Announce(in Bar bar)
    {
        Append(in bar);
        _isAnnounced = true;
    }

    public override void Append(in Bar bar)
    {
        if (_isAnnounced)
        {
            _isAnnounced = false;
            return;
        }

        Journal.Append(in bar);
        Journal.Flush(toDisk: false);
    }

    public override void Append(in MarketEvent marketEvent)
    {
        Journal.Append(in marketEvent);
        Journal.Flush(toDisk: false);
    }

    // A report follows from the bar that was announced: replay makes it anew.
    public override void Append(in ExecutionReport report) => Journal.Append(in report);

    public override void Append(in AccountReport report)
    {
        Journal.Append(in report);
        Journal.Flush(toDisk: false);
    }

    public override void Append(in ConversionReport report)
    {
        Journal.Append(in report);
        Journal.Flush(toDisk: false);
    }

    public override void Append(in FeedFault fault)
    {
        Journal.Append(in fault);
        Journal.Flush(toDisk: false);
    }

    public override void Append(in OperatorCommand command)
    {
        Journal.Append(in command);
        Journal.Flush(toDisk: false);
    }

    public override void Append(in Heartbeat heartbeat)
    {
        Journal.Append(in heartbeat);
        Journal.Flush(toDisk: false);
    }
}
