using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Research.Backtests;
using Harrier.Research.Metrics;
using Harrier.Simulation.Books;
using Harrier.Simulation.Fills;

namespace Harrier.Research.Replays;

/// <summary>
/// Plays a tape to a simulated venue and to an engine in one order of time: market events reach the venue when they happen, our orders reach it when they arrive,
/// its reports and the market events reach us later. What happens at one instant happens in this order, so that we are never ahead of the market.
/// </summary>
public sealed class ReplayLoop : IExecutionSink, IBarSink, IDisposable
{
    private static readonly Timestamp End = new(long.MaxValue);

    private readonly TradingEngine _engine;
    private readonly BookFillSimulator _venue;
    private readonly ITapeReader _reader;
    private readonly TapeQueue _queue;
    private readonly TapeBars _bars;
    private readonly long _intervalNanos;
    private Timestamp _lastBars = new(long.MinValue);
    private bool _isRead;

    /// <summary>A loop before its first event.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="venue">The venue that the engine was made with.</param>
    /// <param name="tape">What to play.</param>
    /// <param name="play">The bars to make for strategies, and how long market events take to us (milliseconds; null as recorded).</param>
    public ReplayLoop(TradingEngine engine, BookFillSimulator venue, MarketTape tape, (BarSpec Bars, double? FeedMilliseconds) play)
    {
        ArgumentNullException.ThrowIfNull(tape);
        _engine = engine;
        _venue = venue;
        _reader = tape.Open();
        _queue = new TapeQueue(play.FeedMilliseconds);
        _bars = new TapeBars(tape.Instruments, play.Bars, this);
        _intervalNanos = Math.Max(1, play.Bars.IntervalNanos);
    }

    /// <summary>Told after each moment at which bars closed.</summary>
    public IBacktestObserver? Observer { get; set; }

    /// <summary>Told of every report before the engine is; null for nobody.</summary>
    internal ExecutionMeter? Meter { get; init; }

    /// <summary>Number of events that reached the venue.</summary>
    public long EventsPlayed { get; private set; }

    /// <summary>Plays until that many more events reached the venue or the data ends.</summary>
    /// <returns>False when the data has ended and all of it has reached us.</returns>
    public bool Play(long events)
    {
        long end = events < long.MaxValue - EventsPlayed ? EventsPlayed + events : long.MaxValue;
        while (EventsPlayed < end)
        {
            long atVenue = TimeAtVenue();
            long ours = _queue.NextOurTime;
            long instruction = _venue.NextInstruction;
            long report = _venue.NextReport;
            if (atVenue == long.MaxValue && ours == long.MaxValue)
            {
                // What is still on its way arrives at the close-out.
                return false;
            }

            if (atVenue <= Math.Min(instruction, Math.Min(report, ours)))
            {
                StepAtVenue();
            }
            else if (instruction <= Math.Min(report, ours))
            {
                _venue.ReceiveNext();
            }
            else if (report <= ours)
            {
                _venue.EngineIsAt(report);
                _venue.DeliverNext(this);
            }
            else
            {
                StepForUs();
            }
        }

        return true;
    }

    /// <summary>Cancels all orders, closes all positions as takers and stops the strategies.</summary>
    public void CloseOut()
    {
        _venue.EngineIsAt(_engine.Time.Now.Nanos);
        for (int bot = 0; bot < _engine.Options.Bots.Count; bot++)
        {
            OperatorCommand flatten = new(OperatorAction.Flatten, new BotId(bot), OrderPurpose.EndOfData, _engine.Time.Now);
            _engine.Process(in flatten);
            _venue.Finish(this);
        }

        Observer?.OnBarsClosed(new Timestamp(Math.Max(_engine.Time.Now.Nanos, _lastBars.Nanos + 1)), End);
    }

    /// <summary>Closes the recording.</summary>
    public void Dispose() => _reader.Dispose();

    /// <inheritdoc/>
    void IExecutionSink.Deliver(in ExecutionReport report)
    {
        Meter?.OnReport(in report);
        _engine.Process(in report);
    }

    /// <inheritdoc/>
    void IBarSink.OnBar(in Bar bar) => _engine.Process(in bar);

    /// <inheritdoc/>
    void IBarSink.OnBarsClosed(Timestamp time)
    {
        _lastBars = time;
        Observer?.OnBarsClosed(time, new Timestamp(time.Nanos + _intervalNanos));
    }

    private long TimeAtVenue()
    {
        while (_queue.IsVenueThrough && !_isRead)
        {
            _isRead = !_reader.Read(_queue);
        }

        return _queue.IsVenueThrough ? long.MaxValue : _queue.NextAtVenue.VenueTime;
    }

    private void StepAtVenue()
    {
        ref readonly TapeItem item = ref _queue.NextAtVenue;
        if (item.IsFault)
        {
            _venue.Fail(item.Event.Instrument, item.VenueTime);
        }
        else
        {
            _venue.Apply(in item.Event, item.VenueTime);
        }

        _queue.AdvanceVenue();
        EventsPlayed++;
    }

    private void StepForUs()
    {
        // Nothing is added to the queue while an event is handled, so that it may be read where it lies.
        ref readonly TapeItem item = ref _queue.NextForUs;
        _venue.EngineIsAt(item.OurTime, item.IsFault ? null : item.OurTime - item.VenueTime);
        if (item.IsFault)
        {
            FeedFault fault = new(item.Event.Instrument, new Timestamp(item.OurTime));
            _engine.Process(in fault);
        }
        else
        {
            _bars.PassTo(new Timestamp(item.VenueTime));
            _engine.Process(in item.Event);
            if (item.Event.Kind == MarketEventKind.Trade)
            {
                _bars.Add(in item.Event);
            }
        }

        _queue.AdvanceUs();
    }
}
