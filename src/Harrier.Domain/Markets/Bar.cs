using System.Runtime.InteropServices;

namespace Harrier.Domain;

/// <summary>
/// One closed bar of one instrument, 88 bytes, the same in memory and in the journal. Prices are on the instrument's grid;
/// volumes are statistics of the venue, not orders, and stay floating point.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct Bar
{
    /// <summary>Start of the bar.</summary>
    public required Timestamp OpenTime { get; init; }

    /// <summary>First price.</summary>
    public required PriceTicks Open { get; init; }

    /// <summary>Highest price.</summary>
    public required PriceTicks High { get; init; }

    /// <summary>Lowest price.</summary>
    public required PriceTicks Low { get; init; }

    /// <summary>Last price.</summary>
    public required PriceTicks Close { get; init; }

    /// <summary>Traded volume in base currency.</summary>
    public double Volume { get; init; }

    /// <summary>Traded volume in quote currency; NaN when the source does not say.</summary>
    public double QuoteVolume { get; init; }

    /// <summary>Volume bought by takers in base currency; NaN when the source does not say.</summary>
    public double TakerBuyVolume { get; init; }

    /// <summary>What series the bar belongs to.</summary>
    public required BarSpec Spec { get; init; }

    /// <summary>Number of trades; -1 when the source does not say.</summary>
    public int TradeCount { get; init; }

    /// <summary>Which instrument.</summary>
    public required InstrumentId Instrument { get; init; }

    /// <summary>The instant at which the bar is complete and may be known to a strategy.</summary>
    public Timestamp CloseTime => new(OpenTime.Nanos + Spec.IntervalNanos);
}
