using Harrier.Testnet.Core;

namespace Harrier.Testnet.Markets;

/// <summary>
/// One instrument under replay: the recorded levels rest as house orders, recorded takers take. Users' orders stand among them with their own place in the
/// queue, so the book is the recorded one plus the users' part. Used inside the gate.
/// </summary>
/// <param name="core">The core it trades on.</param>
/// <param name="instrument">What it trades.</param>
/// <param name="maker">Rests the levels.</param>
/// <param name="taker">Takes as recorded.</param>
internal sealed class ReplayMarket(ExchangeCore core, ListedInstrument instrument, ExchangeAccount maker, ExchangeAccount taker)
{
    private const int LadderLevels = 15;
    private const decimal LadderStep = 0.0002m;
    private readonly SortedDictionary<decimal, ExchangeOrder> _bids = new(Comparer<decimal>.Create((left, right) => right.CompareTo(left)));
    private readonly SortedDictionary<decimal, ExchangeOrder> _asks = [];
    private readonly List<decimal> _gone = [];
    private bool _hasBook;
    private decimal _ladderPrice;
    private decimal _typical;

    /// <summary>Does a recorded event again.</summary>
    public void Apply(ReplayEvent happened)
    {
        if (instrument.Status != ListingStatus.Trading)
        {
            return;
        }

        if (happened is ReplayTrade trade)
        {
            Trade(trade);
        }
        else if (happened is ReplayBook book)
        {
            _hasBook = true;
            Book(book);
        }
    }

    private void Book(ReplayBook book)
    {
        if (book.IsSnapshot)
        {
            Keep(isSell: false, book.Bids);
            Keep(isSell: true, book.Asks);
        }

        // Levels that went make room before new ones come, or the book would cross itself.
        Levels(book, gone: true);
        Levels(book, gone: false);
    }

    private void Levels(ReplayBook book, bool gone)
    {
        for (int side = 0; side < 2; side++)
        {
            foreach (DepthLevel level in side == 1 ? book.Asks : book.Bids)
            {
                if (level.Quantity == 0 == gone)
                {
                    SetLevel(side == 1, level.Price, level.Quantity);
                }
            }
        }
    }

    private void Keep(bool isSell, IReadOnlyList<DepthLevel> levels)
    {
        HashSet<decimal> listed = [.. levels.Select(level => level.Price)];
        foreach (decimal price in Side(isSell).Keys.Where(price => !listed.Contains(price)).ToArray())
        {
            SetLevel(isSell, price, 0);
        }
    }

    // The recorded quantity is absolute: a level that a user has eaten is as large as recorded again at its next recorded change.
    private void SetLevel(bool isSell, decimal price, decimal quantity)
    {
        SortedDictionary<decimal, ExchangeOrder> side = Side(isSell);
        decimal lots = Floor(quantity, instrument.LotSize);
        decimal grid = isSell ? decimal.Ceiling(price / instrument.TickSize) * instrument.TickSize : Floor(price, instrument.TickSize);
        if (side.TryGetValue(grid, out ExchangeOrder? order))
        {
            if (order.IsOpen && order.Remaining == lots)
            {
                return;
            }

            Cancel(order);
            side.Remove(grid);
        }

        if (lots > 0 && grid > 0)
        {
            RemoveThrough(!isSell, grid, orAt: true);
            if (Place(isSell, grid, lots) is { IsOpen: true } resting)
            {
                side[grid] = resting;
            }
        }
    }

    private void Trade(ReplayTrade trade)
    {
        decimal price = Math.Max(instrument.TickSize, Math.Round(trade.Price / instrument.TickSize) * instrument.TickSize);
        decimal quantity = Floor(trade.Quantity, instrument.LotSize);
        if (quantity == 0)
        {
            return;
        }

        if (!_hasBook)
        {
            Ladder(price, quantity);
        }

        // The recorded taker met this price first: better levels of the house are stale. Users' better orders are not, they come first.
        bool makerSells = !trade.IsSell;
        RemoveThrough(makerSells, price, orAt: false);
        RemoveThrough(!makerSells, price, orAt: true);
        decimal there = Side(makerSells).TryGetValue(price, out ExchangeOrder? level) && level.IsOpen ? level.Remaining : 0;
        ExchangeOrder? rest = quantity > there ? Place(makerSells, price, quantity - there) : null;
        core.Place(taker, Terms(trade.IsSell, price, quantity) with { TimeInForce = ExchangeTimeInForce.IOC });
        if (rest is { IsOpen: true })
        {
            Cancel(rest);
        }

        if (level is { IsOpen: false })
        {
            Side(makerSells).Remove(price);
        }
    }

    // Recordings without a book: a made-up one around the last trade, in even steps, growing with the distance.
    private void Ladder(decimal price, decimal quantity)
    {
        _typical = _typical == 0 ? quantity : (_typical * 0.95m) + (quantity * 0.05m);
        if (price == _ladderPrice)
        {
            return;
        }

        _ladderPrice = price;
        decimal step = Math.Max(instrument.TickSize, Math.Round(price * LadderStep / instrument.TickSize) * instrument.TickSize);
        for (int side = 0; side < 2; side++)
        {
            bool isSell = side == 1;
            DepthLevel[] levels = new DepthLevel[LadderLevels];
            for (int i = 0; i < LadderLevels; i++)
            {
                decimal distance = step * (i + 1);
                levels[i] = new DepthLevel(isSell ? price + distance : price - distance, Math.Max(instrument.LotSize, Floor(_typical * (2 + (i / 2m)), instrument.LotSize)));
            }

            Keep(isSell, levels);
            foreach (DepthLevel level in levels)
            {
                SetLevel(isSell, level.Price, level.Quantity);
            }
        }
    }

    // Cancels the house's orders of a side that are better than a price: they would trade with what comes.
    private void RemoveThrough(bool isSell, decimal price, bool orAt)
    {
        SortedDictionary<decimal, ExchangeOrder> side = Side(isSell);
        _gone.Clear();
        foreach ((decimal level, ExchangeOrder order) in side)
        {
            int compared = isSell ? level.CompareTo(price) : price.CompareTo(level);
            if (compared > 0 || (compared == 0 && !orAt))
            {
                break;
            }

            Cancel(order);
            _gone.Add(level);
        }

        foreach (decimal level in _gone)
        {
            side.Remove(level);
        }
    }

    private ExchangeOrder? Place(bool isSell, decimal price, decimal quantity) => core.Place(maker, Terms(isSell, price, quantity)).Order;

    private void Cancel(ExchangeOrder order)
    {
        if (order.IsOpen)
        {
            core.Cancel(maker, new OrderKey(instrument.Symbol, order.Id, null));
        }
    }

    private NewOrder Terms(bool isSell, decimal price, decimal quantity) =>
        new() { Symbol = instrument.Symbol, IsSell = isSell, Type = ExchangeOrderType.Limit, Price = price, Quantity = quantity };

    private SortedDictionary<decimal, ExchangeOrder> Side(bool isSell) => isSell ? _asks : _bids;

    private static decimal Floor(decimal value, decimal step) => decimal.Floor(value / step) * step;
}
