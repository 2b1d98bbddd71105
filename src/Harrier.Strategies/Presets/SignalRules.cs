using System.ComponentModel.DataAnnotations;

namespace Harrier.Strategies.Presets;

/// <summary>When a breakout, a retest or a wall gives a signal.</summary>
public sealed record SignalRules
{
    /// <summary>A limit order before the level stands so far from it, in bps.</summary>
    [Range(0, 100)]
    public double PrelevelLimitOffsetBps { get; init; } = 2;

    /// <summary>A wall in the way is entered upon when so much of it is eaten, 0..1.</summary>
    [Range(0.51, 0.99)]
    public double EnterOnDensityEatRatio { get; init; } = 0.75;

    /// <summary>A retest needs so much of the last hour's mean of trades a minute.</summary>
    [Range(0, 10)]
    public double TpmOnTouchFrac { get; init; } = 0.7;

    /// <summary>Volume of a breakout bar over the median of those before.</summary>
    [Range(0, 100)]
    public double MomentumVolumeMultiplier { get; init; } = 1.5;

    /// <summary>Body of a breakout bar over its range, 0..1.</summary>
    [Range(0, 1)]
    public double MomentumBodyRatioMin { get; init; } = 0.35;

    /// <summary>How far beyond the level a breakout closes, as a fraction of it.</summary>
    [Range(0, 0.1)]
    public double MomentumEpsilon { get; init; } = 0.0015;

    /// <summary>How far a retest may pierce the level, as a fraction of it.</summary>
    [Range(0, 0.1)]
    public double RetestPierceTolerance { get; init; } = 0.002;

    /// <summary>The same in ATR.</summary>
    [Range(0, 10)]
    public double RetestMaxPierceAtr { get; init; } = 0.4;

    /// <summary>Smallest imbalance of the book towards the side of the signal, 0..1.</summary>
    [Range(0, 1)]
    public double L2ImbalanceThreshold { get; init; } = 0.18;

    /// <summary>Largest distance from VWAP, in ATR.</summary>
    [Range(0, 100)]
    public double VwapGapMaxAtr { get; init; } = 2.2;
}
