using Harrier.Domain;

namespace Harrier.Research.Metrics;

/// <summary>One fall of the account value below its highest value so far.</summary>
public sealed record Drawdown
{
    /// <summary>The fall as a fraction of the peak, above 0; above 1 when equity went below 0.</summary>
    public required double Depth { get; init; }

    /// <summary>The last bar at which equity stood at the peak; the start of the run when it fell at once.</summary>
    public required Timestamp Peak { get; init; }

    /// <summary>The bar of the lowest equity.</summary>
    public required Timestamp Trough { get; init; }

    /// <summary>The first bar back at the peak or above; null when the data ended under water.</summary>
    public Timestamp? Recovery { get; init; }

    /// <summary>The last bar of the run.</summary>
    public required Timestamp LastBar { get; init; }

    /// <summary>Days under water, with fractions: from peak to recovery, or to the last bar without one.</summary>
    public double Days => ((Recovery ?? LastBar) - Peak).TotalDays;
}
