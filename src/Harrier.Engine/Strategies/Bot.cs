using Harrier.Domain;
using Harrier.Engine.Positions;

namespace Harrier.Engine.Strategies;

/// <summary>A strategy inside its engine.</summary>
internal sealed class Bot
{
    public Bot(BotId id, BotDefinition definition, StrategyHost host, IReadOnlyList<Instrument> instruments)
    {
        Id = id;
        Strategy = definition.Strategy;
        Sizing = definition.Sizing;
        Vetoes = [.. definition.Vetoes];
        Host = host;
        Instruments = instruments;
        Primary = instruments[0];
        Protection = definition.Protection.IsActive ? new ProtectiveOrders(this, definition.Protection) : null;
        StopFraction = definition.Protection.StopLoss ?? definition.Protection.TrailingStop;
        Strategy.Attach(this);
    }

    public BotId Id { get; }

    public Strategy Strategy { get; }

    public PositionSizing Sizing { get; }

    public ISignalVeto[] Vetoes { get; }

    public StrategyHost Host { get; }

    public IReadOnlyList<Instrument> Instruments { get; }

    public Instrument Primary { get; }

    public ProtectiveOrders? Protection { get; }

    public decimal? StopFraction { get; }

    /// <summary>False once the operator flattened the bot: its strategy hears and says nothing more.</summary>
    public bool IsRunning { get; set; } = true;

    /// <summary>The latest signal, for observers.</summary>
    public Signal LastSignal { get; set; }

    public bool Owns(InstrumentId instrument)
    {
        foreach (Instrument own in Instruments)
        {
            if (own.Id == instrument)
            {
                return true;
            }
        }

        return false;
    }
}
