using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Simulation.Books;
using Harrier.Simulation.Fills;

namespace Harrier.Hosting.Accounts;

/// <summary>
/// An engine that hears every trade, and every change of the book where the settings say so, and a simulated venue that fills its orders against these. Orders and
/// reports travel for as long as the settings say: an order decided now meets the market of then. What comes due is handled with the next input, so that the whole
/// state is a function of the inputs alone, which are journaled before they are handled. Belongs to one thread at a time.
/// </summary>
public sealed class BookPaperAccount : TradingAccount, IExecutionSink
{
    private readonly PaperMemory _memory;
    private readonly BookFillSimulator _venue;

    /// <summary>An account before its first input.</summary>
    /// <param name="plan">What it is made of.</param>
    /// <param name="journal">Folder for the journal of its inputs and decisions: empty, or not there yet.</param>
    /// <exception cref="IOException">The journal cannot be begun.</exception>
    public BookPaperAccount(AccountPlan plan, string journal)
        : this(plan ?? throw new ArgumentNullException(nameof(plan)), plan.NewBookVenue(), new PaperMemory(journal, plan.Identity))
    {
    }

    private BookPaperAccount(AccountPlan plan, BookFillSimulator venue, PaperMemory memory)
        : base(plan, venue, memory) => (_venue, _memory) = (venue, memory);

    /// <inheritdoc/>
    public override void Handle(in MarketEvent marketEvent)
    {
        _memory.Announce(in marketEvent);
        long now = Latest(marketEvent.ReceivedTime.Nanos);

        // What happens at one instant happens at the venue first: we are never ahead of the market.
        _venue.PassTo(now - 1, this);
        _venue.Apply(in marketEvent, now);
        Reach(now, marketEvent.ReceivedTime.Nanos - marketEvent.ExchangeTime.Nanos);
        Engine.Process(in marketEvent);
    }

    /// <summary>Handles a closed bar, which only the strategies see: its trades have met the orders already.</summary>
    public override void Handle(in Bar bar)
    {
        _memory.Announce(in bar);
        Reach(bar.CloseTime.Nanos);
        Engine.Process(in bar);
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
        _memory.Announce(in fault);
        long now = Latest(fault.Time.Nanos);
        _venue.PassTo(now - 1, this);
        _venue.Fail(fault.Instrument, now);
        Reach(now);
        Engine.Process(in fault);
    }

    /// <inheritdoc/>
    public override void Handle(in OperatorCommand command)
    {
        _memory.Announce(in command);
        Reach(command.Time.Nanos);
        Engine.Process(in command);
        NoteOrder(in command);
    }

    /// <inheritdoc/>
    public override void Handle(in Heartbeat heartbeat)
    {
        _memory.Announce(in heartbeat);
        Reach(heartbeat.Time.Nanos);
        Engine.Process(in heartbeat);
    }

    /// <inheritdoc/>
    public override bool TryHandle(in ExecutionReport report) => false;

    /// <inheritdoc/>
    public override void Succeed(TradingAccount before, Succession succession)
    {
        BookPaperAccount last = (BookPaperAccount)before;
        Engine.Succeed(last.Engine, succession);
        _venue.Succeed(last._venue, Engine.Orders);
    }

    /// <inheritdoc/>
    public override void Settle() => _memory.Settle();

    /// <summary>Where the books of the engine and those of the simulated venue say different things. While reports are on their way the venue's are ahead, and nothing can be said.</summary>
    /// <returns>One line for each difference; none when all is well.</returns>
    public override IReadOnlyList<string> Differences() => _venue.IsAhead ? [] : PaperBooks.Differences(this, _venue);

    /// <inheritdoc/>
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
            _memory.Settle();
            Filled?.Invoke(order, in report);
        }
    }

    // Inputs come in their order, which clocks of several sources need not follow.
    private long Latest(long instant) => Math.Max(_venue.EngineTime.Nanos, instant);

    // All that is on its way until then arrives, and the engine is about to handle something then.
    private void Reach(long instant, long? feedNanos = null)
    {
        long now = Latest(instant);
        _venue.PassTo(now, this);
        _venue.EngineIsAt(now, feedNanos);
    }
}
