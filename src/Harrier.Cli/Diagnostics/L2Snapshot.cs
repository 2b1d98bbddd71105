using Harrier.Domain;
using Harrier.Features.Microstructure;

namespace Harrier.Cli.Diagnostics;

/// <summary>What a view of <c>diag-l2</c> shows at a moment.</summary>
internal sealed record L2Snapshot
{
    /// <value>When.</value>
    public required Timestamp Time { get; init; }

    /// <value>What is traded, with its grid.</value>
    public required Instrument Instrument { get; init; }

    /// <value>The best levels of the bids, best first; empty while the book cannot be read.</value>
    public required IReadOnlyList<BookLevel> Bids { get; init; }

    /// <value>The same of the asks.</value>
    public required IReadOnlyList<BookLevel> Asks { get; init; }

    /// <value>Distance of the best prices; null while the book cannot be read.</value>
    public required double? SpreadBps { get; init; }

    /// <value>Imbalance within 30 bps of mid.</value>
    public required double? Imbalance { get; init; }

    /// <value>The smallest size of a wall.</value>
    public required double? Threshold { get; init; }

    /// <value>The walls.</value>
    public required IReadOnlyList<Wall> Walls { get; init; }

    /// <value>The activity.</value>
    public required ActivityReading Activity { get; init; }

    /// <value>The tape.</value>
    public required TradeFlowReading Flow { get; init; }

    /// <value>True when the drop reaches the preset's threshold.</value>
    public required bool IsDropping { get; init; }
}
