using Harrier.Domain;

namespace Harrier.Features.OrderFlow;

/// <summary>Taker buys less taker sells of one bar, in base currency.</summary>
/// <param name="Delta">Buys less sells.</param>
/// <param name="Volume">Traded volume of the bar.</param>
/// <param name="KnownAt">When the bar was complete.</param>
/// <param name="Index">Number of the bar, from 0.</param>
/// <param name="Source">Where it comes from.</param>
public readonly record struct BarDelta(double Delta, double Volume, Timestamp KnownAt, int Index, DeltaSource Source)
{
    /// <summary>What takers bought, in base currency.</summary>
    public double BuyVolume => (Volume + Delta) / 2;

    /// <summary>What takers sold, in base currency.</summary>
    public double SellVolume => (Volume - Delta) / 2;
}
