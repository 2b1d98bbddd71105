using Harrier.Domain;

namespace Harrier.Features;

/// <summary>What a model thinks of an instrument, from a strong sale to a strong purchase.</summary>
public enum Recommendation : sbyte
{
    /// <summary>Told as <c>strong_sell</c>: nothing is bought.</summary>
    StrongSell = -2,

    /// <summary>Told as <c>sell</c>.</summary>
    Sell = -1,

    /// <summary>The model has no opinion, or is not ready.</summary>
    None = 0,

    /// <summary>Told as <c>buy</c>.</summary>
    Buy = 1,

    /// <summary>Told as <c>strong_buy</c>: nothing is sold short.</summary>
    StrongBuy = 2,
}

/// <summary>
/// A model that is asked before an entry (guide 002). What it answers must follow from what the engine has handled, so that a replay asks and hears the same.
/// </summary>
public interface IPredictor
{
    /// <summary>What it thinks now.</summary>
    /// <param name="instrument">Of which instrument.</param>
    /// <param name="now">When.</param>
    Recommendation Recommend(InstrumentId instrument, Timestamp now);
}
