namespace Harrier.Storage.Bars;

/// <summary>One row as read, before it is known to be a bar. Prices and volume keep the decimals of the text.</summary>
internal struct BarRow
{
    /// <summary>Open time in nanoseconds since 1970.</summary>
    public long Time;

    /// <summary>First price.</summary>
    public DecimalDigits Open;

    /// <summary>Highest price.</summary>
    public DecimalDigits High;

    /// <summary>Lowest price.</summary>
    public DecimalDigits Low;

    /// <summary>Last price.</summary>
    public DecimalDigits Close;

    /// <summary>Volume in base currency.</summary>
    public DecimalDigits Volume;

    /// <summary>Volume in quote currency; NaN when not given.</summary>
    public double QuoteVolume;

    /// <summary>Volume bought by takers in base currency; NaN when not given.</summary>
    public double TakerBuyVolume;

    /// <summary>Number of trades; -1 when not given.</summary>
    public int TradeCount;

    /// <summary>Line or element number from 1.</summary>
    public int Number;

    /// <summary>How the time was written.</summary>
    public TimeUnits Unit;

    /// <summary>A price or the volume is missing, NaN or infinite.</summary>
    public bool HasNoNumber;

    /// <summary>A row without optional values.</summary>
    public static BarRow Create(int number) => new() { Number = number, QuoteVolume = double.NaN, TakerBuyVolume = double.NaN, TradeCount = -1 };
}
