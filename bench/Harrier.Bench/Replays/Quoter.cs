using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Strategies;

namespace Harrier.Bench.Replays;

/// <summary>Keeps one order at the best bid or ask, moved every so many books, so that queues, latencies and fills are at work.</summary>
internal sealed class Quoter : Strategy
{
    private const int BooksPerMove = 40;

    private int _books;
    private ClientOrderId _working;

    /// <summary>Orders filled, in part or whole.</summary>
    public int Fills { get; private set; }

    protected override void OnBook(in BookTop top)
    {
        if (++_books % BooksPerMove != 0)
        {
            return;
        }

        Cancel(_working);
        bool buys = !Position.IsLong;
        _working = Send(new OrderIntent
        {
            Instrument = Instrument.Id,
            Side = buys ? OrderSide.Buy : OrderSide.Sell,
            Type = OrderType.Limit,
            Size = new SizeLots(buys ? Math.Max(1, top.Bid.Size.Value / 100) : Position.Size.Value),
            Limit = buys ? top.Bid.Price : top.Ask.Price,
        }) ?? default;
    }

    protected override void OnFill(in Fill fill) => Fills++;
}
