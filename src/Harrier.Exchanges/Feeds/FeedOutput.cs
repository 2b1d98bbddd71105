using Harrier.Domain;
using Harrier.Engine;
using Harrier.Exchanges.Transport;

namespace Harrier.Exchanges.Feeds;

/// <summary>
/// Writes into the bounded queue of an engine. What does not fit is not lost in silence: the instrument's fault goes in ahead of anything
/// that comes later, as soon as there is room. Belongs to one thread at a time.
/// </summary>
/// <param name="queue">The queue; null when nobody reads events.</param>
public sealed class FeedOutput(EventQueue<FeedItem>? queue)
{
    private readonly Queue<FeedFault> _owed = [];
    private readonly HashSet<int> _broken = [];

    /// <summary>False when nobody reads events: then they need not be made.</summary>
    public bool IsRead => queue is not null;

    /// <summary>Events that did not fit.</summary>
    public long Refused { get; private set; }

    /// <summary>Writes an event.</summary>
    /// <returns>False when it did not fit: the instrument's book must be rebuilt.</returns>
    public bool TryWrite(in MarketEvent marketEvent)
    {
        if (queue is null)
        {
            return true;
        }

        if (PayDebts() && queue.TryWrite(new FeedItem(in marketEvent)))
        {
            return true;
        }

        Refused++;
        Owe(new FeedFault(marketEvent.Instrument, marketEvent.ReceivedTime));
        return false;
    }

    /// <summary>Writes a fault, or keeps it until there is room.</summary>
    public void Write(FeedFault fault)
    {
        if (queue is not null && !(PayDebts() && queue.TryWrite(new FeedItem(fault))))
        {
            Owe(fault);
        }
    }

    private void Owe(FeedFault fault)
    {
        if (_broken.Add(fault.Instrument.Index))
        {
            _owed.Enqueue(fault);
        }
    }

    private bool PayDebts()
    {
        while (_owed.TryPeek(out FeedFault fault))
        {
            if (!queue!.TryWrite(new FeedItem(fault)))
            {
                return false;
            }

            _owed.Dequeue();
            _broken.Remove(fault.Instrument.Index);
        }

        return true;
    }
}
