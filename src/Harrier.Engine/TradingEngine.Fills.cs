using Harrier.Domain;
using Harrier.Engine.Execution;

namespace Harrier.Engine;

/// <content>What was traded, and how it is booked.</content>
public sealed partial class TradingEngine
{
    // What happened on the account though no order of ours works that it belongs to; the report itself says whose it is.
    private void BookWithoutOrder(in ExecutionReport report)
    {
        if (!_parts.Orders.Remember(report.Instrument.Index, report.TradeId))
        {
            return;
        }

        OrderPurpose purpose = report.Kind == ExecutionKind.Liquidated ? OrderPurpose.Liquidation : OrderPurpose.Reconciliation;
        Fill fill = FillOf(in report, report.Bot, report.Instrument, (report.Side, purpose));
        if (report.Kind == ExecutionKind.Corrected)
        {
            _parts.Portfolio.Correct(in fill, report.ReplacedPrice);
            Decide(in fill);
        }
        else
        {
            Book(in fill);
        }
    }

    private void Book(in Fill fill, SizeLots beyond = default)
    {
        _parts.Portfolio.Book(in fill);
        Decide(in fill);
        _parts.Risk.Account.Measure(Time.Now);
        _host.OnFill(in fill, beyond);
        _host.ObeyLimits();
    }

    // What a reduce-only order trades beyond the position that it leaves: two of them crossed each other, and the venue could not tell.
    private SizeLots Beyond(Order order, SizeLots size)
    {
        if (!order.Intent.ReduceOnly || _parts.Table[order.Intent.Instrument].Kind == InstrumentKind.Spot)
        {
            return default;
        }

        long held = _parts.Portfolio.Position(order.Bot, order.Intent.Instrument).Size.Value;
        long leaves = Math.Max(0, order.Intent.Side == OrderSide.Sell ? held : -held);
        return new SizeLots(Math.Max(0, size.Value - leaves));
    }

    private void Decide(in Fill fill)
    {
        _parts.Decisions.Add(unchecked((long)fill.TradeId.High));
        _parts.Decisions.Add(unchecked((long)fill.TradeId.Low));
        _parts.Decisions.Add(fill.Price.Value);
        _parts.Decisions.Add(fill.Size.Value);
        _parts.Decisions.Add(fill.Time.Nanos);
    }

    private static Fill FillOf(in ExecutionReport report, BotId bot, InstrumentId instrument, (OrderSide Side, OrderPurpose Purpose) order) => new()
    {
        Order = report.Order,
        TradeId = report.TradeId,
        Bot = bot,
        Instrument = instrument,
        Side = order.Side,
        Purpose = order.Purpose,
        IsMaker = report.IsMaker,
        Price = report.Price,
        Size = report.Size,
        Fee = report.Fee,
        FeeAsset = report.FeeAsset,
        Time = report.Time,
    };
}
