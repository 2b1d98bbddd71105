using Harrier.Domain;

namespace Harrier.Hosting.Notifications;

/// <summary>Something to be told, in no language yet.</summary>
public sealed record Notification
{
    /// <summary>What it is known by: the same for every channel and every attempt, so that a receiver sees duplicates.</summary>
    public string Id { get; init; } = "";

    /// <summary>What it is about.</summary>
    public required NotificationKind Kind { get; init; }

    /// <summary>When it happened.</summary>
    public required Timestamp Time { get; init; }

    /// <summary>What repeats have in common: those of one topic that follow each other soon are counted, and told once; null for one that is always told.</summary>
    public string? Topic { get; init; }

    /// <summary>The lines.</summary>
    public required IReadOnlyList<LocalText> Lines { get; init; }

    /// <summary>The event as one JSON object, for programs; null where there is none.</summary>
    public string? Json { get; init; }

    /// <summary>Name of a channel that it is not for, because it is about that channel.</summary>
    public string? NotFor { get; init; }

    /// <summary>How many more like it came since; they are not told one by one.</summary>
    public int Repeats { get; init; }
}
