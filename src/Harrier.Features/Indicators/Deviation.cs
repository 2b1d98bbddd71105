namespace Harrier.Features.Indicators;

/// <summary>What the sum of squared deviations of n values is divided by.</summary>
public enum Deviation
{
    /// <summary>By n: the window is all there is (TA-Lib).</summary>
    Population,

    /// <summary>By n - 1: the window is a sample (pandas, and the original mean-reversion strategy).</summary>
    Sample,
}
