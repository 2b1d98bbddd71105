namespace Harrier.Hosting.Notifications;

/// <summary>What became of an attempt to deliver.</summary>
/// <param name="IsDone">True when the other side took it.</param>
/// <param name="Reason">Why it did not, in words without any secret; empty when it did.</param>
/// <param name="IsFinal">True when the same message would be refused again.</param>
/// <param name="RetryAfter">How long the other side wants to be left alone; null where it did not say.</param>
public sealed record Delivery(bool IsDone, string Reason, bool IsFinal, TimeSpan? RetryAfter = null)
{
    /// <summary>It was taken.</summary>
    public static Delivery Done { get; } = new(true, "", false);

    /// <summary>It failed, and may go well the next time.</summary>
    public static Delivery Failed(string reason, TimeSpan? retryAfter = null) => new(false, reason, false, retryAfter);

    /// <summary>It was refused for good.</summary>
    public static Delivery Refused(string reason) => new(false, reason, true);
}
