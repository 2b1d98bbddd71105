using Harrier.Domain;

namespace Harrier.Features;

/// <summary>A bar in floating point: what indicators compute on. Prices in quote currency, volume in base currency.</summary>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Traded volume.</param>
/// <param name="OpenTime">Start of the bar; indicators with a session need it, the others ignore it.</param>
public readonly record struct Ohlcv(double Open, double High, double Low, double Close, double Volume, Timestamp OpenTime = default)
{
    /// <summary>(High + low + close) / 3.</summary>
    public double TypicalPrice => (High + Low + Close) / 3;
}
