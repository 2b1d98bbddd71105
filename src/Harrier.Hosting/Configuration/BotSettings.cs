using Harrier.Domain;
using Harrier.Engine.Positions;
using Harrier.Engine.Strategies;

namespace Harrier.Hosting.Configuration;

/// <summary>A bot as configured: a strategy on one symbol with money of its own.</summary>
public sealed record BotSettings
{
    internal static readonly PositionSizing DefaultSize = new(SizingMethod.FractionOfEquity, 0.2m);
    internal static readonly PositionSizing GuardedSize = new(SizingMethod.RiskOfEquity, 0.005m);
    internal static readonly ProtectionSettings DefaultProtection = new() { StopLoss = 0.03m, TakeProfit = 0.05m };

    /// <summary>The name, of its own within the account.</summary>
    public required string Name { get; init; }

    /// <summary>The strategy with all its parameters.</summary>
    public required ConfiguredStrategy Strategy { get; init; }

    /// <summary>The venue's symbol.</summary>
    public required string Symbol { get; init; }

    /// <summary>Length of its bars.</summary>
    public required BarSpec Interval { get; init; }

    /// <summary>What it begins with, in quote currency.</summary>
    /// <value>10,000.</value>
    public decimal Balance { get; init; } = 10_000m;

    /// <summary>How large its positions become.</summary>
    /// <value>A fraction of 0.2 of its equity.</value>
    public PositionSizing Size { get; init; } = DefaultSize;

    /// <summary>True for a bot that was removed: it has no money and no strategy, and keeps its id.</summary>
    public bool IsRemoved { get; init; }

    /// <summary>The exits that the platform keeps.</summary>
    /// <value>A stop at 3 % and a target at 5 %.</value>
    public ProtectionSettings Protection { get; init; } = DefaultProtection;
}
