using Harrier.Domain;
using Harrier.Engine.Positions;

namespace Harrier.Engine.Strategies;

/// <summary>A strategy inside its engine.</summary>
internal sealed class Bot
{
    private readonly ISignalVeto[] _vetoes;

    public Bot(BotId id, BotDefinition definition, StrategyHost host, IReadOnlyList<Instrument> instruments)
    {
        Id = id;
        Strategy = definition.Strategy;
        Sizing = definition.Sizing;
        _vetoes = Strategy.MinimumConfidence > 0
            ? [new MinimumConfidenceVeto(Strategy.MinimumConfidence), .. definition.Vetoes]
            : [.. definition.Vetoes];
        Host = host;
        Instruments = instruments;
        Primary = instruments[0];
        Protection = new ProtectiveOrders(this, definition.Protection);
        definition.Entries.Check();
        definition.Rules?.Check();
        Entries = definition.Entries;
        Keeper = new PositionKeeper(this, definition.Rules);
        StopFraction = definition.Protection.StopLoss ?? definition.Protection.TrailingStop;
        Strategy.Attach(this);
    }

    public BotId Id { get; }

    public Strategy Strategy { get; }

    public PositionSizing Sizing { get; }

    public StrategyHost Host { get; }

    public IReadOnlyList<Instrument> Instruments { get; }

    public Instrument Primary { get; }

    public ProtectiveOrders Protection { get; }

    public EntryLimits Entries { get; }

    public PositionKeeper Keeper { get; }

    public decimal? StopFraction { get; }

    /// <summary>False once the operator flattened the bot: its strategy hears and says nothing more.</summary>
    public bool IsRunning { get; set; } = true;

    /// <summary>The side to be on once the position that is being closed is flat; HOLD when nothing waits.</summary>
    public SignalSide Reversal { get; set; }

    /// <summary>True while the strategy is told of a denied order.</summary>
    public bool IsHearingDenial { get; set; }

    /// <summary>The latest signal, for observers.</summary>
    public Signal LastSignal { get; set; }

    /// <summary>True when no veto speaks against following a signal.</summary>
    public bool Allows(in Signal signal)
    {
        foreach (ISignalVeto veto in _vetoes)
        {
            if (!veto.Allows(in signal))
            {
                return false;
            }
        }

        return true;
    }

    public bool Owns(InstrumentId instrument)
    {
        // Asked with every order and entry: an enumerator would be allocated.
        for (int i = 0; i < Instruments.Count; i++)
        {
            if (Instruments[i].Id == instrument)
            {
                return true;
            }
        }

        return false;
    }
}
