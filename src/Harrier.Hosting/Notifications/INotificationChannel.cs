namespace Harrier.Hosting.Notifications;

/// <summary>A way to people or programs outside. Calls come one after the other.</summary>
public interface INotificationChannel : IDisposable
{
    /// <summary>How many notifications may go in one message.</summary>
    int MostTogether { get; }

    /// <summary>Shortest time between two messages.</summary>
    TimeSpan Spacing { get; }

    /// <summary>Sends one message.</summary>
    /// <param name="message">What to send.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>What became of it; faults of the network are no exceptions.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> came first.</exception>
    Task<Delivery> SendAsync(ChannelMessage message, CancellationToken stop);
}

/// <summary>One message of a channel, in the channel's language.</summary>
/// <param name="Notifications">What it tells, in the order in which it happened; at least one.</param>
/// <param name="Texts">The text of each.</param>
/// <param name="Also">A line about what was left out; null for none.</param>
public sealed record ChannelMessage(IReadOnlyList<Notification> Notifications, IReadOnlyList<string> Texts, string? Also)
{
    /// <summary>All of it as one text.</summary>
    public string Text => string.Join('\n', Also is null ? Texts : [.. Texts, Also]);
}
