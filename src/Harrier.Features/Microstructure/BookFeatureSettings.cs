namespace Harrier.Features.Microstructure;

/// <summary>What <see cref="BookFeatures"/> remember.</summary>
public sealed record BookFeatureSettings
{
    /// <summary>Window of the order flow imbalance.</summary>
    /// <value>10 seconds.</value>
    public TimeSpan FlowWindow { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time between two depths of the history.</summary>
    /// <value>1 second.</value>
    public TimeSpan HistoryCadence { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many depths are kept.</summary>
    /// <value>300: five minutes.</value>
    public int HistoryLength { get; init; } = 300;

    /// <summary>Names the settings completely.</summary>
    public override string ToString() => FormattableString.Invariant($"{FlowWindow.TotalSeconds:R}:{HistoryCadence.TotalSeconds:R}:{HistoryLength}");
}
