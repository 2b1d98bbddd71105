namespace Harrier.Features.Indicators;

/// <summary>Where on-balance volume starts; its level is arbitrary, only differences mean something.</summary>
public enum ObvStart
{
    /// <summary>At the first bar's volume (TA-Lib).</summary>
    FirstVolume,

    /// <summary>At 0.</summary>
    Zero,
}
