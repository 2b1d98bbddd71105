namespace Harrier.Engine.Risk;

/// <summary>Limits of one account. There is no switch that turns them off; tests use wide ones.</summary>
public sealed record RiskLimits
{
    /// <summary>Largest value of one position in quote currency.</summary>
    /// <value>Practically unlimited.</value>
    public decimal MaxPositionNotional { get; init; } = 1_000_000_000_000m;

    /// <summary>Most orders working at once in the account; 1 or more.</summary>
    /// <value>200, what large venues allow per symbol.</value>
    public int MaxWorkingOrders { get; init; } = 200;

    /// <summary>Leverage on contracts: position value over margin; 1 or more.</summary>
    /// <value>1.</value>
    public decimal Leverage { get; init; } = 1m;

    /// <summary>Taker fee that orders are reserved with, as a fraction.</summary>
    /// <value>0.001, 10 bps.</value>
    public decimal TakerFeeRate { get; init; } = 0.001m;

    /// <summary>Slippage that sizing by risk expects at the stop, as a fraction.</summary>
    /// <value>0.0005, 5 bps.</value>
    public decimal ExpectedSlippage { get; init; } = 0.0005m;

    /// <summary>Lag of the engine behind the market above which orders are refused.</summary>
    /// <value>1 second.</value>
    public TimeSpan MaxEngineLag { get; init; } = TimeSpan.FromSeconds(1);
}
