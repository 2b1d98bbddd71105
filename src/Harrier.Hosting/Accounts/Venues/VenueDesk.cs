using Harrier.Domain;
using Harrier.Engine;

namespace Harrier.Hosting.Accounts.Venues;

/// <summary>
/// The venue's side of an account, between two inputs: nothing is fed before the venue's picture of the account was read once, and nothing is opened while it is not known
/// to be right. Belongs to the account's task.
/// </summary>
/// <param name="account">The account.</param>
/// <param name="link">The way to its venue.</param>
/// <param name="tell">Told what a person should know.</param>
internal class VenueDesk(TradingAccount account, VenueLink link, Action<AccountEvent> tell)
{
    // How long a difference must last: news may be on their way between two readings of it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan CompareEvery = TimeSpan.FromSeconds(1);

    private string? _toldTrouble;
    private Timestamp _compared;
    private (string Text, Timestamp Since)? _difference;
    private string? _haltedFor;
    private bool _isJournalTold;
    private bool _isSuccessor;

    /// <summary>True once the venue's picture of the account was read, and the account may hear the market.</summary>
    public bool HasBegun { get; private set; }

    protected TradingAccount Account => account;

    protected VenueLink Link => link;

    protected Action<AccountEvent> Listener => tell;

    /// <summary>From when on payments of funding of the account are read; null where they are none of the bots.</summary>
    protected virtual Timestamp? FundedFrom => null;

    /// <summary>The desk of the account that goes on where this one's stands; the way to the venue stays as it is.</summary>
    public VenueDesk SucceededBy(TradingAccount successor)
    {
        VenueDesk next = Another(successor);
        (next.HasBegun, next._compared, next._difference) = (HasBegun, _compared, _difference);
        (next._haltedFor, next._isJournalTold, next._isSuccessor) = (_haltedFor, _isJournalTold, true);
        return next;
    }

    /// <summary>Begins: entries are barred until the picture is right.</summary>
    public void Start(Timestamp now)
    {
        link.Inputs.Belong(account);
        if (_isSuccessor)
        {
            return;
        }

        if (!account.Engine.Risk.IsBlind)
        {
            Order(OperatorAction.PictureLost, now, "the account at the venue was not read yet");
        }

        link.Start(FundedFrom);
    }

    /// <summary>Does what there is to do.</summary>
    /// <returns>True when the account may hear the market.</returns>
    /// <exception cref="AccountStateException">The venue will not have the account.</exception>
    public bool Step(Timestamp now)
    {
        if (link.Refusal is { } refusal)
        {
            throw new AccountStateException(account.Plan.Settings.Name, $"the venue refuses the account: {refusal}");
        }

        // Read before the reports are: what was told before the picture was right is among them.
        bool isSound = link.IsSound;
        if (!HasBegun && !isSound)
        {
            HearTrouble(now);
            return false;
        }

        if (!HasBegun)
        {
            HasBegun = true;
            Begin(now);
        }

        Drain(now);
        HearAlarms(now);
        HearJournals(now);
        Watch(isSound, now);
        return true;
    }

    /// <summary>What the desk knows, for whoever watches.</summary>
    public VenueStatus Look() => new(
        link.Venue.Access.Place.GetLeftPart(UriPartial.Authority),
        HasBegun && !account.Engine.Risk.IsBlind,
        link.Venue.Session.LastCompared,
        _difference?.Text ?? (HasBegun ? null : link.Trouble ?? "the account at the venue was not read yet"));

    /// <summary>The program ends.</summary>
    /// <returns>True when nothing is on its way any more.</returns>
    public virtual bool IsSettled(Timestamp now) => true;

    /// <summary>The program is about to end: what must not stay at the venue alone is taken back.</summary>
    public virtual void PrepareEnd(Timestamp now)
    {
    }

    protected virtual VenueDesk Another(TradingAccount successor) => new(successor, link, tell);

    protected virtual void Begin(Timestamp now)
    {
    }

    protected virtual void Drain(Timestamp now)
    {
    }

    /// <summary>In what our books and the account differ; none where the account is only watched.</summary>
    protected virtual IReadOnlyList<string> Compare() => [];

    protected void Note(Timestamp now, string text) => tell(new AccountNote(now, account.Plan.Settings.Name, text));

    protected void Order(OperatorAction action, Timestamp now, string reason, string by = "")
    {
        Timestamp time = now > account.Engine.Time.Now ? now : account.Engine.Time.Now;
        account.Handle(new OperatorCommand(action, default, OrderPurpose.Signal, time) { By = by, Reason = reason });
    }

    private void Watch(bool isSound, Timestamp now)
    {
        bool isBlind = account.Engine.Risk.IsBlind;
        if (!isSound)
        {
            if (!isBlind)
            {
                Order(OperatorAction.PictureLost, now, "the private stream is lost");
                Note(now, "the private stream is lost: nothing is opened until the account was read again");
            }

            return;
        }

        if (!isBlind && now - _compared < CompareEvery)
        {
            return;
        }

        _compared = now;
        string? difference = Compare() is { Count: > 0 } found ? string.Join("; ", found) : null;
        Notice(difference, now);
        bool lasts = _difference is { } held && now - held.Since >= Patience;
        if (lasts && _haltedFor != difference)
        {
            _haltedFor = difference;
            Halt(now, $"the books differ: {difference}");
        }

        if (isBlind && (difference is null || lasts))
        {
            Order(OperatorAction.PictureSound, now, "the account was read, and the books say the same");
            Note(now, difference is null ? "the account was read: books, orders and positions are the venue's" : "the account was read; what differs is left to the operator");
        }
    }

    private void Notice(string? difference, Timestamp now)
    {
        if (difference is null)
        {
            (_difference, _haltedFor) = (null, null);
        }
        else if (_difference?.Text != difference)
        {
            _difference = (difference, now);
        }
    }

    private void HearTrouble(Timestamp now)
    {
        if (link.Trouble is { } trouble && trouble != _toldTrouble)
        {
            _toldTrouble = trouble;
            Note(now, $"waits for its venue, nothing is traded meanwhile: {trouble}");
        }
    }

    private void HearAlarms(Timestamp now)
    {
        while (link.Inputs.TryReadAlarm(out string? alarm))
        {
            Halt(now, alarm);
        }
    }

    private void HearJournals(Timestamp now)
    {
        Exception? failure = account.JournalFailure ?? link.Venue.Tracker.Record.Failure;
        if (failure is not null && !_isJournalTold)
        {
            _isJournalTold = true;
            Halt(now, $"a journal cannot be written ({failure.Message}): exits go on, nothing is opened until a new start");
        }
    }

    private void Halt(Timestamp now, string reason)
    {
        if (!account.Engine.Risk.IsHalted)
        {
            Order(OperatorAction.Halt, now, reason, "reconciliation");
        }

        Note(now, $"halted: {reason}");
    }
}
