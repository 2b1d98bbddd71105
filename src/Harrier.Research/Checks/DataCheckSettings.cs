namespace Harrier.Research.Checks;

/// <summary>When a data check fails. The defaults pass the recorded history of the large venues, exchange outages included.</summary>
public sealed record DataCheckSettings
{
    /// <summary>Largest share of missing bars that still passes, as a fraction.</summary>
    /// <value>0.005: an exchange that is down 44 hours a year.</value>
    public double MaxMissingShare { get; init; } = 0.005;

    /// <summary>A close-to-close move is an outlier above this many medians of absolute log returns.</summary>
    /// <value>20; a normal variable exceeds 8 medians (5.4 standard deviations) about once in fifteen million.</value>
    public double OutlierMedians { get; init; } = 20;

    /// <summary>No move below this is an outlier, however quiet the market was, as a log return.</summary>
    /// <value>0.05.</value>
    public double OutlierFloor { get; init; } = 0.05;

    /// <summary>Number of absolute returns before a bar that the median is taken over.</summary>
    /// <value>100; at least 20 are needed before a bar is judged.</value>
    public int OutlierWindow { get; init; } = 100;

    /// <summary>Share of an outlier that the next bar must take back to make it a wrong print, as a fraction.</summary>
    /// <value>0.8.</value>
    public double RevertedShare { get; init; } = 0.8;

    /// <summary>An outlier that comes back is no wrong print when its volume is above this many medians of the volumes before it.</summary>
    /// <value>3; the seven such moves in eight years of hourly bars of twelve large pairs at Binance had 6 to 260.</value>
    public double BackingVolume { get; init; } = 3;

    /// <summary>A high or low is reported when it is further from the body than this, as a log distance.</summary>
    /// <value>0.5.</value>
    public double WickDistance { get; init; } = 0.5;
}
