using Harrier.Domain;
using Harrier.Storage.Market;

namespace Harrier.Storage.Collection;

/// <summary>What is to be collected.</summary>
public sealed record CollectRequest
{
    /// <summary>What the rows are.</summary>
    public SeriesKind Kind { get; init; } = SeriesKind.Bars;

    /// <summary>The venue's symbols, each once.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>Length of the bars; of no meaning for other rows.</summary>
    public BarSpec Interval { get; init; }

    /// <summary>The time that is wanted.</summary>
    public CollectPeriod Period { get; init; } = new();

    /// <summary>Whether files of whole months are used.</summary>
    public BulkUse Bulk { get; init; }

    /// <summary>Symbols that are collected at the same time, at least 1.</summary>
    public int Concurrency { get; init; } = 4;
}
