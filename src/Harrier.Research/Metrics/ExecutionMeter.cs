using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;

namespace Harrier.Research.Metrics;

/// <summary>Stands between an engine and its venue and measures <see cref="ExecutionQuality"/>; orders and reports pass unchanged.</summary>
/// <param name="venue">The venue.</param>
internal sealed class ExecutionMeter(IVenue venue) : IVenue
{
    private readonly Dictionary<ClientOrderId, Sent> _sent = [];
    private TradingEngine? _engine;
    private Func<Timestamp>? _clock;
    private int _orders;
    private decimal _ordered;
    private decimal _eagerFilled;
    private decimal _expected;
    private decimal _cost;
    private double _waited;

    /// <summary>What was measured so far.</summary>
    public ExecutionQuality Quality => new()
    {
        Orders = _orders,
        FillRatio = _ordered > 0 ? (double)(_eagerFilled / _ordered) : null,
        SlippageBps = _expected > 0 ? (double)(_cost / _expected * 10_000) : null,
        SlippageCost = _cost,
        MillisecondsToFill = _eagerFilled > 0 ? _waited / (double)_eagerFilled : null,
    };

    /// <summary>Names the engine, before its first input.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="clock">When it decides; null for its own time, which is the end of a bar even where that became known later.</param>
    public void Watch(TradingEngine engine, Func<Timestamp>? clock = null) => (_engine, _clock) = (engine, clock ?? (() => engine.Time.Now));

    /// <inheritdoc/>
    public void Submit(ApprovedOrder order)
    {
        // The price of a trailing stop is not known before it has followed the market.
        if (order.Intent.Purpose != OrderPurpose.EndOfData && order.Intent.Type != OrderType.TrailingStop)
        {
            Note(order, _engine!);
        }

        venue.Submit(order);
    }

    /// <inheritdoc/>
    public void Cancel(ClientOrderId order) => venue.Cancel(order);

    /// <summary>A report is about to reach the engine.</summary>
    public void OnReport(in ExecutionReport report)
    {
        if (!_sent.TryGetValue(report.Order, out Sent? order))
        {
            return;
        }

        if (report.Kind == ExecutionKind.Filled)
        {
            Fill(order, in report);
        }

        if (order.Left == 0 || report.Kind is ExecutionKind.Canceled or ExecutionKind.Expired or ExecutionKind.Rejected)
        {
            _sent.Remove(report.Order);
        }
    }

    private void Note(ApprovedOrder order, TradingEngine engine)
    {
        ref readonly OrderIntent intent = ref order.Intent;
        PriceTicks expected = intent.Type switch
        {
            OrderType.Limit => intent.Limit,
            OrderType.Stop or OrderType.StopLimit or OrderType.TakeProfit => intent.Trigger,
            _ => engine.Market.Mark(intent.Instrument),
        };
        bool isEager = intent.Type is OrderType.Market or OrderType.Limit
            && intent.Purpose is not (OrderPurpose.TakeProfit or OrderPurpose.FirstTarget or OrderPurpose.SecondTarget);
        Instrument instrument = engine.Options.Instruments[intent.Instrument.Index];
        _sent[order.Id] = new Sent(instrument, expected, intent.Side == OrderSide.Buy ? 1 : -1, isEager, _clock!()) { Left = intent.Size.Value };
        if (isEager)
        {
            _orders++;
            _ordered += instrument.Notional(intent.Size, expected);
        }
    }

    private void Fill(Sent order, in ExecutionReport fill)
    {
        decimal expected = order.Instrument.Notional(fill.Size, order.Expected);
        _expected += expected;
        _cost += order.Sign * (order.Instrument.Notional(fill.Size, fill.Price) - expected);
        order.Left -= fill.Size.Value;
        if (order.IsEager)
        {
            _eagerFilled += expected;
            _waited += (fill.Time - order.Decided).TotalMilliseconds * (double)expected;
        }
    }

    private sealed record Sent(Instrument Instrument, PriceTicks Expected, int Sign, bool IsEager, Timestamp Decided)
    {
        public long Left { get; set; }
    }
}
