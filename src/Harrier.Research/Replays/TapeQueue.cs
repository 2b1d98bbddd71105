using Harrier.Domain;
using Harrier.Engine;

namespace Harrier.Research.Replays;

/// <summary>
/// The events between what the venue has seen and what we have seen. Each is read once, meets the venue at its exchange time and us at its receive time. Within
/// one tape events keep their order in both places; where clocks disagree so far that an event was received before it happened, it happens when it is received.
/// </summary>
internal sealed class TapeQueue(double? feedMilliseconds) : ITapeSink
{
    private const double NanosPerMillisecond = 1_000_000;

    private readonly long? _feedNanos = feedMilliseconds is { } constant ? (long)(constant * NanosPerMillisecond) : null;
    private TapeItem[] _ring = new TapeItem[1024];
    private long _added;
    private long _venue;
    private long _ours;
    private long _venueTime = long.MinValue;
    private long _ourTime = long.MinValue;

    /// <summary>True when the venue has seen all that was read.</summary>
    public bool IsVenueThrough => _venue == _added;

    /// <summary>The next event for the venue.</summary>
    public ref readonly TapeItem NextAtVenue => ref _ring[_venue & (_ring.Length - 1)];

    /// <summary>When we see the next event that the venue has seen already; the largest number when there is none.</summary>
    public long NextOurTime => _ours == _venue ? long.MaxValue : _ring[_ours & (_ring.Length - 1)].OurTime;

    /// <summary>The next event for us.</summary>
    public ref readonly TapeItem NextForUs => ref _ring[_ours & (_ring.Length - 1)];

    /// <summary>The venue has seen its next event.</summary>
    public void AdvanceVenue() => _venue++;

    /// <summary>We have seen our next event.</summary>
    public void AdvanceUs() => _ours++;

    /// <inheritdoc/>
    public void Add(in MarketEvent marketEvent)
    {
        long happened = Math.Min(marketEvent.ExchangeTime.Nanos, marketEvent.ReceivedTime.Nanos);
        Put(in marketEvent, happened, _feedNanos is null ? marketEvent.ReceivedTime.Nanos : null, isFault: false);
    }

    /// <inheritdoc/>
    public void Add(FeedFault fault)
    {
        // A hole has no instant at the venue: it lies between the events around it.
        MarketEvent place = new()
        {
            ExchangeTime = fault.Time,
            ReceivedTime = fault.Time,
            Price = default,
            Instrument = fault.Instrument,
            Kind = MarketEventKind.BookClear,
        };
        Put(in place, long.MinValue, fault.Time.Nanos, isFault: true);
    }

    private void Put(in MarketEvent marketEvent, long happened, long? received, bool isFault)
    {
        if (_added - _ours == _ring.Length)
        {
            Grow();
        }

        // Before the first event there is nothing that a fault could lie between.
        _venueTime = Math.Max(_venueTime, isFault && _venueTime == long.MinValue ? received!.Value : happened);
        _ourTime = Math.Max(Math.Max(_ourTime, _venueTime), received ?? _venueTime + _feedNanos!.Value);
        MarketEvent seen = _ourTime == marketEvent.ReceivedTime.Nanos ? marketEvent : At(in marketEvent, new Timestamp(_ourTime));
        _ring[_added++ & (_ring.Length - 1)] = new TapeItem(in seen, isFault, (_venueTime, _ourTime));
    }

    private static MarketEvent At(in MarketEvent marketEvent, Timestamp received)
    {
        MarketEvent copy = marketEvent;
        return copy with { ReceivedTime = received };
    }

    private void Grow()
    {
        TapeItem[] larger = new TapeItem[_ring.Length * 2];
        for (long i = _ours; i < _added; i++)
        {
            larger[i & (larger.Length - 1)] = _ring[i & (_ring.Length - 1)];
        }

        _ring = larger;
    }
}
