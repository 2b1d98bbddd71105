using Harrier.Domain;
using Harrier.Engine.Positions;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Simulation.Fills;

namespace Harrier.Research.Backtests;

/// <summary>What to run, and under which assumptions.</summary>
public sealed record BacktestSettings
{
    /// <summary>Key of the strategy: MEAN_REVERSION.</summary>
    public required string StrategyKey { get; init; }

    /// <summary>SHA-256 of the source of a user's strategy in hexadecimal; null for a built-in one, which the version names.</summary>
    public string? StrategySourceHash { get; init; }

    /// <summary>The strategy's effective parameters in declaration order, for manifest and configuration hash.</summary>
    public required IReadOnlyList<KeyValuePair<string, object?>> Parameters { get; init; }

    /// <summary>Makes a new instance of the strategy; called once per symbol and check.</summary>
    public required Func<Strategy> CreateStrategy { get; init; }

    /// <summary>Starting balance in quote currency, above 0; split evenly over the symbols.</summary>
    /// <value>10,000.</value>
    public decimal InitialBalance { get; init; } = 10_000m;

    /// <summary>How orders are filled.</summary>
    public FillOptions Fills { get; init; } = new();

    /// <summary>How large positions become.</summary>
    public PositionSizing Sizing { get; init; } = new(SizingMethod.FractionOfEquity, 0.95m);

    /// <summary>Exit rules kept by the platform.</summary>
    public ProtectionSettings Protection { get; init; } = new();

    /// <summary>Bounds of the size of planned entries.</summary>
    public EntryLimits Entries { get; init; } = new();

    /// <summary>How positions of planned entries are left.</summary>
    /// <value>null: only by their stop.</value>
    public ExitRules? Rules { get; init; }

    /// <summary>Limits of the account; leverage, fee and slippage come from <see cref="Fills"/>.</summary>
    public RiskLimits Limits { get; init; } = new();

    /// <summary>Confidence below which a signal is not followed, 0 to 1.</summary>
    /// <value>0: every signal is.</value>
    public double MinConfidence { get; init; }

    /// <summary>Seed of everything random.</summary>
    public long Seed { get; init; }

    /// <summary>Hears what strategies explain during the run, not during its checks. No part of the configuration: it changes nothing.</summary>
    /// <value>null: nobody.</value>
    public IDecisionObserver? Decisions { get; init; }

    /// <summary>False leaves out leakage and warm-up check: for benchmarks and tests of the loop alone.</summary>
    /// <value>true.</value>
    public bool RunChecks { get; init; } = true;
}

/// <summary>What to run it on.</summary>
public sealed record BacktestInput
{
    /// <summary>One series per symbol, instrument ids 0, 1, 2, ..., all in the same quote asset and interval.</summary>
    public required IReadOnlyList<BarHistory> Series { get; init; }

    /// <summary>Hash of all bars, lower-case hexadecimal.</summary>
    public required string DataHash { get; init; }

    /// <summary>What the data checks found.</summary>
    public IReadOnlyList<CheckResult> DataChecks { get; init; } = [];

    /// <summary>
    /// Where the bars were taken from and what was done to them, to be printed with the assumptions. No part of the configuration hash: the same bars
    /// from elsewhere are the same run.
    /// </summary>
    /// <value>None.</value>
    public IReadOnlyList<KeyValuePair<string, object?>> Provenance { get; init; } = [];
}
