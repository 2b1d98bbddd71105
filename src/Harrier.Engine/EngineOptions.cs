using Harrier.Domain;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Features;

namespace Harrier.Engine;

/// <summary>What an engine is made of.</summary>
public sealed record EngineOptions
{
    /// <summary>The account.</summary>
    public required AccountId Account { get; init; }

    /// <summary>Part of every order id; derived from the run's manifest.</summary>
    public required uint Run { get; init; }

    /// <summary>All instruments, ids 0, 1, 2, ...</summary>
    public required IReadOnlyList<Instrument> Instruments { get; init; }

    /// <summary>The account's currency of reckoning.</summary>
    public required Asset Numeraire { get; init; }

    /// <summary>The bots in the order of their ids; 1 or more.</summary>
    public required IReadOnlyList<BotDefinition> Bots { get; init; }

    /// <summary>True when a strategy that throws is failed and made anew later, and the account goes on without it meanwhile.</summary>
    /// <value>False: what a strategy throws ends the engine, as whoever tests a strategy wants to see it.</value>
    public bool IsSupervised { get; init; }

    /// <summary>A model that is asked before each entry, and whose strong opinion of the opposite refuses it.</summary>
    /// <value>null: none.</value>
    public IPredictor? Predictor { get; init; }

    /// <summary>Limits of the account.</summary>
    public RiskLimits Limits { get; init; } = new();
}
