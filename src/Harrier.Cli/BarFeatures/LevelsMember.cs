using Harrier.Cli.Microstructure;
using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Features.Levels;

namespace Harrier.Cli.BarFeatures;

/// <summary>A line with the nearest levels at each bar.</summary>
internal sealed class LevelsMember : FeatureMember
{
    private LevelDetector _levels = null!;
    private LevelQualitySettings _quality = null!;

    /// <inheritdoc/>
    public override void Start(FeatureSet features, Instrument instrument)
    {
        _levels = features.Levels(instrument.Id);
        _quality = new LevelQualitySettings { TickSize = (double)instrument.Definition.TickSize };
    }

    /// <inheritdoc/>
    public override void OnBar(in Bar bar, in Ohlcv values, FeatureLines lines)
    {
        LevelQuality? support = Assess(_levels.Nearest(LevelKind.Support, values.Close));
        LevelQuality? resistance = Assess(_levels.Nearest(LevelKind.Resistance, values.Close));
        lines.Write(
            bar.OpenTime,
            "levels",
            ("known_at", bar.CloseTime.ToString()),
            ("close", values.Close),
            ("atr", JsonNumber.OrNull(_levels.Atr)),
            ("levels", _levels.Levels.Count),
            ("support", support?.Level.Price),
            ("support_touches", support?.Level.Touches),
            ("support_strength", support?.Level.Strength),
            ("support_score", support?.Score),
            ("support_approach_ok", support?.IsApproachedWell),
            ("resistance", resistance?.Level.Price),
            ("resistance_touches", resistance?.Level.Touches),
            ("resistance_strength", resistance?.Level.Strength),
            ("resistance_score", resistance?.Score),
            ("resistance_approach_ok", resistance?.IsApproachedWell));
    }

    private LevelQuality? Assess(PriceLevel? level) => level is { } one ? _levels.Assess(in one, _quality) : null;
}
