using Harrier.Domain;

namespace Harrier.Features;

/// <summary>A closed bar as features take it that look at more than prices: when it could be known, and what its takers did.</summary>
/// <param name="Values">Prices, volume and start of the bar.</param>
/// <param name="CloseTime">When the bar was complete; nothing that was computed with it may be known before.</param>
/// <param name="TakerBuyVolume">Volume bought by takers in base currency; NaN when the source does not say.</param>
public readonly record struct ClosedBar(Ohlcv Values, Timestamp CloseTime, double TakerBuyVolume = double.NaN)
{
    /// <summary>A bar of the engine with its values in floating point.</summary>
    /// <param name="bar">The bar.</param>
    /// <param name="values">The same bar in floating point.</param>
    public static ClosedBar From(in Bar bar, in Ohlcv values) => new(values, bar.CloseTime, bar.TakerBuyVolume);

    /// <summary>A bar of an instrument.</summary>
    /// <param name="bar">The bar, on the grid of <paramref name="instrument"/>.</param>
    /// <param name="instrument">Whose bar it is.</param>
    public static ClosedBar From(in Bar bar, Instrument instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        Ohlcv values = new(
            instrument.ToDouble(bar.Open),
            instrument.ToDouble(bar.High),
            instrument.ToDouble(bar.Low),
            instrument.ToDouble(bar.Close),
            bar.Volume,
            bar.OpenTime);
        return From(in bar, in values);
    }

    /// <summary>First price.</summary>
    public double Open => Values.Open;

    /// <summary>Highest price.</summary>
    public double High => Values.High;

    /// <summary>Lowest price.</summary>
    public double Low => Values.Low;

    /// <summary>Last price.</summary>
    public double Close => Values.Close;

    /// <summary>Traded volume in base currency.</summary>
    public double Volume => Values.Volume;

    /// <summary>Start of the bar.</summary>
    public Timestamp OpenTime => Values.OpenTime;

    /// <summary>Highest less lowest price.</summary>
    public double Range => High - Low;
}
