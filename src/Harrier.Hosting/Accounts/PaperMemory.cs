using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Storage.Journal;

namespace Harrier.Hosting.Accounts;

/// <summary>
/// The journal of a paper account, one session after the other. An input is written when it is announced, ahead of the fills that it causes, and not a second time
/// when the engine takes it. Every input is with the operating system before anything changes because of it; only events of the market, which are many, get there
/// together, before anything is told that follows from them.
/// </summary>
internal sealed class PaperMemory(string folder, JournalIdentity identity) : AccountMemory(folder, identity)
{
    private bool _isAnnounced;
    private bool _isBehind;

    /// <summary>Writes a bar ahead of what it causes.</summary>
    public void Announce(in Bar bar)
    {
        Append(in bar);
        _isAnnounced = true;
    }

    /// <summary>Writes an event of the market ahead of what it causes.</summary>
    public void Announce(in MarketEvent marketEvent)
    {
        Append(in marketEvent);
        _isAnnounced = true;
    }

    /// <summary>Writes a fault ahead of what it causes.</summary>
    public void Announce(in FeedFault fault)
    {
        Append(in fault);
        _isAnnounced = true;
    }

    /// <summary>Writes an order of the operator ahead of what it causes.</summary>
    public void Announce(in OperatorCommand command)
    {
        Append(in command);
        _isAnnounced = true;
    }

    /// <summary>Writes the passing of time ahead of what it causes.</summary>
    public void Announce(in Heartbeat heartbeat)
    {
        Append(in heartbeat);
        _isAnnounced = true;
    }

    /// <summary>Brings to the operating system what is not there yet.</summary>
    public void Settle()
    {
        if (_isBehind)
        {
            Flush();
        }
    }

    public override void Append(in Bar bar)
    {
        if (!TakeAnnounced())
        {
            Journal.Append(in bar);
            Flush();
        }
    }

    public override void Append(in MarketEvent marketEvent)
    {
        if (!TakeAnnounced())
        {
            Journal.Append(in marketEvent);
            _isBehind = true;
        }
    }

    // A report follows from the input that was announced: replay makes it anew.
    public override void Append(in ExecutionReport report)
    {
        Journal.Append(in report);
        Tell(in report);
    }

    public override void Append(in AccountReport report)
    {
        Journal.Append(in report);
        Flush();
    }

    public override void Append(in ConversionReport report)
    {
        Journal.Append(in report);
        Flush();
    }

    public override void Append(in FeedFault fault)
    {
        if (!TakeAnnounced())
        {
            Journal.Append(in fault);
            Flush();
        }
    }

    public override void Append(in OperatorCommand command)
    {
        if (!TakeAnnounced())
        {
            Journal.Append(in command);
            Flush();
        }
    }

    public override void Append(in Heartbeat heartbeat)
    {
        if (!TakeAnnounced())
        {
            Journal.Append(in heartbeat);
            Flush();
        }
    }

    public override void AppendDenied(BotId bot, in OrderIntent intent, in DenyReason reason, Timestamp time)
    {
        Settle();
        base.AppendDenied(bot, in intent, in reason, time);
    }

    private bool TakeAnnounced()
    {
        bool isAnnounced = _isAnnounced;
        _isAnnounced = false;
        return isAnnounced;
    }

    private void Flush()
    {
        Journal.Flush(toDisk: false);
        _isBehind = false;
    }
}
