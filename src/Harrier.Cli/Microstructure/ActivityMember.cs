using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features.Microstructure;

namespace Harrier.Cli.Microstructure;

/// <summary>A line with the activity at each tick.</summary>
internal sealed class ActivityMember : FeatureMember
{
    private ActivityTracker _activity = null!;

    /// <inheritdoc/>
    public override void Start(FeatureSet features, Instrument instrument) => _activity = features.Activity(instrument.Id);

    /// <inheritdoc/>
    public override void OnTick(Timestamp now, FeatureLines lines)
    {
        ActivityReading reading = _activity.Reading;
        lines.Write(
            now,
            "activity",
            ("activity_index", reading.Index),
            ("tpm_60s_z", reading.TradesPerMinuteZ),
            ("tps_10s_z", reading.TradesPerSecondZ),
            ("vol_delta_z", reading.VolumeDeltaZ),
            ("drop_fraction", reading.DropFraction),
            ("is_dropping", reading.IsDropping),
            ("samples", reading.Samples));
    }
}
