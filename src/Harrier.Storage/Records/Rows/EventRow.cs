using Harrier.Domain;

namespace Harrier.Storage.Records.Rows;

/// <summary>Something that happened, for people.</summary>
public sealed record EventRow
{
    /// <summary>The account.</summary>
    public string Account { get; init; } = "";

    /// <summary>When.</summary>
    public Timestamp Time { get; init; }

    /// <summary>The bot; null when it concerns the account.</summary>
    public string? Bot { get; init; }

    /// <summary>What kind: <c>state</c>, <c>note</c>, ...</summary>
    public required string Kind { get; init; }

    /// <summary>The line.</summary>
    public required string Text { get; init; }
}
