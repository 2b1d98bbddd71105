namespace Harrier.Hosting.Notifications;

/// <summary>What a channel is told, and how often.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kinds">What it is told.</param>
/// <param name="Language">In which language.</param>
public sealed record ChannelOptions(string Name, IReadOnlyList<NotificationKind> Kinds, Language Language)
{
    /// <summary>Most messages a minute; what waits goes together in one.</summary>
    /// <value>20.</value>
    public int PerMinute { get; init; } = 20;

    /// <summary>How many notifications may wait; beyond, the oldest are left out.</summary>
    /// <value>500.</value>
    public int Capacity { get; init; } = 500;

    /// <summary>How long notifications of one topic are counted after one was told.</summary>
    /// <value>60 seconds.</value>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(60);
}
