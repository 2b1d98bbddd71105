using Harrier.Domain;
using Harrier.Simulation.Matching;

namespace Harrier.Testnet.Core;

/// <summary>The sink of an instrument's matching engine; a struct so that the engine calls it directly.</summary>
internal readonly struct BookSink(InstrumentBook book) : IMatchingSink
{
    public void OnTrade(in MatchTrade trade) => book.Booking.OnTrade(book, trade);

    public void OnPrevention(in MatchPrevention prevention) => book.Booking.OnPrevention(book, prevention);

    public void OnLevel(bool isSell, in MatchLevel level) => book.Touch(isSell, level.Price);

    public long Allowed(long makerId, long size) => FillBooking.Allowed(book, makerId, size);
}

/// <summary>One instrument's engine between decimals and whole numbers, and what the core remembers about its market.</summary>
internal sealed class InstrumentBook
{
    // Small, as an exchange may list hundreds: about 200 kB for both sides of a book.
    private const int WindowTicks = 4096;

    private readonly ListedInstrument _instrument;
    private readonly HashSet<long> _touched = [];
    private readonly List<(long Ticks, decimal Quantity, bool IsSell)> _trades = [];
    private readonly PriceGrid _lots;
    private MatchingEngine<BookSink> _engine;
    private PriceGrid _ticks;
    private long _cutId;
    private long _aggregates;
    private bool _isRebuilding;
    private TopOfBook _toldTop;

    public InstrumentBook(ListedInstrument instrument, FillBooking booking, int recentTrades)
    {
        _instrument = instrument;
        Booking = booking;
        _ticks = new PriceGrid(instrument.TickSize);
        _lots = new PriceGrid(instrument.LotSize);
        _engine = new MatchingEngine<BookSink>(new BookSink(this), windowTicks: WindowTicks);
        Trades = new HistoryRing<PublicTrade>(recentTrades);
    }

    public FillBooking Booking { get; }

    public HistoryRing<PublicTrade> Trades { get; }

    /// <summary>The resting orders by id.</summary>
    public Dictionary<long, ExchangeOrder> Orders { get; } = [];

    /// <summary>Orders waiting for a trigger, oldest first.</summary>
    public List<ExchangeOrder> Waiting { get; } = [];

    /// <summary>Last and mark price at which nothing waiting was due; reset when something new waits.</summary>
    public (decimal Last, decimal Mark) TriggersCheckedAt { get; set; }

    /// <summary>The order that is being matched.</summary>
    public ExchangeOrder? Taker { get; private set; }

    public TopOfBook Top => new(BestPrice(false), BestQuantity(false), BestPrice(true), BestQuantity(true));

    public int Levels(bool isSell) => isSell ? _engine.AskLevels : _engine.BidLevels;

    public decimal BestPrice(bool isSell) => (isSell ? _engine.BestAsk : _engine.BestBid) is >= 0 and long best ? _ticks.ToDecimal(best) : 0;

    public decimal QuantityAt(bool isSell, decimal price) => _lots.ToDecimal(_engine.LevelAt(isSell, _ticks.ToWhole(price)).Size);

    public decimal Price(long ticks) => _ticks.ToDecimal(ticks);

    public decimal Quantity(long lots) => _lots.ToDecimal(lots);

    public long Lots(decimal quantity) => _lots.ToWhole(quantity);

    public bool IsOnLotGrid(decimal quantity) => _lots.Contains(quantity);

    /// <summary>True when an order at this price would fill something.</summary>
    public bool WouldTake(bool isSell, decimal price) => isSell
        ? _engine.BestBid >= 0 && _ticks.ToDecimal(_engine.BestBid) >= price
        : _engine.BestAsk >= 0 && _ticks.ToDecimal(_engine.BestAsk) <= price;

    public void Touch(bool isSell, long price)
    {
        if (!_isRebuilding)
        {
            _instrument.LastUpdateId++;
            _touched.Add((price << 1) | (isSell ? 1L : 0L));
        }
    }

    public MatchResult Submit(ExchangeOrder order, in MatchTerms terms)
    {
        bool isSell = order.Terms.IsSell;
        MatchOrder arriving = new()
        {
            Id = order.Id,
            Account = order.Account.Id,
            IsSell = isSell,
            Price = terms.IsMarket ? MatchingPrices.Worst(isSell) : _ticks.ToWhole(order.Price),
            Size = _lots.ToWhole(order.Remaining),
            TimeInForce = terms.TimeInForce,
            SelfTrade = (SelfTradeRule)order.Terms.Stp,
            Peak = order.Terms.IcebergQuantity > 0 ? _lots.ToWhole(order.Terms.IcebergQuantity) : 0,
            Budget = terms.Budget > 0 ? (Int128)decimal.Floor(terms.Budget / _ticks.Unit / _lots.Unit) : 0,
            IsGuarded = order.Terms.ReduceOnly && !order.Account.IsHouse,
        };
        Taker = order;
        try
        {
            return _engine.Submit(arriving);
        }
        finally
        {
            Taker = null;
        }
    }

    /// <summary>Puts an order where it rested in an earlier process, without matching.</summary>
    public void Restore(ExchangeOrder order)
    {
        Orders.Add(order.Id, order);
        _engine.Insert(Resting(order, _ticks.ToWhole(order.Price), _lots.ToWhole(order.Remaining)));
    }

    public bool Cancel(ExchangeOrder order) => Orders.Remove(order.Id) && _engine.Cancel(order.Id);

    public void Reduce(ExchangeOrder order, decimal by) => _engine.Reduce(order.Id, _lots.ToWhole(by));

    /// <summary>What an order sized in quote comes to, and what a market order would cost, by the visible levels.</summary>
    public Estimate Sweep(bool isSell, decimal quantity, decimal quote)
    {
        Estimate estimate = default;
        for (long price = _engine.NextPrice(!isSell, -1); price >= 0; price = _engine.NextPrice(!isSell, price))
        {
            decimal at = _ticks.ToDecimal(price);
            decimal size = _lots.ToDecimal(_engine.LevelAt(!isSell, price).Size);
            size = quote > 0 ? Math.Min(size, _lots.Floor((quote - estimate.Quote) / at)) : Math.Min(size, quantity - estimate.Quantity);
            if (size <= 0)
            {
                break;
            }

            estimate = new Estimate(estimate.Quantity + size, estimate.Quote + (size * at));
        }

        return estimate;
    }

    /// <summary>Visible size at a price or better.</summary>
    public decimal Offered(bool isSell, decimal limit)
    {
        decimal offered = 0;
        for (long price = _engine.NextPrice(!isSell, -1); price >= 0; price = _engine.NextPrice(!isSell, price))
        {
            decimal at = _ticks.ToDecimal(price);
            if (isSell ? at < limit : at > limit)
            {
                break;
            }

            offered += _lots.ToDecimal(_engine.LevelAt(!isSell, price).Size);
        }

        return offered;
    }

    public void AddTrade(long ticks, decimal quantity, bool isSell) => _trades.Add((ticks, quantity, isSell));

    /// <summary>Numbers the trades of the order just matched in groups of one price, remembers and tells them.</summary>
    public void FlushTrades(Timestamp now, EventFan events)
    {
        if (_trades.Count == 0)
        {
            return;
        }

        long id = _instrument.LastTradeId - _trades.Count + 1;
        for (int i = 0; i < _trades.Count;)
        {
            int end = i + 1;
            while (end < _trades.Count && _trades[end].Ticks == _trades[i].Ticks)
            {
                end++;
            }

            (long first, long last) = (id + i, id + end - 1);
            _aggregates++;
            decimal price = _ticks.ToDecimal(_trades[i].Ticks);
            for (; i < end; i++)
            {
                PublicTrade trade = new(id + i, price, _trades[i].Quantity, _trades[i].IsSell, now, first, last) { AggregateId = _aggregates };
                Trades.Add(trade);
                events.Trade(_instrument, trade);
            }
        }

        _trades.Clear();
    }

    public void FlushTop(EventFan events)
    {
        if (events.HasListeners && Top is TopOfBook top && top != _toldTop)
        {
            _toldTop = top;
            events.Top(_instrument, top);
        }
    }

    /// <summary>Tells the level changes since the last cut.</summary>
    public void CutDepth(Timestamp now, EventFan events)
    {
        if (_instrument.LastUpdateId == _cutId)
        {
            return;
        }

        List<DepthLevel> bids = [];
        List<DepthLevel> asks = [];
        if (events.HasListeners)
        {
            foreach (long key in _touched)
            {
                bool isSell = (key & 1) == 1;
                MatchLevel level = _engine.LevelAt(isSell, key >> 1);
                (isSell ? asks : bids).Add(new DepthLevel(_ticks.ToDecimal(level.Price), _lots.ToDecimal(level.Size)));
            }

            events.Depth(_instrument, new DepthChange(_cutId + 1, _instrument.LastUpdateId, _cutId, bids, asks) { Time = now });
        }

        _touched.Clear();
        _cutId = _instrument.LastUpdateId;
    }

    public DepthView Depth(int limit) => new(_instrument.LastUpdateId, Side(isSell: false, limit), Side(isSell: true, limit));

    /// <summary>Makes the grid fine enough for a new tick; orders keep their prices and places.</summary>
    public void Refine(decimal tick)
    {
        decimal unit = PriceGrid.Common(_ticks.Unit, tick);
        if (unit == _ticks.Unit)
        {
            return;
        }

        PriceGrid finer = new(unit);
        MatchingEngine<BookSink> old = _engine;
        MatchingEngine<BookSink> made = new(new BookSink(this), old.Orders, WindowTicks);
        long[] queue = new long[Math.Max(old.Orders, 1)];
        _isRebuilding = true;
        foreach (bool isSell in (ReadOnlySpan<bool>)[false, true])
        {
            for (long price = old.NextPrice(isSell, -1); price >= 0; price = old.NextPrice(isSell, price))
            {
                foreach (long id in queue.AsSpan(0, old.CopyQueue(isSell, price, queue)))
                {
                    made.Insert(Resting(Orders[id], finer.ToWhole(_ticks.ToDecimal(price)), old.SizeOf(id)));
                }
            }
        }

        _isRebuilding = false;
        RescaleTouched(finer);
        (_engine, _ticks) = (made, finer);
    }

    private MatchOrder Resting(ExchangeOrder order, long price, long size) => new()
    {
        Id = order.Id,
        Account = order.Account.Id,
        IsSell = order.Terms.IsSell,
        Price = price,
        Size = size,
        SelfTrade = (SelfTradeRule)order.Terms.Stp,
        Peak = order.Terms.IcebergQuantity > 0 ? _lots.ToWhole(order.Terms.IcebergQuantity) : 0,
        IsGuarded = order.Terms.ReduceOnly && !order.Account.IsHouse,
    };

    private void RescaleTouched(PriceGrid finer)
    {
        long[] keys = [.. _touched];
        _touched.Clear();
        foreach (long key in keys)
        {
            _touched.Add((finer.ToWhole(_ticks.ToDecimal(key >> 1)) << 1) | (key & 1));
        }
    }

    private decimal BestQuantity(bool isSell) =>
        (isSell ? _engine.BestAsk : _engine.BestBid) is >= 0 and long best ? _lots.ToDecimal(_engine.LevelAt(isSell, best).Size) : 0;

    private DepthLevel[] Side(bool isSell, int limit)
    {
        MatchLevel[] levels = new MatchLevel[Math.Min(Math.Max(limit, 0), Levels(isSell))];
        int count = _engine.CopyLevels(isSell, levels);
        DepthLevel[] side = new DepthLevel[count];
        for (int i = 0; i < count; i++)
        {
            side[i] = new DepthLevel(_ticks.ToDecimal(levels[i].Price), _lots.ToDecimal(levels[i].Size));
        }

        return side;
    }
}

/// <summary>How an order goes into the engine.</summary>
/// <param name="IsMarket">At any price.</param>
/// <param name="TimeInForce">How long.</param>
/// <param name="Budget">The most it may pay; 0 is no limit.</param>
internal readonly record struct MatchTerms(bool IsMarket, MatchTimeInForce TimeInForce, decimal Budget);

/// <summary>What a sweep through the visible levels comes to.</summary>
internal readonly record struct Estimate(decimal Quantity, decimal Quote);
