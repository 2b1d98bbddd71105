namespace Harrier.Simulation.Fills;

/// <summary>In which order the prices inside a bar are assumed to have come.</summary>
public enum PathModel : byte
{
    /// <summary>
    /// Against the position first: a stop and a target in one bar are a stop. After an entry inside a bar only what is certain to come
    /// after it, and what would hurt, is assumed to happen.
    /// </summary>
    Pessimistic = 0,

    /// <summary>In favor of the position first: the upper bound of what the bars allow.</summary>
    Optimistic = 1,

    /// <summary>High or low first by a seeded coin per bar.</summary>
    Random = 2,

    /// <summary>The extreme nearer to the open first.</summary>
    Nearest = 3,

    /// <summary>Always open, high, low, close.</summary>
    HighFirst = 4,
}

/// <summary>When a resting limit order counts as filled.</summary>
public enum LimitFillRule : byte
{
    /// <summary>The price traded through it by at least one tick: a touch may have been filled for those ahead in the queue only.</summary>
    TradeThrough = 0,

    /// <summary>The price touched it.</summary>
    Touch = 1,
}

/// <summary>How fills are simulated on bars. Every value is printed with the result.</summary>
public sealed record FillOptions
{
    /// <summary>Fee of an order that rested, as a fraction; negative for a rebate.</summary>
    /// <value>0.001, 10 bps.</value>
    public decimal MakerFeeRate { get; init; } = 0.001m;

    /// <summary>Fee of an order that took, as a fraction.</summary>
    /// <value>0.001, 10 bps.</value>
    public decimal TakerFeeRate { get; init; } = 0.001m;

    /// <summary>What taking costs beyond the price seen.</summary>
    /// <value>5 bps.</value>
    public SlippageModel Slippage { get; init; } = new FixedSlippage(5);

    /// <summary>Order of prices inside a bar.</summary>
    /// <value>Pessimistic.</value>
    public PathModel Path { get; init; }

    /// <summary>When a resting limit order counts as filled.</summary>
    /// <value>Traded through by a tick.</value>
    public LimitFillRule LimitRule { get; init; }

    /// <summary>Largest part of a bar's volume that our orders may take, above 0 and at most 1; null does not limit.</summary>
    /// <value>0.25.</value>
    public double? MaxVolumeShare { get; init; } = 0.25;

    /// <summary>Position value over margin on contracts, 1 or more.</summary>
    /// <value>1.</value>
    public decimal Leverage { get; init; } = 1m;

    /// <summary>Seed of the coin of <see cref="PathModel.Random"/>.</summary>
    public long Seed { get; init; }
}
