using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Simulation.Fills;

namespace Harrier.Simulation.Books;

/// <content>How orders of ours meet the market at the venue.</content>
public sealed partial class BookFillSimulator
{
    private void Receive(QueuedOrder order)
    {
        BookDesk desk = _desks[order.Intent.Instrument.Index];
        if (_sentAtOnce > MaxOrdersAtOnce && order.Intent.Purpose == OrderPurpose.Signal)
        {
            Report(ExecutionKind.Rejected, order.Order.Id, RejectReason.TooManyOrders);
            return;
        }

        desk.Waiting.Add(order);
        Report(ExecutionKind.Accepted, order.Order.Id, RejectReason.None);
        if (!order.IsAwake && desk.LastPrice > 0)
        {
            Watch(order, desk.LastPrice);
        }

        Enter(desk, order);
    }

    private static void Watch(QueuedOrder order, long price)
    {
        order.Follow(price);
        order.IsAwake = order.IsTriggeredAt(price);
    }

    // Nothing fills against a book that is not to be believed; at the end of the data the last price stands for it.
    private bool CanTrade(BookDesk desk) => _isEnding || !_options.HasBook ? desk.LastPrice > 0 : desk.Book.IsVerified;

    /// <summary>An order that is awake meets the market for the first time; it waits where there is none to meet.</summary>
    private void Enter(BookDesk desk, QueuedOrder order)
    {
        if (!order.IsAwake || !CanTrade(desk))
        {
            return;
        }

        order.IsNew = false;
        long? limit = order.HasLimit ? order.Intent.Limit.Value : null;
        bool takes = limit is not { } worst || Crosses(desk, order.IsBuy, worst);
        if (takes && order.Intent.PostOnly && order.HasLimit)
        {
            End(desk, order, ExecutionKind.Rejected, RejectReason.PostOnlyWouldTake);
            return;
        }

        if (takes && !(order.Intent.TimeInForce == TimeInForce.FillOrKill && Fillable(desk, order, limit) < order.Remaining))
        {
            Take(desk, order, limit);
        }

        if (order.IsDone)
        {
            return;
        }

        if (!order.HasLimit || order.Intent.TimeInForce != TimeInForce.GoodTilCanceled)
        {
            End(desk, order, ExecutionKind.Expired, RejectReason.None);
            return;
        }

        desk.Waiting.Remove(order);
        order.Front = _options.HasBook ? desk.Book.Available(!order.IsBuy, order.Intent.Limit.Value) : double.PositiveInfinity;
        order.TradedSince = 0;
        desk.Side(!order.IsBuy).Add(order);
    }

    private bool Crosses(BookDesk desk, bool isBuy, long limit)
    {
        long best = _options.HasBook ? desk.Book.BestAvailable(isAsk: isBuy) : desk.LastPrice;
        return best > 0 && (isBuy ? best <= limit : best >= limit);
    }

    private long Fillable(BookDesk desk, QueuedOrder order, long? limit) =>
        _options.HasBook ? desk.Book.AvailableUpTo(order.IsBuy, limit, order.Remaining) : order.Remaining;

    private void Take(BookDesk desk, QueuedOrder order, long? limit)
    {
        if (_options.HasBook && desk.Book.IsVerified)
        {
            Walk(desk, order, limit);
        }

        // At the end of the data a position is closed whatever the book holds.
        if (!order.IsDone && (!_options.HasBook || (_isEnding && limit is null)))
        {
            TakeLast(desk, order, limit);
        }
    }

    // Takes level by level, the best first, each at its own price.
    private void Walk(BookDesk desk, QueuedOrder order, long? limit)
    {
        bool isAsk = order.IsBuy;
        foreach (BookLevel level in desk.Book.Side(isAsk))
        {
            long price = level.Price.Value;
            if (order.IsDone || (limit is { } worst && (isAsk ? price > worst : price < worst)))
            {
                break;
            }

            long lots = Math.Min(order.Remaining, desk.Book.Available(isAsk, price));
            if (lots > 0 && Fill(desk, order, lots, price, isMaker: false) is var filled and > 0)
            {
                desk.Book.Take(isAsk, price, filled);
            }
        }
    }

    // Without a book: at the last trade's price and the slippage beyond it.
    private void TakeLast(BookDesk desk, QueuedOrder order, long? limit)
    {
        SlippageFacts facts = new(desk.Instrument.ToDouble(new SizeLots(order.Remaining)), 0, 0);
        double fraction = _costs.Slippage.Fraction(in facts);
        double worse = desk.LastPrice * (order.IsBuy ? 1 + fraction : 1 - fraction);
        long price = order.IsBuy ? (long)Math.Ceiling(worse - 1e-9) : Math.Max(1, (long)Math.Floor(worse + 1e-9));
        if (limit is { } worst)
        {
            price = order.IsBuy ? Math.Min(price, worst) : Math.Max(price, worst);
        }

        Fill(desk, order, order.Remaining, price, isMaker: false);
    }

    /// <summary>Trades some of an order.</summary>
    /// <returns>How many lots: fewer where a reduce-only order finds less to reduce, none where the account cannot carry it, which ends the order.</returns>
    private long Fill(BookDesk desk, QueuedOrder order, long lots, long price, bool isMaker)
    {
        long tradable = _accounts.Tradable(order, Math.Min(lots, order.Remaining));
        if (tradable == 0)
        {
            End(desk, order, ExecutionKind.Expired, RejectReason.NothingToReduce);
            return 0;
        }

        bool untouched = order.Remaining == order.Intent.Size.Value;
        if (_accounts.Book(order, tradable, price, isMaker) is not { } fill)
        {
            // A venue refuses an order as a whole or, once some of it traded, ends the rest.
            End(desk, order, untouched ? ExecutionKind.Rejected : ExecutionKind.Expired, RejectReason.InsufficientBalance);
            return 0;
        }

        Send(VenueReports.OfFill(order, in fill, (isMaker, desk.Instrument.Quote), ReportTimes()));
        if (order.Remaining == 0)
        {
            desk.Remove(order);
        }

        return tradable;
    }

    private void End(BookDesk desk, QueuedOrder order, ExecutionKind kind, RejectReason reason)
    {
        desk.Remove(order);
        Report(kind, order.Order.Id, reason);
    }

    private void Report(ExecutionKind kind, ClientOrderId order, RejectReason reason) => Send(VenueReports.Of(kind, order, reason, ReportTimes()));

    private (Timestamp At, Timestamp Received) ReportTimes()
    {
        long arrival = _response.ArrivalOf(_now + (_isEnding ? 0 : _options.Response.Sample(_latency)));
        return (new Timestamp(_now), new Timestamp(arrival));
    }

    private void Send(in ExecutionReport report) => _response.Send(report.ReceivedTime.Nanos, in report);
}
