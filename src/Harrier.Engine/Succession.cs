using System.Buffers;
using Harrier.Domain;

namespace Harrier.Engine;

/// <summary>What a bot takes over from the engine before.</summary>
public enum BotSuccession : byte
{
    /// <summary>Everything: it goes on as if nothing had happened.</summary>
    Continues = 0,

    /// <summary>Position, orders and exits; its strategy is another, or the same with other parameters, and begins without memory.</summary>
    NewStrategy = 1,

    /// <summary>Its money, and whether it is paused or stopped. It must be flat, without orders.</summary>
    Anew = 2,
}

/// <summary>How an engine that is made of other bots, limits or strategies goes on where one before it stood.</summary>
/// <param name="Bots">For each bot of the engine before, in the order of their ids; bots beyond those are new.</param>
/// <param name="NewFeeds">Instruments of the engine before whose bars are others from now on: what was made of the old ones is not taken over.</param>
public sealed record Succession(IReadOnlyList<BotSuccession> Bots, IReadOnlySet<InstrumentId> NewFeeds)
{
    /// <summary>Copies the state of one part into another of the same kind.</summary>
    internal static void Copy(IStateful from, IStateful to)
    {
        ArrayBufferWriter<byte> buffer = new(256);
        StateWriter writer = new(buffer);
        from.Save(ref writer);
        StateReader reader = new(buffer.WrittenSpan);
        to.Restore(ref reader);
    }
}
