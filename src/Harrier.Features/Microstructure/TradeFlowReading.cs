namespace Harrier.Features.Microstructure;

/// <summary>What a tape says at an instant. Sizes in base currency; buys and sells are the taker's.</summary>
public readonly record struct TradeFlowReading
{
    /// <summary>Trades a minute over the last 10 seconds: 6 times their number.</summary>
    public double TradesPerMinute10s { get; init; }

    /// <summary>Trades a minute over the last 60 seconds: their number.</summary>
    public double TradesPerMinute60s { get; init; }

    /// <summary>Trades a second over the last 10 seconds.</summary>
    public double TradesPerSecond10s { get; init; }

    /// <summary>Number of buys over number of sells in 60 seconds. Without sells: 1 when there are buys, 0 when there are none.</summary>
    public double BuySellRatio60s { get; init; }

    /// <summary>The same of the volumes.</summary>
    public double BuySellVolumeRatio60s { get; init; }

    /// <summary>Bought less sold volume of 10 seconds.</summary>
    public double VolumeDelta10s { get; init; }

    /// <summary>Bought less sold volume of 60 seconds.</summary>
    public double VolumeDelta60s { get; init; }

    /// <summary>Bought less sold volume of 300 seconds.</summary>
    public double VolumeDelta300s { get; init; }

    /// <summary>Traded volume of 60 seconds.</summary>
    public double Volume60s { get; init; }

    /// <summary>Cumulative volume delta of the UTC day.</summary>
    public double SessionDelta { get; init; }

    /// <summary>Cumulative volume delta since the tape began.</summary>
    public double CumulativeDelta { get; init; }
}

/// <summary>Time from a trade at the venue to its arrival here, by two clocks that need not agree.</summary>
/// <param name="Average">Exponentially weighted, each trade with 1/16.</param>
/// <param name="P50">Median of 300 seconds.</param>
/// <param name="P99">99th percentile of 300 seconds.</param>
public readonly record struct TradeLatency(TimeSpan Average, TimeSpan P50, TimeSpan P99);
