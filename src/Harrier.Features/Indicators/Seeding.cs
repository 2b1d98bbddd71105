namespace Harrier.Features.Indicators;

/// <summary>Where an exponential average starts.</summary>
public enum Seeding
{
    /// <summary>Mean of the first n values, first output at the n-th (TA-Lib).</summary>
    SimpleMean,

    /// <summary>The first value itself, first output at once (pandas <c>ewm(adjust=False)</c>).</summary>
    FirstValue,
}
