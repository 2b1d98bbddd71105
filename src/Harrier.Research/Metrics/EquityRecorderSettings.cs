using Harrier.Domain;

namespace Harrier.Research.Metrics;

/// <summary>What an <see cref="EquityRecorder"/> must know before the first bar.</summary>
public sealed record EquityRecorderSettings
{
    /// <summary>Account value before the first bar in the numeraire, above 0; the first peak of the drawdown.</summary>
    public required decimal InitialEquity { get; init; }

    /// <summary>Open time of the first bar; the instant of the initial equity.</summary>
    public required Timestamp Start { get; init; }

    /// <summary>Expected close time of the last bar. Only sizes memory: later bars are taken as well.</summary>
    public required Timestamp End { get; init; }

    /// <summary>Expected number of bar groups, that is of calls to <see cref="EquityRecorder.Observe"/>; decides how dense the stored curve is.</summary>
    public required long ExpectedBars { get; init; }

    /// <summary>False stores no curve at all: what an optimisation with thousands of runs wants.</summary>
    /// <value>True.</value>
    public bool KeepsCurve { get; init; } = true;
}
