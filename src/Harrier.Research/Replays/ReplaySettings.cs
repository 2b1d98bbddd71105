using Harrier.Simulation.Books;

namespace Harrier.Research.Replays;

/// <summary>How a run on recorded trades and books is played, besides what every backtest assumes.</summary>
public sealed record ReplaySettings
{
    /// <summary>How orders travel, queue and fill.</summary>
    public BookFillOptions Fills { get; init; } = new();

    /// <summary>From the venue to us for market events, in milliseconds; null for what the recording says.</summary>
    /// <value>null: as recorded.</value>
    public double? FeedMilliseconds { get; init; }
}
