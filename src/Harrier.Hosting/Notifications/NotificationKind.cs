namespace Harrier.Hosting.Notifications;

/// <summary>What a notification is about; a channel has those that it is configured for.</summary>
public enum NotificationKind
{
    /// <summary>Each execution.</summary>
    Fills = 0,

    /// <summary>Each position that ended.</summary>
    Trades = 1,

    /// <summary>Bots that were paused, stopped, or go on.</summary>
    Bots = 2,

    /// <summary>Orders that a gate refused, and limits that come near.</summary>
    Risk = 3,

    /// <summary>Limits that were reached, and positions without their protection.</summary>
    Alerts = 4,

    /// <summary>Bots that failed, and channels that do not arrive.</summary>
    Errors = 5,

    /// <summary>Anything else.</summary>
    Notes = 6,

    /// <summary>What a day brought.</summary>
    Summary = 7,
}
