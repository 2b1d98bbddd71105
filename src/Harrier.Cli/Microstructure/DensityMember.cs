using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features.Microstructure;

namespace Harrier.Cli.Microstructure;

/// <summary>A line when a wall is detected, eaten, refreshed or removed.</summary>
internal sealed class DensityMember : FeatureMember
{
    /// <inheritdoc/>
    public override void Start(FeatureSet features, Instrument instrument) => features.Density(instrument.Id);

    /// <inheritdoc/>
    public override void OnDensity(DensityDetector detector, in DensityEvent densityEvent, FeatureLines lines)
    {
        Wall wall = densityEvent.Wall;
        lines.Write(
            densityEvent.Time,
            "density",
            ("event", DensityWords.Of(densityEvent.Kind)),
            ("reason", DensityWords.Of(densityEvent.Reason)),
            ("side", wall.Side == OrderSide.Buy ? "bid" : "ask"),
            ("price", wall.Price),
            ("size", wall.Size),
            ("initial_size", wall.InitialSize),
            ("max_size", wall.MaxSize),
            ("strength", wall.Strength),
            ("threshold_ratio", wall.ThresholdRatio),
            ("eaten_ratio", wall.EatenRatio),
            ("consumed", wall.Consumed),
            ("threshold", detector.Threshold));
    }
}

/// <summary>The words for what happens to walls.</summary>
internal static class DensityWords
{
    /// <summary>What happened.</summary>
    public static string Of(DensityEventKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Why it was removed; null when it was not.</summary>
    public static string? Of(RemovalReason reason) => reason switch
    {
        RemovalReason.None => null,
        RemovalReason.OutOfRange => "out_of_range",
        _ => reason.ToString().ToLowerInvariant(),
    };
}
