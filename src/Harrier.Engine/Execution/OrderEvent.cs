using Harrier.Domain;
using Harrier.Engine.Risk;

namespace Harrier.Engine.Execution;

/// <summary>What happened to an order, as told to its strategy.</summary>
public enum OrderEventKind : byte
{
    /// <summary>Our risk gate refused it; the venue never saw it.</summary>
    Denied = 0,

    /// <summary>The venue has it.</summary>
    Accepted = 1,

    /// <summary>It was canceled with a rest.</summary>
    Canceled = 2,

    /// <summary>Its time in force ended it.</summary>
    Expired = 3,

    /// <summary>The venue refused it.</summary>
    Rejected = 4,

    /// <summary>The answer to its sending was lost: it may or may not exist, and must not be sent again under another id.</summary>
    OutcomeUnknown = 5,

    /// <summary>As before, for so long that a person was told.</summary>
    Escalated = 6,
}

/// <summary>News about one order. Fills come as <see cref="Fill"/>, not as this.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Order">Our id; the default for a denied order, which never got one.</param>
/// <param name="Purpose">Why the order was placed.</param>
/// <param name="Denied">The gate's reason for <see cref="OrderEventKind.Denied"/>.</param>
/// <param name="Rejected">The venue's reason for <see cref="OrderEventKind.Rejected"/>.</param>
public readonly record struct OrderEvent(OrderEventKind Kind, ClientOrderId Order, OrderPurpose Purpose, DenyReason Denied, RejectReason Rejected);
