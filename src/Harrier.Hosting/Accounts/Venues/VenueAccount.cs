using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;

namespace Harrier.Hosting.Accounts.Venues;

/// <summary>
/// An engine whose orders go to a venue. The venue is the truth: what it reports of orders are inputs as bars are, and a replay sends nothing.
/// </summary>
public sealed class VenueAccount : TradingAccount
{
    private readonly VenueMemory _memory;
    private readonly OrderGate _gate;

    /// <summary>An account before its first input; it sends nothing before <see cref="Open"/>.</summary>
    /// <param name="plan">What it is made of.</param>
    /// <param name="journal">Folder for the journal of its inputs and decisions: empty, or not there yet.</param>
    /// <exception cref="IOException">The journal cannot be begun.</exception>
    public VenueAccount(AccountPlan plan, string journal)
        : this(plan ?? throw new ArgumentNullException(nameof(plan)), new VenueMemory(journal, plan))
    {
    }

    private VenueAccount(AccountPlan plan, VenueMemory memory)
        : this(plan, memory, new OrderGate(memory))
    {
    }

    private VenueAccount(AccountPlan plan, VenueMemory memory, OrderGate gate)
        : base(plan, gate, memory) => (_memory, _gate) = (memory, gate);

    /// <inheritdoc/>
    public override Exception? JournalFailure => _memory.Failure;

    /// <summary>Sends orders from now on.</summary>
    public void Open(IVenue venue) => _gate.Open(venue);

    /// <inheritdoc/>
    public override void Handle(in MarketEvent marketEvent)
    {
        Engine.Process(in marketEvent);
        TellRefused();
    }

    /// <inheritdoc/>
    public override void Settle() => _memory.Settle();

    /// <inheritdoc/>
    public override void Handle(in Bar bar)
    {
        Engine.Process(in bar);
        TellRefused();
    }

    /// <inheritdoc/>
    public override void Handle(in AccountReport report) => Engine.Process(in report);

    /// <inheritdoc/>
    public override void Handle(in FeedFault fault) => Engine.Process(in fault);

    /// <inheritdoc/>
    public override void Handle(in OperatorCommand command)
    {
        Engine.Process(in command);
        NoteOrder(in command);
        TellRefused();
    }

    /// <inheritdoc/>
    public override void Handle(in Heartbeat heartbeat)
    {
        Engine.Process(in heartbeat);
        TellRefused();
    }

    /// <inheritdoc/>
    public override void Succeed(TradingAccount before, Succession succession)
    {
        ArgumentNullException.ThrowIfNull(before);
        Engine.Succeed(before.Engine, succession);
    }

    /// <inheritdoc/>
    public override bool TryHandle(in ExecutionReport report)
    {
        Order? order = Engine.Orders.Find(report.Order);
        int unmatched = Engine.Orders.Unmatched;
        Engine.Process(in report);
        bool isFill = report.Kind is ExecutionKind.Filled or ExecutionKind.Liquidated or ExecutionKind.Adjusted;
        if (isFill && Engine.Orders.Unmatched == unmatched)
        {
            Filled?.Invoke(order, in report);
        }

        TellRefused();
        return true;
    }

    /// <summary>A replay has nothing to compare the books with: the venue is not there.</summary>
    public override IReadOnlyList<string> Differences() => [];

    /// <inheritdoc/>
    public override byte[] Save() => Engine.Save();

    /// <inheritdoc/>
    public override void Restore(ReadOnlySpan<byte> state) => Engine.Restore(state);

    // Happens only without a journal, so that no replay ever misses it.
    private void TellRefused()
    {
        while (_gate.TryTakeRefused(out ClientOrderId order))
        {
            Timestamp now = Engine.Time.Now;
            Engine.Process(new ExecutionReport { Kind = ExecutionKind.Rejected, Order = order, Reason = RejectReason.NotSupported, Time = now, ReceivedTime = now });
        }
    }
}
