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

    /// <summary>Writes all that the venue keeps.</summary>
    void Save(ref StateWriter writer);

    /// <summary>Reads what <see cref="Save"/> wrote, into a venue made with the same options.</summary>
    /// <param name="reader">The saved state.</param>
    /// <param name="orders">The working orders of the engine, restored before: an approved order exists only there.</param>
    void Restore(ref StateReader reader, OrderManager orders);
}
