using Harrier.Domain;
using Harrier.Research.Replays;

namespace Harrier.Bench.Replays;

/// <summary>Events in memory, played a number of times one behind the other.</summary>
/// <param name="instrument">Their symbol.</param>
/// <param name="events">The events; the first of a book is a snapshot.</param>
/// <param name="rounds">How often they are played.</param>
internal sealed class EventTape(Instrument instrument, MarketEvent[] events, int rounds = 1) : MarketTape([instrument])
{
    /// <summary>Number of events of all rounds.</summary>
    public long Events => (long)events.Length * rounds;

    /// <summary>Changes of levels in all rounds, those of snapshots included.</summary>
    public long LevelChanges => (long)events.Count(one => one.Kind == MarketEventKind.BookLevel) * rounds;

    /// <summary>The same events, so many times.</summary>
    public EventTape Times(int count) => new(Instruments[0], events, count);

    /// <inheritdoc/>
    public override ITapeReader Open() => new Reader(events, rounds);

    private sealed class Reader(MarketEvent[] events, int rounds) : ITapeReader
    {
        private readonly long _length = events.Max(one => one.ReceivedTime.Nanos) - events.Min(one => Math.Min(one.ExchangeTime.Nanos, one.ReceivedTime.Nanos)) + Timestamp.NanosPerSecond;
        private int _next;
        private int _round;

        public bool Read(ITapeSink sink)
        {
            if (_next == events.Length)
            {
                _next = 0;
                _round++;
            }

            if (_round == rounds)
            {
                return false;
            }

            ref readonly MarketEvent one = ref events[_next++];
            if (_round == 0)
            {
                sink.Add(in one);
                return true;
            }

            MarketEvent later = one;
            later = later with { ExchangeTime = new Timestamp(one.ExchangeTime.Nanos + (_round * _length)), ReceivedTime = new Timestamp(one.ReceivedTime.Nanos + (_round * _length)) };
            sink.Add(in later);
            return true;
        }

        public void Dispose()
        {
        }
    }
}
