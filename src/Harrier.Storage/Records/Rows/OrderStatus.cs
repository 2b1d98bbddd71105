namespace Harrier.Storage.Records.Rows;

/// <summary>How an order stands, in the words of the records.</summary>
public static class OrderStatus
{
    /// <summary>Handed to the venue, nothing heard yet.</summary>
    public const string Sent = "sent";

    /// <summary>The venue has it.</summary>
    public const string Accepted = "accepted";

    /// <summary>The answer to its sending was lost: it may or may not exist.</summary>
    public const string Unknown = "unknown";

    /// <summary>Unknown for so long that a person was told.</summary>
    public const string Escalated = "escalated";

    /// <summary>Some of it traded, and the rest works.</summary>
    public const string PartlyFilled = "partly_filled";

    /// <summary>All of it traded. Final.</summary>
    public const string Filled = "filled";

    /// <summary>Canceled, with what had traded until then. Final.</summary>
    public const string Canceled = "canceled";

    /// <summary>Its time in force ended it. Final.</summary>
    public const string Expired = "expired";

    /// <summary>The venue refused it. Final.</summary>
    public const string Rejected = "rejected";

    /// <summary>A gate of ours refused it; the venue never saw it. Final.</summary>
    public const string Denied = "denied";

    /// <summary>True for a status that only a fill that was told late can change.</summary>
    public static bool IsFinal(string status) => status is Filled or Canceled or Expired or Rejected or Denied;
}
