using Harrier.Domain;
using Harrier.Engine.Positions;

namespace Harrier.Engine.Strategies;

/// <summary>A strategy inside its engine.</summary>
internal sealed class Bot
{
    private readonly ISignalVeto[] _vetoes;
    private readonly Func<Strategy>? _another;

    public Bot(BotId id, BotDefinition definition, StrategyHost host, IReadOnlyList<Instrument> instruments)
    {
        Id = id;
        Strategy = definition.Strategy;
        _another = definition.Another;
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
        Strategy.Attach(this);
    }

    public BotId Id { get; }

    public Strategy Strategy { get; private set; }

    public PositionSizing Sizing { get; private set; }

    public StrategyHost Host { get; }

    public IReadOnlyList<Instrument> Instruments { get; }

    public Instrument Primary { get; }

    public ProtectiveOrders Protection { get; }

    public EntryLimits Entries { get; }

    public PositionKeeper Keeper { get; }

    public decimal? StopFraction => Protection.Settings.StopLoss ?? Protection.Settings.TrailingStop;

    /// <summary>Whether its strategy is heard.</summary>
    public BotCondition Condition { get; set; }

    /// <summary>True while its strategy hears the market.</summary>
    public bool IsRunning => Condition is BotCondition.Running or BotCondition.Paused;

    /// <summary>Before this instant an exit from an emergency is not tried again, and a failed strategy is not made anew.</summary>
    public Timestamp RetryAt { get; set; }

    /// <summary>What it is again once its failed strategy is made anew.</summary>
    public BotCondition GoesOnAs { get; set; }

    /// <summary>Failures of the strategy in a row.</summary>
    public int Failures { get; set; }

    /// <summary>When the strategy was last made anew.</summary>
    public Timestamp BegunAt { get; set; }

    /// <summary>How long positions lived without an accepted order that protects them, up to <see cref="NakedSince"/>.</summary>
    public TimeSpan NakedTime { get; set; }

    /// <summary>Since when a position is without one; null while none is.</summary>
    public Timestamp? NakedSince { get; set; }

    /// <summary>What it failed with, for people; not part of the state.</summary>
    public string? FaultText { get; set; }

    /// <summary>The side to be on once the position that is being closed is flat; HOLD when nothing waits.</summary>
    public SignalSide Reversal { get; set; }

    /// <summary>True while the strategy is told of a denied order.</summary>
    public bool IsHearingDenial { get; set; }

    /// <summary>The latest signal, for observers.</summary>
    public Signal LastSignal { get; set; }

    /// <summary>Makes the strategy anew where the definition says how; features are shared, so that it need not warm up.</summary>
    public void Renew()
    {
        if (_another is not null)
        {
            Strategy = _another();
            Strategy.Attach(this);
        }
    }

    /// <summary>What the operator may change.</summary>
    public BotEdit Settings
    {
        get => new(Sizing, Protection.Settings);
        set => (Sizing, Protection.Settings) = (value.Sizing, value.Protection);
    }

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
