namespace Harrier.Features.Indicators;

/// <summary>How an average follows its input.</summary>
public enum Smoothing
{
    /// <summary>Exponential with weight 1/n on the newest value (Wilder, 1978); TA-Lib's choice for RSI, ATR and ADX.</summary>
    Wilder,

    /// <summary>Plain mean of the last n values; with RSI this is Cutler's variant.</summary>
    Simple,

    /// <summary>Exponential with weight 2/(n+1) on the newest value.</summary>
    Exponential,
}
