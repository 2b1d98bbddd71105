namespace Harrier.Engine.Execution;

/// <summary>Where an order stands. Terminal states are final.</summary>
public enum OrderState : byte
{
    /// <summary>Handed to the venue, nothing heard yet.</summary>
    Submitted = 0,

    /// <summary>The venue has it.</summary>
    Accepted = 1,

    /// <summary>Some of it traded.</summary>
    PartiallyFilled = 2,

    /// <summary>We asked to cancel it, nothing heard yet.</summary>
    PendingCancel = 3,

    /// <summary>All of it traded. Terminal.</summary>
    Filled = 4,

    /// <summary>Canceled with a rest. Terminal.</summary>
    Canceled = 5,

    /// <summary>Its time in force ended it. Terminal.</summary>
    Expired = 6,

    /// <summary>The venue refused it. Terminal.</summary>
    Rejected = 7,

    /// <summary>The answer to its sending was lost: it may or may not exist.</summary>
    Unknown = 8,

    /// <summary>As <see cref="Unknown"/>, for so long that a person was told.</summary>
    Escalated = 9,
}

/// <summary>The allowed moves between order states.</summary>
public static class OrderStates
{
    // Bit n of row s is set when s may go to state n. Reports may be lost or reordered, so acceptance may be skipped.
    private static readonly ushort[] Allowed =
    [
        Bits(OrderState.Accepted, OrderState.PartiallyFilled, OrderState.PendingCancel, OrderState.Filled, OrderState.Canceled, OrderState.Expired, OrderState.Rejected, OrderState.Unknown),
        Bits(OrderState.Accepted, OrderState.PartiallyFilled, OrderState.PendingCancel, OrderState.Filled, OrderState.Canceled, OrderState.Expired, OrderState.Rejected),
        Bits(OrderState.PartiallyFilled, OrderState.PendingCancel, OrderState.Filled, OrderState.Canceled, OrderState.Expired),
        Bits(OrderState.PendingCancel, OrderState.PartiallyFilled, OrderState.Filled, OrderState.Canceled, OrderState.Expired, OrderState.Rejected, OrderState.Unknown),
        0,
        0,
        0,
        0,

        // A doubt ends with whatever the venue shows, or with the proof that there is nothing to show.
        Bits(OrderState.Accepted, OrderState.PartiallyFilled, OrderState.Filled, OrderState.Canceled, OrderState.Expired, OrderState.Rejected, OrderState.Escalated),
        Bits(OrderState.Accepted, OrderState.PartiallyFilled, OrderState.Filled, OrderState.Canceled, OrderState.Expired, OrderState.Rejected, OrderState.Unknown),
    ];

    /// <summary>True for states that nothing can leave.</summary>
    public static bool IsTerminal(OrderState state) => state is >= OrderState.Filled and <= OrderState.Rejected;

    /// <summary>True for states in which nobody knows whether the order exists.</summary>
    public static bool IsDoubtful(OrderState state) => state >= OrderState.Unknown;

    /// <summary>True when an order may go from one state to the other.</summary>
    public static bool MayMove(OrderState from, OrderState to) => (Allowed[(int)from] >> (int)to & 1) == 1;

    private static ushort Bits(params ReadOnlySpan<OrderState> states)
    {
        int bits = 0;
        foreach (OrderState state in states)
        {
            bits |= 1 << (int)state;
        }

        return (ushort)bits;
    }
}
