namespace Harrier.Features.Indicators;

/// <summary>Where the fast average of a pair starts; the two ways differ for about a hundred bars.</summary>
public enum FastSeed
{
    /// <summary>With the mean of its own first values (TA-Lib's APO and PPO).</summary>
    OwnStart,

    /// <summary>With the mean of the values that end where the slow average's seed ends (TA-Lib's MACD).</summary>
    WithSlow,
}
