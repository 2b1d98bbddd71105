namespace Harrier.Features.OrderFlow;

/// <summary>Mean delta over mean volume of the last bars, in words. With a threshold of 0.3: above 0.1, 0.3 and 0.5, and mirrored.</summary>
public enum FlowImbalance
{
    /// <summary>Below -0.5.</summary>
    ExtremeSelling = -3,

    /// <summary>Below -0.3.</summary>
    StrongSelling = -2,

    /// <summary>Below -0.1.</summary>
    Selling = -1,

    /// <summary>Neither, or too few bars.</summary>
    Neutral = 0,

    /// <summary>Above 0.1.</summary>
    Buying = 1,

    /// <summary>Above 0.3.</summary>
    StrongBuying = 2,

    /// <summary>Above 0.5.</summary>
    ExtremeBuying = 3,
}
