namespace Harrier.Strategies.Scanning;

/// <summary>What a scan knows of one market. What is not known is NaN: it neither passes a filter nor fails it.</summary>
public sealed record MarketFacts
{
    /// <summary>The symbol, as BTCUSDT.</summary>
    public required string Symbol { get; init; }

    /// <summary>Last close in quote currency.</summary>
    public double Close { get; init; } = double.NaN;

    /// <summary>Value traded in the last 24 hours, in quote currency.</summary>
    public double Volume24H { get; init; } = double.NaN;

    /// <summary>Value of all open contracts, in quote currency.</summary>
    public double OpenInterest { get; init; } = double.NaN;

    /// <summary>Its growth, as a fraction.</summary>
    public double OpenInterestDelta { get; init; } = double.NaN;

    /// <summary>Distance of best bid and ask in bps of their mean.</summary>
    public double SpreadBps { get; init; } = double.NaN;

    /// <summary>Value resting within 0.5 % of mid, of the thinner side, in quote currency.</summary>
    public double Depth05Pct { get; init; } = double.NaN;

    /// <summary>The same within 0.3 %.</summary>
    public double Depth03Pct { get; init; } = double.NaN;

    /// <summary>Trades a minute over the last hour.</summary>
    public double TradesPerMinute { get; init; } = double.NaN;

    /// <summary>Average true range of 14 bars over the close.</summary>
    public double AtrRange { get; init; } = double.NaN;

    /// <summary>Width of the Bollinger bands (20, 2), as a percentile of its last 100 values, 0 to 100.</summary>
    public double BandWidthPercentile { get; init; } = double.NaN;

    /// <summary>Volume of the last hour over the mean of the 24 hours before it.</summary>
    public double Surge1H { get; init; } = double.NaN;

    /// <summary>Volume of the last bar over the median of the 19 before it.</summary>
    public double Surge5M { get; init; } = double.NaN;

    /// <summary>Correlation of its returns with those of the leader, -1 to 1; NaN for the leader itself.</summary>
    public double LeaderCorrelation { get; init; } = double.NaN;

    /// <summary>Strength of its strongest level, 0 to 1.</summary>
    public double LevelStrength { get; init; } = double.NaN;
}
