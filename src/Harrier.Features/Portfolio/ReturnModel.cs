namespace Harrier.Features.Portfolio;

/// <summary>What the expected return of a pair is taken from.</summary>
public enum ReturnModel : byte
{
    /// <summary>The drift of the window goes on, as far as it stands out of the noise.</summary>
    Momentum = 0,

    /// <summary>The price goes back to the mean of the window.</summary>
    MeanReversion = 1,

    /// <summary>What a learned model says of the pair.</summary>
    Predictor = 2,
}
