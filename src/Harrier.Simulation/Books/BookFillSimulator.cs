using System.Buffers;
using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Market;
using Harrier.Engine.Risk;
using Harrier.Simulation.Fills;

namespace Harrier.Simulation.Books;

/// <summary>
/// A venue that fills our orders against recorded trades and books, each at the venue's own time. Orders arrive after the entry latency and meet the book of that
/// instant, which we have not seen yet; reports reach us after the response latency. Who feeds it brings four lanes into one order of time: market events to the
/// venue (<see cref="Apply"/>), our orders to the venue (<see cref="NextInstruction"/>), reports to us (<see cref="NextReport"/>), and the same market events to us.
/// </summary>
public sealed partial class BookFillSimulator : ISimulatedVenue
{
    private const int MaxOrdersAtOnce = 1000;
    private const int MaxAttemptsAtOnce = 100 * MaxOrdersAtOnce;

    private readonly FillOptions _costs;
    private readonly BookFillOptions _options;
    private readonly VenueAccounts _accounts;
    private readonly BookDesk[] _desks;
    private readonly Lane<Instruction> _entry = new();
    private readonly Lane<ExecutionReport> _response = new();
    private readonly LatencyState _latency;
    private long _now;
    private long _sentAt;
    private int _sentAtOnce;
    private bool _isEnding;

    /// <summary>A venue with empty accounts, before the first event.</summary>
    /// <param name="instruments">All instruments, ids 0, 1, 2, ...</param>
    /// <param name="bots">How many accounts.</param>
    /// <param name="costs">Fees and leverage; slippage counts only where no book tells.</param>
    /// <param name="options">Queues and latencies.</param>
    /// <exception cref="ArgumentException">A rate or leverage is outside of its range.</exception>
    public BookFillSimulator(IReadOnlyList<Instrument> instruments, int bots, FillOptions costs, BookFillOptions options)
    {
        ArgumentNullException.ThrowIfNull(instruments);
        ArgumentNullException.ThrowIfNull(costs);
        ArgumentNullException.ThrowIfNull(options);
        _costs = costs;
        _options = options;
        _accounts = new VenueAccounts(new InstrumentTable(instruments), bots, costs);
        _desks = [.. instruments.Select(instrument => new BookDesk(instrument))];
        _latency = new LatencyState(costs.Seed);
    }

    /// <summary>When the next of our orders or cancellations reaches the venue, in nanoseconds; the largest number when none is on its way.</summary>
    public long NextInstruction => _entry.NextArrival;

    /// <summary>When the next report reaches us, in nanoseconds; the largest number when none is on its way.</summary>
    public long NextReport => _response.NextArrival;

    /// <summary>True while the venue has booked what has not reached us yet.</summary>
    public bool IsAhead => _response.Count > 0;

    /// <summary>Tells what time it is for us, in nanoseconds: orders leave then.</summary>
    /// <param name="now">The time of the input that the engine is about to handle.</param>
    /// <param name="feedNanos">How long the newest market message took to us; null where the input is none.</param>
    public void EngineIsAt(long now, long? feedNanos = null)
    {
        _sentAtOnce = now == _sentAt ? _sentAtOnce : 0;
        _sentAt = now;
        if (feedNanos is { } nanos)
        {
            _latency.NewestFeedNanos = nanos;
        }
    }

    /// <summary>The instant at which the engine handles something, as told last.</summary>
    public Timestamp EngineTime => new(_sentAt);

    /// <inheritdoc/>
    public void Deposit(BotId bot, Money amount) => _accounts.Deposit(bot, amount);

    /// <inheritdoc/>
    public decimal Balance(BotId bot, Asset asset) => _accounts.Balance(bot, asset);

    /// <inheritdoc/>
    public SizeLots Position(BotId bot, InstrumentId instrument) => new(_accounts[bot].Position(instrument));

    /// <inheritdoc/>
    public void Submit(ApprovedOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (++_sentAtOnce > MaxAttemptsAtOnce)
        {
            throw new InvalidOperationException($"{MaxAttemptsAtOnce} orders at {new Timestamp(_sentAt)}: the strategy answers its own rejections without end");
        }

        _entry.Send(ArrivalAtVenue(), new Instruction(order, default));
    }

    /// <inheritdoc/>
    public void Cancel(ClientOrderId order) => _entry.Send(ArrivalAtVenue(), new Instruction(null, order));

    /// <summary>A market event happens at the venue.</summary>
    /// <param name="marketEvent">The event.</param>
    /// <param name="now">When, in nanoseconds; never earlier than the call before.</param>
    public void Apply(in MarketEvent marketEvent, long now)
    {
        _now = now;
        BookDesk desk = _desks[marketEvent.Instrument.Index];
        switch (marketEvent.Kind)
        {
            case MarketEventKind.BookLevel or MarketEventKind.BookClear:
                ApplyBook(desk, in marketEvent);
                break;
            case MarketEventKind.Trade:
                ApplyTrade(desk, in marketEvent);
                break;
            case MarketEventKind.MarkPrice:
                desk.HasMarks = true;
                Mark(desk, marketEvent.Price.Value);
                break;
            default:
                _accounts.Fund(in marketEvent);
                break;
        }
    }

    /// <summary>The recording of a book is broken from here on: nothing fills until its next snapshot.</summary>
    public void Fail(InstrumentId instrument, long now)
    {
        _now = now;
        _desks[instrument.Index].Book.Fail();
    }

    /// <summary>The next of our orders or cancellations reaches the venue.</summary>
    public void ReceiveNext()
    {
        _now = Math.Max(_now, _entry.NextArrival);
        Instruction instruction = _entry.Take();
        if (instruction.Order is { } order)
        {
            Receive(new QueuedOrder(order));
            return;
        }

        foreach (BookDesk desk in _desks)
        {
            if (desk.Find(instruction.Cancel) is { } found)
            {
                End(desk, found, ExecutionKind.Canceled, RejectReason.None);
                return;
            }
        }
    }

    /// <summary>The next report reaches us.</summary>
    public void DeliverNext(IExecutionSink sink)
    {
        ExecutionReport report = _response.Take();
        sink.Deliver(in report);
    }

    /// <summary>Lets all that is on its way up to an instant arrive, in the order of its time; at one instant orders come before reports.</summary>
    /// <param name="now">The instant, in nanoseconds.</param>
    /// <param name="sink">Takes the reports.</param>
    public void PassTo(long now, IExecutionSink sink)
    {
        while (Math.Min(NextInstruction, NextReport) <= now)
        {
            if (NextInstruction <= NextReport)
            {
                ReceiveNext();
            }
            else
            {
                EngineIsAt(NextReport);
                DeliverNext(sink);
            }
        }
    }

    /// <summary>
    /// The data has ended: everything on its way arrives, and market orders fill whatever the book holds, what it does not hold at the last price and the slippage
    /// beyond it.
    /// </summary>
    public void Finish(IExecutionSink sink)
    {
        _isEnding = true;
        while (_entry.Count + _response.Count > 0)
        {
            while (_entry.Count > 0)
            {
                ReceiveNext();
            }

            while (_response.Count > 0)
            {
                EngineIsAt(_response.NextArrival);
                DeliverNext(sink);
            }
        }
    }

    /// <summary>Writes accounts, books, orders and all that is on its way.</summary>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_now);
        writer.Write(_sentAt);
        writer.Write(_sentAtOnce);
        writer.Write(_latency);
        writer.Write(_accounts);
        SaveLanes(ref writer);
        foreach (BookDesk desk in _desks)
        {
            desk.Save(ref writer);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote, into a venue made with the same options.</summary>
    /// <param name="reader">The saved state.</param>
    /// <param name="orders">The working orders of the engine, restored before: an approved order exists only there.</param>
    public void Restore(ref StateReader reader, OrderManager orders)
    {
        ArgumentNullException.ThrowIfNull(orders);
        _now = reader.ReadInt64();
        _sentAt = reader.ReadInt64();
        _sentAtOnce = reader.ReadInt32();
        reader.Read(_latency);
        reader.Read(_accounts);
        RestoreLanes(ref reader, orders);
        foreach (BookDesk desk in _desks)
        {
            desk.Restore(ref reader, orders);
        }
    }

    /// <summary>Takes over accounts, books, orders and what is on its way of a venue whose bots and instruments are the first of this one's.</summary>
    /// <param name="before">The venue before.</param>
    /// <param name="orders">The working orders of the engine, taken over before: an approved order exists only there.</param>
    public void Succeed(BookFillSimulator before, OrderManager orders)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArrayBufferWriter<byte> buffer = new(4096);
        StateWriter writer = new(buffer);
        writer.Write(before._latency);
        before.SaveLanes(ref writer);
        foreach (BookDesk desk in before._desks)
        {
            desk.Save(ref writer);
        }

        (_now, _sentAt, _sentAtOnce) = (before._now, before._sentAt, before._sentAtOnce);
        _accounts.Succeed(before._accounts);
        StateReader reader = new(buffer.WrittenSpan);
        reader.Read(_latency);
        RestoreLanes(ref reader, orders);
        for (int i = 0; i < before._desks.Length; i++)
        {
            _desks[i].Restore(ref reader, orders);
        }
    }

    private long ArrivalAtVenue() => Math.Max(_now, _sentAt + (_isEnding ? 0 : _options.Entry.Sample(_latency)));

    private void SaveLanes(ref StateWriter writer)
    {
        _entry.Save(ref writer, static (ref writer, in instruction) => instruction.Save(ref writer));
        _response.Save(ref writer, static (ref writer, in report) => report.Save(ref writer));
    }

    private void RestoreLanes(ref StateReader reader, OrderManager orders)
    {
        _entry.Restore(ref reader, (ref input) => Instruction.Restore(ref input, orders));
        _response.Restore(ref reader, ExecutionReport.Read);
    }
}
