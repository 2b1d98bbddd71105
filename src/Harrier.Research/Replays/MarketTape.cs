using Harrier.Domain;
using Harrier.Engine;

namespace Harrier.Research.Replays;

/// <summary>Recorded trades, books and marks as they reached us, as often as they are asked for; they need not be in memory together.</summary>
/// <param name="instruments">What the events are of, ids 0, 1, 2, ...</param>
public abstract class MarketTape(IReadOnlyList<Instrument> instruments)
{
    /// <summary>What the events are of, ids 0, 1, 2, ...</summary>
    public IReadOnlyList<Instrument> Instruments { get; } = instruments;

    /// <summary>Reads from the first event on; several readers do not disturb each other.</summary>
    public abstract ITapeReader Open();
}

/// <summary>Reads a tape from beginning to end.</summary>
public interface ITapeReader : IDisposable
{
    /// <summary>Hands out the events of the next message, in the order in which they reached us; a message may have none.</summary>
    /// <returns>False at the end, when nothing was handed out.</returns>
    bool Read(ITapeSink sink);
}

/// <summary>Takes what a tape holds.</summary>
public interface ITapeSink
{
    /// <summary>Takes an event.</summary>
    void Add(in MarketEvent marketEvent);

    /// <summary>Takes a fault: the book of the instrument is not to be read until its next snapshot.</summary>
    void Add(FeedFault fault);
}
