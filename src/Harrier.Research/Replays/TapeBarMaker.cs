using Harrier.Domain;
using Harrier.Engine;

namespace Harrier.Research.Replays;

/// <summary>Makes the bars of a tape without playing it: the same as those of a replay, which differ only in when they reach a strategy.</summary>
/// <param name="instruments">What the events are of.</param>
/// <param name="spec">The bars.</param>
/// <param name="sink">Takes the bars.</param>
internal sealed class TapeBarMaker(IReadOnlyList<Instrument> instruments, BarSpec spec, IBarSink sink) : ITapeSink
{
    private readonly TapeBars _bars = new(instruments, spec, sink);
    private long _venueTime = long.MinValue;

    /// <inheritdoc/>
    public void Add(in MarketEvent marketEvent)
    {
        _venueTime = Math.Max(_venueTime, Math.Min(marketEvent.ExchangeTime.Nanos, marketEvent.ReceivedTime.Nanos));
        _bars.PassTo(new Timestamp(_venueTime));
        if (marketEvent.Kind == MarketEventKind.Trade)
        {
            _bars.Add(in marketEvent);
        }
    }

    /// <inheritdoc/>
    public void Add(FeedFault fault)
    {
        // A break of the book makes no bar and ends none.
    }
}
