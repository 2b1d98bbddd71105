namespace Harrier.Engine.Positions;

/// <summary>What made an entry smaller than its risk allows.</summary>
[Flags]
public enum EntryCaps : byte
{
    /// <summary>Nothing: the risk decided.</summary>
    None = 0,

    /// <summary>The largest position value of <see cref="EntryLimits"/>.</summary>
    MaxValue = 1,

    /// <summary>The share of the depth of the book.</summary>
    Depth = 2,

    /// <summary>What is free after fees.</summary>
    Funds = 4,

    /// <summary>The instrument's largest order.</summary>
    MaxLots = 8,
}

/// <summary>Bounds of the size of one planned entry.</summary>
public sealed record EntryLimits
{
    /// <summary>Largest value of the position in quote currency, above 0.</summary>
    /// <value>null: only what the account's limits allow.</value>
    public decimal? MaxValue { get; init; }

    /// <summary>Smallest value of the entry in quote currency; a smaller one is refused.</summary>
    /// <value>0: the instrument's own smallest order value.</value>
    public decimal MinValue { get; init; }

    /// <summary>Largest part of the depth that the entry may take, above 0 and at most 1; asked only while the book is verified.</summary>
    /// <value>0.8.</value>
    public decimal DepthShare { get; init; } = 0.8m;

    /// <summary>How far from the best price, outward, that depth is counted, as a fraction above 0.</summary>
    /// <value>0.003, 30 bps.</value>
    public decimal DepthRange { get; init; } = 0.003m;

    /// <summary>Throws unless the limits are in range.</summary>
    /// <exception cref="ArgumentException">One is not.</exception>
    public void Check()
    {
        RuleRange.Require(MaxValue is null or > 0, nameof(MaxValue), MaxValue, "above 0");
        RuleRange.Require(MinValue >= 0, nameof(MinValue), MinValue, "0 or more");
        RuleRange.Require(DepthShare is > 0 and <= 1, nameof(DepthShare), DepthShare, "above 0 and at most 1");
        RuleRange.Require(DepthRange is > 0 and < 1, nameof(DepthRange), DepthRange, "above 0 and below 1");
    }
}
