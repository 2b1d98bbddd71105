using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Market;
using Harrier.Engine.Risk;
using Harrier.Hosting.Configuration;
using Harrier.Storage.Journal;

namespace Harrier.Hosting.Accounts;

/// <summary>Told what happens on an account, on its thread, after it is booked.</summary>
/// <param name="order">The order that traded; null for what no order of ours explains.</param>
/// <param name="report">The fill.</param>
public delegate void FillListener(Order? order, in ExecutionReport report);

/// <summary>Told that a gate refused an order of an account, on its thread.</summary>
/// <param name="bot">Whose order.</param>
/// <param name="intent">What was asked for.</param>
/// <param name="reason">Rule, value and limit.</param>
/// <param name="time">When.</param>
public delegate void DenialListener(BotId bot, in OrderIntent intent, in DenyReason reason, Timestamp time);

/// <summary>Told that an order of an account was sent, on its thread, after it is written.</summary>
/// <param name="order">The order.</param>
/// <param name="time">When.</param>
public delegate void SubmissionListener(ApprovedOrder order, Timestamp time);

/// <summary>Told a report about an order of an account, on its thread, after it is written and before it is handled.</summary>
/// <param name="report">The report.</param>
public delegate void ReportListener(in ExecutionReport report);

/// <summary>Told by what id the venue knows an order of an account, on its thread.</summary>
/// <param name="order">Our id.</param>
/// <param name="venueId">The venue's.</param>
/// <param name="time">When that became known.</param>
public delegate void VenueIdListener(ClientOrderId order, string venueId, Timestamp time);

/// <summary>
/// An engine with its memory and the place where its orders go. The whole state is a function of the inputs alone, which are journaled before they are
/// handled. Belongs to one thread at a time.
/// </summary>
public abstract class TradingAccount : IDisposable
{
    private readonly AccountMemory _memory;

    private protected TradingAccount(AccountPlan plan, IVenue venue, AccountMemory memory)
    {
        Plan = plan;
        _memory = memory;
        Engine = new TradingEngine(plan.NewEngineOptions(), new EngineSurroundings(venue, memory) { Alerts = Tell });
    }

    /// <summary>What it is made of.</summary>
    public AccountPlan Plan { get; }

    /// <summary>The engine.</summary>
    public TradingEngine Engine { get; }

    /// <summary>Told every fill; null when nobody is.</summary>
    public FillListener? Filled { get; set; }

    /// <summary>Told every alert; null when nobody is.</summary>
    public Action<EngineAlert>? Alerted { get; set; }

    /// <summary>Told every order that a gate refused; null when nobody is.</summary>
    public DenialListener? Denied
    {
        get => _memory.Denied;
        set => _memory.Denied = value;
    }

    /// <summary>Told every order that was sent; null when nobody is.</summary>
    public SubmissionListener? Submitted
    {
        get => _memory.Submitted;
        set => _memory.Submitted = value;
    }

    /// <summary>Told every report about an order; null when nobody is.</summary>
    public ReportListener? Reported
    {
        get => _memory.Reported;
        set => _memory.Reported = value;
    }

    /// <summary>Told the venue's ids of orders; null when nobody is.</summary>
    public VenueIdListener? VenueNamed { get; set; }

    /// <summary>Of what the account was ordered to be made next, as text; null when nothing of that kind is to be done. It takes no further input then.</summary>
    public string? Ordered { get; set; }

    /// <summary>The settings that hold now: those that it was made with, and what was edited of its bots since.</summary>
    public AccountSettings Settings => Plan.Settings with
    {
        Bots = [.. Plan.Settings.Bots.Select((bot, i) => Engine.SettingsOf(new BotId(i)) is var edit ? bot with { Size = edit.Sizing, Protection = edit.Protection } : bot)],
    };

    /// <summary>Why the journal takes nothing more, where an account goes on without one; null while it does.</summary>
    public virtual Exception? JournalFailure => null;

    /// <summary>Goes on in another journal.</summary>
    /// <param name="journal">Its folder: empty, or not there yet.</param>
    /// <exception cref="IOException">The journal cannot be begun.</exception>
    public void ContinueIn(string journal)
    {
        _memory.ContinueIn(journal);
        Engine.BeginCalls();
    }

    /// <summary>Closes the journal, so that it can be read; the account needs another before its next input.</summary>
    public void CloseJournal() => _memory.Dispose();

    /// <summary>What is journaled from now on, until the account goes on in another journal, is only compared.</summary>
    internal void Divert(ReplayedRecords replayed) => _memory.Divert(replayed);

    /// <summary>Goes on where another account of its kind stands, whatever this one has seen before.</summary>
    /// <param name="before">The account before; its bots and instruments are the first of this one's.</param>
    /// <param name="succession">What each bot takes over.</param>
    public abstract void Succeed(TradingAccount before, Succession succession);

    /// <summary>What a bot owns of each asset, assets of which it owns nothing left out.</summary>
    public IReadOnlyList<Money> OwnedBy(BotId bot)
    {
        InstrumentTable table = new(Plan.Instruments);
        List<Money> owned = [];
        ReadOnlySpan<Asset> assets = table.Assets;
        for (int i = 0; i < assets.Length; i++)
        {
            if (Engine.Portfolio.Ledger.Owned(bot, i) is not 0 and decimal amount)
            {
                owned.Add(new Money(amount, assets[i]));
            }
        }

        return owned;
    }

    /// <summary>Handles a trade, mark price, funding or change of a book, where the account hears of such.</summary>
    public abstract void Handle(in MarketEvent marketEvent);

    /// <summary>Handles a closed bar.</summary>
    public abstract void Handle(in Bar bar);

    /// <summary>Handles money that comes in or goes out.</summary>
    public abstract void Handle(in AccountReport report);

    /// <summary>Handles a broken feed.</summary>
    public abstract void Handle(in FeedFault fault);

    /// <summary>Handles an order of the operator, or of the program itself.</summary>
    public abstract void Handle(in OperatorCommand command);

    /// <summary>Handles the passing of time.</summary>
    public abstract void Handle(in Heartbeat heartbeat);

    /// <summary>Handles a venue's report, where such reports are inputs.</summary>
    /// <returns>False where they follow from the other inputs: then nothing has happened.</returns>
    public abstract bool TryHandle(in ExecutionReport report);

    /// <summary>Brings the inputs so far to where a crash of the program cannot reach them.</summary>
    public virtual void Settle()
    {
    }

    /// <summary>Where books that are kept apart say different things.</summary>
    /// <returns>One line for each difference; none when all is well.</returns>
    public abstract IReadOnlyList<string> Differences();

    /// <summary>The whole state; the same state gives the same bytes.</summary>
    public abstract byte[] Save();

    /// <summary>Continues from a saved state, bit-equal. The account must not have handled anything.</summary>
    /// <exception cref="InvalidDataException">The state is of another version, of other settings, or damaged.</exception>
    public abstract void Restore(ReadOnlySpan<byte> state);

    private void Tell(EngineAlert alert)
    {
        Settle();
        Alerted?.Invoke(alert);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    private protected void NoteOrder(in OperatorCommand command)
    {
        if (command.Action == OperatorAction.Recompose)
        {
            Ordered = command.Composition;
        }
    }

    /// <summary>Brings the journal to disk and closes it.</summary>
    /// <param name="disposing">False from a finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _memory.Dispose();
        }
    }
}
