using System.Buffers;
using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Market;
using Harrier.Engine.Risk;

namespace Harrier.Simulation.Fills;

/// <summary>
/// A venue that fills our orders against recorded bars. An order decided on a closed bar meets its first price at the open of the next one.
/// Per bar, call <see cref="TradeOpen"/>, then <see cref="TradeRange"/>, then hand the closed bar to the engine; with several
/// instruments, the opens of all bars that close together come first.
/// </summary>
public sealed partial class FillSimulator : ISimulatedVenue
{
    private const int MaxOrdersPerBar = 1000;
    private const int MaxAttemptsPerBar = 100 * MaxOrdersPerBar;

    private readonly FillOptions _options;
    private readonly InstrumentTable _table;
    private readonly VenueAccounts _accounts;
    private readonly Desk[] _desks;
    private readonly Queue<ExecutionReport> _reports = new();
    private Timestamp _now;
    private int _ordersInBar;

    /// <summary>A venue with empty accounts.</summary>
    /// <exception cref="ArgumentException">A rate, share or leverage is outside of its range.</exception>
    public FillSimulator(IReadOnlyList<Instrument> instruments, int bots, FillOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _table = new InstrumentTable(instruments);
        _accounts = new VenueAccounts(_table, bots, options);
        _desks = new Desk[instruments.Count];
        for (int i = 0; i < _desks.Length; i++)
        {
            _desks[i] = new Desk(_table[new InstrumentId(i)]);
        }
    }

    /// <inheritdoc/>
    public void Deposit(BotId bot, Money amount) => _accounts.Deposit(bot, amount);

    /// <inheritdoc/>
    public decimal Balance(BotId bot, Asset asset) => _accounts.Balance(bot, asset);

    /// <inheritdoc/>
    public SizeLots Position(BotId bot, InstrumentId instrument) => new(_accounts[bot].Position(instrument));

    /// <summary>The price at which a bot's contract position is liquidated now, in quote currency; null when it has none.</summary>
    public decimal? LiquidationPrice(BotId bot, InstrumentId instrument) => _accounts.LiquidationPrice(bot, instrument);

    /// <inheritdoc/>
    public void Submit(ApprovedOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (++_ordersInBar > MaxAttemptsPerBar)
        {
            throw new InvalidOperationException($"{MaxAttemptsPerBar} orders at {_now}: the strategy answers its own rejections without end");
        }

        if (_ordersInBar > MaxOrdersPerBar && order.Intent.Purpose == OrderPurpose.Signal)
        {
            Report(ExecutionKind.Rejected, order.Id, RejectReason.TooManyOrders);
            return;
        }

        _desks[order.Intent.Instrument.Index].Orders.Add(new SimulatedOrder(order));
        Report(ExecutionKind.Accepted, order.Id, RejectReason.None);
    }

    /// <inheritdoc/>
    public void Cancel(ClientOrderId order)
    {
        foreach (Desk desk in _desks)
        {
            int index = desk.Orders.FindIndex(o => o.Order.Id == order);
            if (index >= 0)
            {
                desk.Orders.RemoveAt(index);
                Report(ExecutionKind.Canceled, order, RejectReason.None);
                return;
            }
        }
    }

    /// <summary>Delivers what has queued up since the last call.</summary>
    public void Deliver(IExecutionSink sink)
    {
        while (_reports.TryDequeue(out ExecutionReport report))
        {
            sink.Deliver(in report);
        }
    }

    /// <summary>Lets everything trade that can in a bar which closes alone: its open, then its range.</summary>
    public void Trade(in Bar bar, IExecutionSink sink)
    {
        if (_desks[bar.Instrument.Index].HasWork(_accounts.All) || _options.Slippage.NeedsVolatility)
        {
            TradeOpen(in bar, sink);
            TradeRange(in bar, sink);
        }
        else
        {
            _ordersInBar = 0;
            _now = bar.CloseTime;
        }
    }

    /// <summary>Lets everything trade that can at the open of a bar.</summary>
    public void TradeOpen(in Bar bar, IExecutionSink sink)
    {
        Desk desk = _desks[bar.Instrument.Index];
        _now = bar.OpenTime;
        _ordersInBar = 0;
        if (desk.HasWork(_accounts.All))
        {
            desk.Begin(in bar, _options.MaxVolumeShare);
            _accounts.Mark(desk.Instrument.Id, bar.Open.Value);
            Liquidate(desk, bar.Open.Value, sink);
            TradeAt(desk, bar.Open.Value, sink);
        }
    }

    /// <summary>Lets everything trade that can between the open and the close of a bar, along the path of each bot.</summary>
    public void TradeRange(in Bar bar, IExecutionSink sink)
    {
        Desk desk = _desks[bar.Instrument.Index];
        if (desk.HasWork(_accounts.All))
        {
            // When inside a bar something happened is not known; the middle stands for it.
            _now = new Timestamp(bar.OpenTime.Nanos + (bar.Spec.IntervalNanos / 2));
            for (int bot = 0; bot < _accounts.All.Length; bot++)
            {
                if (desk.HasWork(_accounts.All[bot], new BotId(bot)))
                {
                    Walk(desk, new BotId(bot), in bar, sink);
                }
            }

            _accounts.Mark(desk.Instrument.Id, bar.Close.Value);
        }

        if (_options.Slippage.NeedsVolatility)
        {
            desk.MeasureVolatility(in bar);
        }

        _now = bar.CloseTime;
    }

    /// <summary>Fills what is marketable at the last close, whatever the volume: the data has ended.</summary>
    public void TradeLastClose(in Bar bar, IExecutionSink sink)
    {
        _now = bar.CloseTime;
        _ordersInBar = 0;
        Desk desk = _desks[bar.Instrument.Index];
        desk.Begin(in bar, null);
        TradeAt(desk, bar.Close.Value, sink);
    }

    /// <summary>Pays or takes funding.</summary>
    public void Fund(in MarketEvent funding) => _accounts.Fund(in funding);

    /// <summary>Writes accounts and working orders; all reports must have been delivered.</summary>
    public void Save(ref StateWriter writer)
    {
        Invariant.That(_reports.Count == 0, "a simulated venue is saved between bars, when all reports are delivered");
        writer.Write(_now);
        writer.Write(_ordersInBar);
        writer.Write(_accounts);

        foreach (Desk desk in _desks)
        {
            desk.Save(ref writer);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="reader">The saved state.</param>
    /// <param name="orders">The working orders of the engine, restored before: an approved order exists only there.</param>
    public void Restore(ref StateReader reader, OrderManager orders)
    {
        _now = reader.ReadTimestamp();
        _ordersInBar = reader.ReadInt32();
        reader.Read(_accounts);

        foreach (Desk desk in _desks)
        {
            desk.Restore(ref reader, orders);
        }
    }

    /// <summary>Takes over accounts and orders of a venue whose bots and instruments are the first of this one's.</summary>
    /// <param name="before">The venue before; all its reports must have been delivered.</param>
    /// <param name="orders">The working orders of the engine, taken over before: an approved order exists only there.</param>
    public void Succeed(FillSimulator before, OrderManager orders)
    {
        ArgumentNullException.ThrowIfNull(before);
        Invariant.That(before._reports.Count == 0 && _reports.Count == 0, "a simulated venue is succeeded between bars, when all reports are delivered");
        (_now, _ordersInBar) = (before._now, before._ordersInBar);
        _accounts.Succeed(before._accounts);
        for (int i = 0; i < before._desks.Length; i++)
        {
            ArrayBufferWriter<byte> buffer = new(256);
            StateWriter writer = new(buffer);
            before._desks[i].Save(ref writer);
            StateReader reader = new(buffer.WrittenSpan);
            _desks[i].Restore(ref reader, orders);
        }
    }

    private void Report(ExecutionKind kind, ClientOrderId order, RejectReason reason) => _reports.Enqueue(VenueReports.Of(kind, order, reason, (_now, _now)));
}
