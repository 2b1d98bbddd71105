using Harrier.Testnet.Core;

namespace Harrier.Testnet.Markets;

/// <summary>
/// One instrument under replay: the recorded levels rest as house orders, recorded takers take. Users' orders stand among them with their own place in the
/// queue, so the book is the recorded one plus the users' part. Used inside the gate.
/// </summary>
internal sealed class ReplayMarket
{
    private const int LadderLevels = 15;
    private const decimal LadderStep = 0.0002m;
    private readonly ExchangeCore _core;
    private readonly ListedInstrument _instrument;
    private readonly ExchangeAccount _taker;
    private readonly ReplaySide _bids;
    private readonly ReplaySide _asks;
    private bool _hasBook;
    private decimal _ladderPrice;
    private decimal _typical;

    /// <summary>An empty market.</summary>
    /// <param name="core">The core it trades on.</param>
    /// <param name="instrument">What it trades.</param>
    /// <param name="maker">Rests the levels.</param>
    /// <param name="taker">Takes as recorded.</param>
    public ReplayMarket(ExchangeCore core, ListedInstrument instrument, ExchangeAccount maker, ExchangeAccount taker)
    {
        _core = core;
        _instrument = instrument;
        _taker = taker;
        _bids = new ReplaySide(core, instrument, maker, isSell: false);
        _asks = new ReplaySide(core, instrument, maker, isSell: true);
    }

    /// <summary>Does a recorded event again.</summary>
    public void Apply(ReplayEvent happened)
    {
        if (_instrument.Status != ListingStatus.Trading)
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
            Book(book.IsSnapshot, book.Bids, book.Asks);
        }
    }

    private void Book(bool isSnapshot, IReadOnlyList<DepthLevel> bids, IReadOnlyList<DepthLevel> asks)
    {
        if (isSnapshot)
        {
            _bids.KeepOnly(bids);
            _asks.KeepOnly(asks);
        }

        // Levels that went make room before new ones come, or the book would cross itself.
        _bids.Remove(bids);
        _asks.Remove(asks);
        _bids.Set(bids);
        _asks.Set(asks);
    }

    private void Trade(ReplayTrade trade)
    {
        decimal price = Math.Max(_instrument.TickSize, Math.Round(trade.Price / _instrument.TickSize) * _instrument.TickSize);
        decimal quantity = decimal.Floor(trade.Quantity / _instrument.LotSize) * _instrument.LotSize;
        if (quantity == 0)
        {
            return;
        }

        if (!_hasBook)
        {
            Ladder(price, quantity);
        }

        // Trades and books are recorded apart and overtake each other: levels in the way of the trade step aside for it, and afterwards
        // everything is as the book was recorded. Users' better orders do not step aside: they trade first.
        (ReplaySide makers, ReplaySide others) = trade.IsSell ? (_bids, _asks) : (_asks, _bids);
        makers.StepAside(price, orAt: false);
        others.StepAside(price, orAt: true);
        ExchangeOrder? rest = makers.TopUp(price, quantity);
        _core.Place(_taker, ReplaySide.Terms(_instrument, trade.IsSell, price, quantity) with { TimeInForce = ExchangeTimeInForce.IOC });
        makers.Withdraw(rest);
        makers.Restore(price);
        others.Restore(price);
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
        decimal step = Math.Max(_instrument.TickSize, Math.Round(price * LadderStep / _instrument.TickSize) * _instrument.TickSize);
        DepthLevel[] bids = new DepthLevel[LadderLevels];
        DepthLevel[] asks = new DepthLevel[LadderLevels];
        for (int i = 0; i < LadderLevels; i++)
        {
            decimal size = Math.Max(_instrument.LotSize, decimal.Floor(_typical * (2 + (i / 2m)) / _instrument.LotSize) * _instrument.LotSize);
            bids[i] = new DepthLevel(price - (step * (i + 1)), size);
            asks[i] = new DepthLevel(price + (step * (i + 1)), size);
        }

        Book(isSnapshot: true, bids, asks);
    }
}
