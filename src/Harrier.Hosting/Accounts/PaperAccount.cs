using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Simulation.Fills;

namespace Harrier.Hosting.Accounts;

/// <summary>
/// An engine and the simulated venue that fills its orders. The order is that of a backtest: a bar first meets the orders that were there when it
/// began, then the engine decides on it. The whole state is a function of the inputs alone, which are journaled before they are handled.
/// Belongs to one thread at a time.
/// </summary>
public sealed class PaperAccount : TradingAccount, IExecutionSink
{
    private readonly PaperMemory _memory;
    private readonly FillSimulator _venue;

    /// <summary>An account before its first input.</summary>
    /// <param name="plan">What it is made of.</param>
    /// <param name="journal">Folder for the journal of its inputs and decisions: empty, or not there yet.</param>
    /// <exception cref="IOException">The journal cannot be begun.</exception>
    public PaperAccount(AccountPlan plan, string journal)
        : this(plan ?? throw new ArgumentNullException(nameof(plan)), plan.NewVenue(), new PaperMemory(journal, plan.Identity))
    {
    }

    private PaperAccount(AccountPlan plan, FillSimulator venue, PaperMemory memory)
        : base(plan, venue, memory) => (_venue, _memory) = (venue, memory);

    /// <summary>Handles a mark price or a funding; trades and books are not heard on bars.</summary>
    public override void Handle(in MarketEvent marketEvent)
    {
        Engine.Process(in marketEvent);
        if (marketEvent.Kind == MarketEventKind.Funding)
        {
            _venue.Fund(in marketEvent);
        }

        _venue.Deliver(this);
    }

    /// <inheritdoc/>
    public override void Settle() => _memory.Settle();

    /// <summary>Handles a closed bar: orders that were there meet its prices, then the strategies see it.</summary>
    public override void Handle(in Bar bar)
    {
        _memory.Announce(in bar);
        _venue.Trade(in bar, this);
        Engine.Process(in bar);
        _venue.Deliver(this);
    }

    /// <inheritdoc/>
    public override void Handle(in AccountReport report)
    {
        Engine.Process(in report);
        _venue.Deposit(report.Bot, report.Amount);
    }

    /// <inheritdoc/>
    public override void Handle(in FeedFault fault)
    {
        Engine.Process(in fault);
        _venue.Deliver(this);
    }

    /// <inheritdoc/>
    public override void Handle(in OperatorCommand command)
    {
        Engine.Process(in command);
        _venue.Deliver(this);
        NoteOrder(in command);
    }

    /// <inheritdoc/>
    public override void Handle(in Heartbeat heartbeat)
    {
        Engine.Process(in heartbeat);
        _venue.Deliver(this);
    }

    /// <inheritdoc/>
    public override void Succeed(TradingAccount before, Succession succession)
    {
        ArgumentNullException.ThrowIfNull(before);
        Engine.Succeed(before.Engine, succession);
        _venue.Succeed(((PaperAccount)before)._venue, Engine.Orders);
    }

    /// <inheritdoc/>
    public override bool TryHandle(in ExecutionReport report) => false;

    /// <summary>Where the books of the engine and those of the simulated venue, which are kept apart, say different things.</summary>
    /// <returns>One line for each difference; none when all is well.</returns>
    public override IReadOnlyList<string> Differences() => PaperBooks.Differences(this, _venue);

    /// <summary>The whole state of engine and venue; the same state gives the same bytes.</summary>
    public override byte[] Save() => PaperBooks.Save(this, _venue);

    /// <inheritdoc/>
    public override void Restore(ReadOnlySpan<byte> state) => PaperBooks.Restore(this, _venue, state);

    /// <inheritdoc/>
    void IExecutionSink.Deliver(in ExecutionReport report)
    {
        Order? order = report.Kind == ExecutionKind.Filled ? Engine.Orders.Find(report.Order) : null;
        Engine.Process(in report);
        if (report.Kind is ExecutionKind.Filled or ExecutionKind.Liquidated)
        {
            Filled?.Invoke(order, in report);
        }
    }
}
