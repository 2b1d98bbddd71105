using Harrier.Domain;
using Harrier.Engine.Execution;

namespace Harrier.Simulation;

/// <summary>A venue inside this process, which keeps its own books of every bot.</summary>
public interface ISimulatedVenue : IVenue
{
    /// <summary>Puts money into a bot's account, without a report.</summary>
    void Deposit(BotId bot, Money amount);

    /// <summary>What a bot's account holds of an asset, by the venue's books.</summary>
    decimal Balance(BotId bot, Asset asset);

    /// <summary>A bot's position by the venue's books.</summary>
    SizeLots Position(BotId bot, InstrumentId instrument);
}
