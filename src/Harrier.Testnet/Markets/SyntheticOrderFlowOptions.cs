using Harrier.Simulation.Synthetic;

namespace Harrier.Testnet.Markets;

/// <summary>What a synthetic market is made of.</summary>
public sealed record SyntheticOrderFlowOptions
{
    /// <summary>Seed of everything random: the same seed, symbols and orders of users give the same market, step by step.</summary>
    /// <value>1.</value>
    public long Seed { get; init; } = 1;

    /// <summary>How lively each symbol is.</summary>
    /// <value>About 30 messages a second.</value>
    public OrderFlowSettings Flow { get; init; } = new();

    /// <summary>What kind of days it has.</summary>
    /// <value>Calm.</value>
    public MarketScenario Scenario { get; init; }

    /// <summary>Properties of symbols by name, such as BTCUSDT; for others <see cref="SymbolCatalog"/> is asked.</summary>
    /// <value>None.</value>
    public IReadOnlyDictionary<string, SyntheticSymbol> Symbols { get; init; } = new Dictionary<string, SyntheticSymbol>();
}
