using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Exchanges.Trading;

namespace Harrier.Hosting.Accounts.Venues;

/// <summary>The venue's side of an account that sends orders: closes the gap that an end of the program left, then hands on what the venue reports.</summary>
/// <param name="account">The account.</param>
/// <param name="link">The way to its venue.</param>
/// <param name="tell">Told what a person should know.</param>
internal sealed class TradingDesk(VenueAccount account, VenueLink link, Action<Accounts.AccountEvent> tell) : VenueDesk(account, link, tell)
{
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan Remember = TimeSpan.FromDays(1);

    // A payment that was booked is known; a longer stop than this leaves older ones to the account.
    private static readonly TimeSpan FundingLookBack = TimeSpan.FromDays(6);

    private readonly FundingDesk _funding = new(account, link, tell);
    private int _known;
    private uint _run;
    private Timestamp _forgot;

    /// <inheritdoc/>
    public override void PrepareEnd(Timestamp now)
    {
        if (HasBegun)
        {
            // One that fills while nobody looks would have no stop.
            Order(OperatorAction.CancelEntries, now, "the run ends");
        }
    }

    /// <inheritdoc/>
    public override bool IsSettled(Timestamp now)
    {
        if (!HasBegun)
        {
            return true;
        }

        Drain(now);
        return account.Engine.Orders.Working.All(static order => order is { State: OrderState.Accepted, IsCancelAsked: false } && order.Intent.ReduceOnly);
    }

    /// <inheritdoc/>
    protected override Timestamp? FundedFrom => account.Engine.Time.Now.Nanos > 0 ? account.Engine.Time.Now + -FundingLookBack : null;

    /// <inheritdoc/>
    protected override VenueDesk Another(TradingAccount successor)
    {
        VenueAccount next = (VenueAccount)successor;
        if (HasBegun)
        {
            next.Open(Link.Venue);
        }

        return new TradingDesk(next, Link, Listener) { _known = _known, _run = _run, _forgot = _forgot };
    }

    /// <summary>
    /// The engine is as its journal left it, and the venue's side has told all it knows. What the engine sent and the account's journal does not know never left, because
    /// it is written there before. A cancellation may have been lost the same way, and may be repeated.
    /// </summary>
    protected override void Begin(Timestamp now)
    {
        (_known, _run) = (account.Engine.Orders.NextId.Sequence, account.Plan.Identity.Run);
        account.Open(Link.Venue);
        int late = 0;
        while (Link.Inputs.TryRead(out ExecutionReport report))
        {
            // The account's record tells again what it knows of orders that ended long ago.
            TellVenueId(in report);
            bool isOfNoOrder = report.Kind is ExecutionKind.Liquidated or ExecutionKind.Adjusted or ExecutionKind.Corrected;
            if (isOfNoOrder || IsLost(report.Order) || account.Engine.Orders.Find(report.Order) is not null)
            {
                late++;
                Take(in report);
            }
        }

        _funding.Pay(now);

        int unsent = 0;
        foreach (Order order in account.Engine.Orders.Working.ToArray())
        {
            string id = order.Id.ToString();
            if (!Link.Venue.Tracker.Record.Read(book => book.TryFind(id, out _)))
            {
                unsent++;
                Take(new ExecutionReport { Kind = ExecutionKind.Rejected, Order = order.Id, Reason = RejectReason.ProvenAbsent, Time = now, ReceivedTime = now });
            }
        }

        foreach (Order order in account.Engine.Orders.Working.Where(static order => order.IsCancelAsked).ToArray())
        {
            Link.Venue.Cancel(order.Id);
        }

        int unknown = CancelUnknown();
        Note(now, $"its venue was read: {late} reports of what happened since, {unsent} orders that had not left, {unknown} that the journal had lost and that are canceled, {account.Engine.Orders.Working.Count} orders work");
    }

    // Of a journal that lost its end, as a disk or a loss of power can leave it, the account's record knows more. The engine decides anew: two stops would sell twice.
    private int CancelUnknown()
    {
        TrackedOrder[] unknown = [.. Link.Venue.Tracker.Working.Where(order => account.Engine.Orders.Find(order.Id) is null)];
        foreach (TrackedOrder order in unknown)
        {
            Link.Venue.Cancel(order.Id);
        }

        return unknown.Length;
    }

    /// <inheritdoc/>
    protected override void Drain(Timestamp now)
    {
        while (Link.Inputs.TryRead(out ExecutionReport report))
        {
            Take(in report);
            TellVenueId(in report);
        }

        _funding.Pay(now);

        if (now - _forgot >= ForgetEvery)
        {
            _forgot = now;
            Link.Venue.Tracker.Forget(now + -Remember);
        }
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Compare() =>
        Link.Venue.Tracker.Record.Read(book => HoldingsCheck.Of(account.Engine, account.Plan, book, countsMoney: !Link.IsFundingBehind));

    // The engine's time is that of its inputs, and a report may have waited behind one that came later.
    private void Take(in ExecutionReport report)
    {
        if (report.Bot == ExecutionReport.OfAccount)
        {
            foreach (ExecutionReport part in AccountShares.Of(in report, account))
            {
                Take(in part);
            }

            return;
        }

        _funding.Note(in report);
        Timestamp now = account.Engine.Time.Now;
        ExecutionReport timed = report.ReceivedTime >= now ? report : report with { ReceivedTime = now };
        account.TryHandle(timed.Kind == ExecutionKind.Filled && IsLost(timed.Order) && Link.Venue.Tracker.TryFind(timed.Order, out TrackedOrder? order)
            ? timed with { Kind = ExecutionKind.Adjusted, Bot = order.Bot, Instrument = order.Instrument.Id, Side = order.Request.Side }
            : timed);
    }

    private void TellVenueId(in ExecutionReport report)
    {
        if (report.Order != default && account.VenueNamed is { } listener && Link.Venue.Tracker.TryFind(report.Order, out TrackedOrder? order) && order.VenueId is { } id)
        {
            listener(report.Order, id.ToString(), account.Engine.Time.Now);
        }
    }

    // Sent by an earlier start, after the last one that the engine's journal has. What it traded is the bot's all the same.
    private bool IsLost(ClientOrderId order) => order.Sequence >= _known && order.Run < _run && order != default;
}
