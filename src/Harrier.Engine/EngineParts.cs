using Harrier.Engine.Execution;
using Harrier.Engine.Journal;
using Harrier.Engine.Market;
using Harrier.Engine.Portfolio;
using Harrier.Engine.Risk;
using Harrier.Engine.Time;

namespace Harrier.Engine;

/// <summary>The parts of one engine, wired once, for those of them that carry out what strategies ask for.</summary>
internal sealed record EngineParts(
    EngineSurroundings Surroundings, InstrumentTable Table, EngineTime Time, MarketState Market, AccountPortfolio Portfolio)
{
    public required RiskGate Risk { get; init; }

    public required OrderManager Orders { get; init; }

    public required ConversionDesk Conversions { get; init; }

    /// <summary>Everything decided so far, as a hash chain.</summary>
    public StateHash Decisions { get; } = new();

    public AlertLog Alerts { get; } = new(Surroundings.Alerts);

    public IVenue Venue => Surroundings.Venue;

    public IJournal? Journal => Surroundings.Journal;
}

/// <summary>What an engine needs of the world.</summary>
/// <param name="Venue">Where orders go.</param>
/// <param name="Journal">Where inputs and decisions are remembered; null where nothing has to outlive the run.</param>
public sealed record EngineSurroundings(IVenue Venue, IJournal? Journal = null)
{
    /// <summary>Takes alerts, on the engine's thread; null where nobody listens.</summary>
    public Action<EngineAlert>? Alerts { get; init; }
}
