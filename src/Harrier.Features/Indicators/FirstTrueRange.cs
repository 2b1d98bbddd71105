namespace Harrier.Features.Indicators;

/// <summary>What the first bar, which has no previous close, contributes to a true range.</summary>
public enum FirstTrueRange
{
    /// <summary>Nothing: the first true range belongs to the second bar (TA-Lib).</summary>
    Skipped,

    /// <summary>Its own high minus low.</summary>
    HighLow,
}
