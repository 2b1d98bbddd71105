using Harrier.Engine.Positions;

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

    /// <summary>Most positions of the account at once, those being opened included; 1 or more.</summary>
    /// <value>null: unlimited.</value>
    public int? MaxPositions { get; init; }

    /// <summary>Largest loss of a UTC day, open positions at the mark included, as a fraction of the equity at its beginning; above 0 and at most 1.</summary>
    /// <value>null: unlimited.</value>
    public decimal? MaxDailyLoss { get; init; }

    /// <summary>What follows when that is lost; entries are refused until the next day in any case.</summary>
    /// <value><see cref="LimitAction.Refuse"/>.</value>
    public LimitAction OnDailyLoss { get; init; }

    /// <summary>Largest correlation of the returns of an entry with those of an open position, in the direction of both; 0 to 1.</summary>
    /// <value>null: not asked.</value>
    public double? MaxCorrelation { get; init; }

    /// <summary>Returns of closed bars that a correlation is made of; 2 or more.</summary>
    /// <value>96.</value>
    public int CorrelationBars { get; init; } = 96;

    /// <summary>Losing positions in a row after which entries pause; 1 or more. A position that ends without profit or loss neither counts nor resets.</summary>
    /// <value>null: never.</value>
    public int? MaxLossesInARow { get; init; }

    /// <summary>How long entries pause then.</summary>
    /// <value>1 hour.</value>
    public TimeSpan LossPause { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Loss from the peak of the equity at the mark at which the kill switch fires, as a fraction above 0 and at most 1. It stays until the operator
    /// resets it (<see cref="OperatorAction.ResetKillSwitch"/>).
    /// </summary>
    /// <value>null: none.</value>
    public decimal? KillSwitchLoss { get; init; }

    /// <summary>What follows then; entries are refused in any case.</summary>
    /// <value><see cref="LimitAction.Flatten"/>.</value>
    public LimitAction OnKillSwitch { get; init; } = LimitAction.Flatten;

    /// <summary>
    /// Largest fall of the equity at the mark from its peak, as a fraction above 0 and at most 1; exactly so much is still allowed. Once it is exceeded,
    /// entries are refused until the operator resets it (<see cref="OperatorAction.ResetDrawdown"/>).
    /// </summary>
    /// <value>null: unlimited.</value>
    public decimal? MaxDrawdown { get; init; }

    /// <summary>What follows when it is exceeded; entries are refused in any case.</summary>
    /// <value><see cref="LimitAction.Refuse"/>.</value>
    public LimitAction OnDrawdown { get; init; }

    /// <summary>The clock by whose midnight a day begins for <see cref="MaxDailyLoss"/>.</summary>
    /// <value>UTC.</value>
    public TimeZoneInfo DayZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Positions that end within an hour after which entries wait; 1 or more.</summary>
    /// <value>null: unlimited.</value>
    public int? MaxTradesPerHour { get; init; }

    /// <summary>Orders that grow a position, sent within a minute by all bots together; 1 to 10,000.</summary>
    /// <value>null: unlimited.</value>
    public int? MaxOrdersPerMinute { get; init; }

    /// <summary>How far a price may be from the median of the latest closes, to the disadvantage of the order, as a fraction above 0.</summary>
    /// <value>null: not asked.</value>
    public decimal? PriceCollar { get; init; }

    /// <summary>Largest value of one position over the equity of the account, above 0.</summary>
    /// <value>null: unlimited.</value>
    public decimal? MaxPositionFraction { get; init; }

    /// <summary>Largest value of all positions together, entries that work included, in the currency of reckoning; above 0.</summary>
    /// <value>null: unlimited.</value>
    public decimal? MaxExposure { get; init; }

    /// <summary>The same over the equity of the account; above 0.</summary>
    /// <value>null: unlimited.</value>
    public decimal? MaxLeverage { get; init; }

    /// <summary>Throws unless the limits of the account are in range.</summary>
    /// <exception cref="ArgumentException">One is not.</exception>
    public void Check()
    {
        RuleRange.Require(MaxPositions is null or >= 1, nameof(MaxPositions), MaxPositions, "1 or more");
        RuleRange.Require(MaxDailyLoss is null or (> 0 and <= 1), nameof(MaxDailyLoss), MaxDailyLoss, "above 0 and at most 1");
        RuleRange.Require(MaxCorrelation is null or (>= 0 and <= 1), nameof(MaxCorrelation), MaxCorrelation, "0 to 1");
        RuleRange.Require(CorrelationBars >= 2, nameof(CorrelationBars), CorrelationBars, "2 or more");
        RuleRange.Require(MaxLossesInARow is null or >= 1, nameof(MaxLossesInARow), MaxLossesInARow, "1 or more");
        RuleRange.Require(LossPause > TimeSpan.Zero, nameof(LossPause), LossPause, "above 0");
        RuleRange.Require(KillSwitchLoss is null or (> 0 and <= 1), nameof(KillSwitchLoss), KillSwitchLoss, "above 0 and at most 1");
        RuleRange.Require(MaxDrawdown is null or (> 0 and <= 1), nameof(MaxDrawdown), MaxDrawdown, "above 0 and at most 1");
        RuleRange.Require(MaxTradesPerHour is null or >= 1, nameof(MaxTradesPerHour), MaxTradesPerHour, "1 or more");
        RuleRange.Require(MaxOrdersPerMinute is null or (>= 1 and <= 10_000), nameof(MaxOrdersPerMinute), MaxOrdersPerMinute, "1 to 10000");
        RuleRange.Require(PriceCollar is null or > 0, nameof(PriceCollar), PriceCollar, "above 0");
        RuleRange.Require(MaxPositionFraction is null or > 0, nameof(MaxPositionFraction), MaxPositionFraction, "above 0");
        RuleRange.Require(MaxExposure is null or > 0, nameof(MaxExposure), MaxExposure, "above 0");
        RuleRange.Require(MaxLeverage is null or > 0, nameof(MaxLeverage), MaxLeverage, "above 0");
    }
}

/// <summary>What a limit of the account does besides refusing entries.</summary>
public enum LimitAction : byte
{
    /// <summary>Entries that work are canceled; positions run on under their own rules.</summary>
    Refuse = 0,

    /// <summary>Entries that work are canceled and all positions closed at the market.</summary>
    Flatten = 1,
}
