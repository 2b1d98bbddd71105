using Harrier.Cli.Microstructure;
using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Features.OrderFlow;

namespace Harrier.Cli.BarFeatures;

/// <summary>A line with point of control and value area of the last bars at each bar; their volume is spread over their ranges.</summary>
internal sealed class VolumeProfileMember : FeatureMember
{
    private VolumeProfile _profile = null!;

    /// <inheritdoc/>
    public override void Start(FeatureSet features, Instrument instrument) => _profile = features.VolumeProfile(instrument.Id);

    /// <inheritdoc/>
    public override void OnBar(in Bar bar, in Ohlcv values, FeatureLines lines) => lines.Write(
        bar.OpenTime,
        "volumeprofile",
        ("known_at", bar.CloseTime.ToString()),
        ("poc", JsonNumber.OrNull(_profile.PointOfControl)),
        ("value_area_low", JsonNumber.OrNull(_profile.ValueAreaLow)),
        ("value_area_high", JsonNumber.OrNull(_profile.ValueAreaHigh)),
        ("value_area_share", JsonNumber.OrNull(_profile.ValueAreaShare)),
        ("row_height", JsonNumber.OrNull(_profile.RowHeight)));
}
