using Harrier.Domain;
using Harrier.Engine.Journal;
using Harrier.Engine.Risk;

namespace Harrier.Engine.Execution;

/// <summary>The life of one order, from sending to its terminal state.</summary>
public sealed class Order
{
    internal Order(ApprovedOrder approved, Timestamp submittedAt)
    {
        Approved = approved;
        SubmittedAt = submittedAt;
    }

    /// <summary>What was sent.</summary>
    public ApprovedOrder Approved { get; }

    /// <summary>Our id.</summary>
    public ClientOrderId Id => Approved.Id;

    /// <summary>Whose order.</summary>
    public BotId Bot => Approved.Bot;

    /// <summary>What to do.</summary>
    public ref readonly OrderIntent Intent => ref Approved.Intent;

    /// <summary>When it was sent.</summary>
    public Timestamp SubmittedAt { get; }

    /// <summary>Where it stands.</summary>
    public OrderState State { get; private set; }

    /// <summary>What has traded so far.</summary>
    public SizeLots Executed { get; private set; }

    /// <summary>What has not traded.</summary>
    public SizeLots Remaining => Intent.Size - Executed;

    /// <summary>True until a terminal state.</summary>
    public bool IsWorking => !OrderStates.IsTerminal(State);

    /// <summary>True once we asked to cancel it, whatever its state.</summary>
    public bool IsCancelAsked { get; private set; }

    /// <summary>Funds still held back for this order, in <see cref="LockedAssetIndex"/>.</summary>
    internal decimal Locked { get; set; }

    /// <summary>Index of the held asset in the ledger.</summary>
    internal int LockedAssetIndex { get; set; }

    internal void MoveTo(OrderState state)
    {
        Invariant.That(OrderStates.MayMove(State, state), $"order {Id} may go from {State} to {state}");
        State = state;
    }

    // An order of which nobody knows whether it exists stays so until the venue shows it.
    internal void AskCancel()
    {
        IsCancelAsked = true;
        if (!OrderStates.IsDoubtful(State))
        {
            MoveTo(OrderState.PendingCancel);
        }
    }

    internal void AddExecution(SizeLots size)
    {
        Invariant.That(size.Value > 0 && size <= Remaining, $"a fill of {size} lots fits the {Remaining} open lots of order {Id}");
        Executed += size;
        MoveTo(Remaining.IsZero ? OrderState.Filled : State == OrderState.PendingCancel ? OrderState.PendingCancel : OrderState.PartiallyFilled);
    }

    internal void HashInto(StateHash hash)
    {
        ref readonly OrderIntent intent = ref Intent;
        ulong terms = (uint)intent.Instrument.Index
            | ((ulong)intent.Side << 32) | ((ulong)intent.Type << 36) | ((ulong)intent.TimeInForce << 40)
            | (intent.ReduceOnly ? 1UL << 44 : 0) | (intent.PostOnly ? 1UL << 45 : 0) | ((ulong)intent.Purpose << 48);
        hash.Add((uint)Id.Sequence | ((long)Bot.Index << 32));
        hash.Add((long)terms);
        hash.Add(intent.Size.Value);
        hash.Add(intent.Limit.Value);
        hash.Add(intent.Trigger.Value);
        hash.Add(intent.TrailingDistance);
        hash.Add(SubmittedAt.Nanos);
    }

    internal static Order Restore(ref StateReader reader)
    {
        ClientOrderId id = reader.ReadRaw<ClientOrderId>();
        BotId bot = reader.ReadRaw<BotId>();
        OrderIntent intent = reader.ReadRaw<OrderIntent>();
        Order order = new(new ApprovedOrder(id, bot, in intent), reader.ReadTimestamp())
        {
            State = (OrderState)reader.ReadByte(),
            Executed = new SizeLots(reader.ReadInt64()),
            Locked = reader.ReadDecimal(),
            LockedAssetIndex = reader.ReadInt32(),
            IsCancelAsked = reader.ReadBoolean(),
        };
        return order;
    }

    internal void Save(ref StateWriter writer)
    {
        ClientOrderId id = Id;
        BotId bot = Bot;
        writer.WriteRaw(in id);
        writer.WriteRaw(in bot);
        writer.WriteRaw(in Intent);
        writer.Write(SubmittedAt);
        writer.Write((byte)State);
        writer.Write(Executed.Value);
        writer.Write(Locked);
        writer.Write(LockedAssetIndex);
        writer.Write(IsCancelAsked);
    }
}
