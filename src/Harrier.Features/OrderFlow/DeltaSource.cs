namespace Harrier.Features.OrderFlow;

/// <summary>Where the delta of a bar comes from, best first.</summary>
public enum DeltaSource
{
    /// <summary>Its trades, one by one, by their aggressor.</summary>
    Tape,

    /// <summary>The venue's taker-buy volume: 2 * taker buys - volume.</summary>
    TakerBuyVolume,

    /// <summary>A guess from open, high, low, close and volume: better than nothing, and no measurement.</summary>
    BarEstimate,
}
