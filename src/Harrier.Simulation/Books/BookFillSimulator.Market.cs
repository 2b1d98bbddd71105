using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Simulation.Fills;

namespace Harrier.Simulation.Books;

/// <content>What trades, books and mark prices do to orders of ours.</content>
public sealed partial class BookFillSimulator
{
    private void ApplyTrade(BookDesk desk, in MarketEvent trade)
    {
        desk.LastPrice = trade.Price.Value;
        if (!desk.HasMarks)
        {
            Mark(desk, trade.Price.Value);
        }

        if (!desk.HasOrders)
        {
            return;
        }

        if (CanTrade(desk))
        {
            Reach(desk, in trade);
        }

        Wake(desk, trade.Price.Value);
    }

    /// <summary>A taker's trade reaches our resting orders: those with a better price first, then at its price those whose turn has come.</summary>
    private void Reach(BookDesk desk, in MarketEvent trade)
    {
        RestingOrders side = desk.Side(!trade.IsSell);
        long left = trade.Size.Value;
        for (int i = 0; i < side.Count;)
        {
            QueuedOrder order = side[i];
            long limit = order.Intent.Limit.Value;
            if (limit != trade.Price.Value && !side.IsBetter(limit, trade.Price.Value))
            {
                break;
            }

            long share = limit == trade.Price.Value ? Advance(order, left, trade.Size.Value) : left;
            if (share > 0)
            {
                left -= Fill(desk, order, share, limit, isMaker: true);
            }

            i += order.IsDone ? 0 : 1;
        }
    }

    // Moves an order ahead in its queue by what traded at its price.
    private static long Advance(QueuedOrder order, long left, long traded)
    {
        order.TradedSince += traded;
        double ahead = order.Front;
        order.Front = Math.Max(0, ahead - left);
        return left > ahead ? (long)(left - ahead) : 0;
    }

    private void Wake(BookDesk desk, long price)
    {
        for (int i = 0; i < desk.Waiting.Count;)
        {
            QueuedOrder order = desk.Waiting[i];
            if (!order.IsAwake)
            {
                Watch(order, price);
                Enter(desk, order);
            }

            i += i < desk.Waiting.Count && ReferenceEquals(desk.Waiting[i], order) ? 1 : 0;
        }
    }

    private void ApplyBook(BookDesk desk, in MarketEvent change)
    {
        if (!_options.HasBook)
        {
            return;
        }

        RestingOrders side = desk.Side(change.IsSell);
        if (side.Count > 0 && change.Kind == MarketEventKind.BookLevel)
        {
            Requeue(side, change.Price.Value, (desk.Book.At(change.IsSell, change.Price.Value), change.Size.Value));
        }

        desk.Book.Apply(in change);
        if (change.LastInBatch && desk.HasOrders && desk.Book.IsVerified)
        {
            Settle(desk);
        }
    }

    // What left a level without a trade was canceled, ahead of our order or behind it.
    private void Requeue(RestingOrders side, long price, (long Before, long Now) level)
    {
        for (int i = 0; i < side.Count; i++)
        {
            QueuedOrder order = side[i];
            if (order.Intent.Limit.Value != price)
            {
                continue;
            }

            long standing = level.Before - order.TradedSince;
            long canceled = standing - level.Now;
            if (canceled > 0)
            {
                order.Front = _options.Queue.AfterCancels(order.Front, Math.Max(0, standing - order.Front), canceled);
            }

            order.Front = Math.Min(order.Front, level.Now);
            order.TradedSince = 0;
        }
    }

    /// <summary>A message of the book is complete: orders that waited for it enter, and resting ones trade with what now stands across them.</summary>
    private void Settle(BookDesk desk)
    {
        for (int i = 0; i < desk.Waiting.Count;)
        {
            QueuedOrder order = desk.Waiting[i];
            Enter(desk, order);
            i += i < desk.Waiting.Count && ReferenceEquals(desk.Waiting[i], order) ? 1 : 0;
        }

        Meet(desk, desk.Bids, isAsk: true);
        Meet(desk, desk.Asks, isAsk: false);
    }

    // The order across would have met ours before it came to rest: ours is the maker, at its own limit.
    private void Meet(BookDesk desk, RestingOrders side, bool isAsk)
    {
        for (int i = 0; i < side.Count;)
        {
            QueuedOrder order = side[i];
            long limit = order.Intent.Limit.Value;
            order.Front = Math.Min(order.Front, desk.Book.At(!isAsk, limit));
            for (long best = desk.Book.BestAvailable(isAsk); best > 0 && !order.IsDone && (isAsk ? best <= limit : best >= limit); best = desk.Book.BestAvailable(isAsk))
            {
                if (Fill(desk, order, desk.Book.Available(isAsk, best), limit, isMaker: true) is var filled and > 0)
                {
                    desk.Book.Take(isAsk, best, filled);
                }
            }

            i += order.IsDone ? 0 : 1;
        }
    }

    private void Mark(BookDesk desk, long price)
    {
        _accounts.Mark(desk.Instrument.Id, price);
        if (desk.Instrument.Kind == InstrumentKind.Spot)
        {
            return;
        }

        for (int bot = 0; bot < _accounts.All.Length; bot++)
        {
            if (_accounts.IsLiquidatedAt(new BotId(bot), desk.Instrument.Id, price))
            {
                Liquidate(desk, new BotId(bot));
            }
        }
    }

    private void Liquidate(BookDesk desk, BotId bot)
    {
        foreach (BookDesk any in _desks)
        {
            while (any.AnyOf(bot) is { } order)
            {
                End(any, order, ExecutionKind.Canceled, RejectReason.None);
            }
        }

        BookedFill fill = _accounts.TakeOver(bot, desk.Instrument.Id);
        Send(VenueReports.OfLiquidation(bot, desk.Instrument, in fill, ReportTimes()));
    }
}
