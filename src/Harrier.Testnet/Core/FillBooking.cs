using Harrier.Domain;
using Harrier.Simulation.Matching;

namespace Harrier.Testnet.Core;

/// <summary>Books what the matching engines do: orders, balances, positions and fees, so that every asset's sum over all accounts stays the same.</summary>
internal sealed class FillBooking(ExchangeCoreOptions options, VenueAccounts venue, EventFan events, OrderRegistry registry)
{
    private const int FeeDecimals = 8;

    private readonly List<ExchangePosition> _moved = [];

    /// <summary>The venue's time, set at the start of each command.</summary>
    public Timestamp Now { get; set; }

    /// <summary>Every instrument, to price the fee asset.</summary>
    public required Func<string, ListedInstrument?> Find { get; init; }

    public void OnTrade(InstrumentBook book, in MatchTrade trade)
    {
        ExchangeOrder taker = book.Taker!;
        ExchangeOrder maker = book.Orders[trade.MakerId];
        ListedInstrument instrument = taker.Instrument;
        decimal price = book.Price(trade.Price);
        decimal quantity = book.Quantity(trade.Size);
        instrument.LastTradeId++;
        instrument.LastPrice = price;
        book.AddTrade(trade.Price, quantity, trade.TakerIsSell);
        Book(taker, price, quantity, isMaker: false);
        Book(maker, price, quantity, isMaker: true);
    }

    public void OnPrevention(InstrumentBook book, in MatchPrevention prevention)
    {
        ExchangeOrder maker = book.Orders[prevention.MakerId];
        decimal size = book.Quantity(prevention.Size);
        if (prevention.IsGuard)
        {
            registry.ShrinkTo(maker, maker.Remaining - size);
            return;
        }

        ExchangeOrder taker = book.Taker!;
        if (taker.Terms.Stp == SelfTradePrevention.Decrement)
        {
            taker.Prevented += size;
            taker.Updated = Now;
            maker.Prevented += size;
            maker.Updated = Now;
            events.Order(taker, OrderEventKind.TradePrevention, reason: ExpiryReasons.SelfTrade);
            events.Order(maker, OrderEventKind.TradePrevention, reason: ExpiryReasons.SelfTrade);
            if (prevention.MakerLeft > 0)
            {
                registry.Commit(maker);
                return;
            }
        }

        registry.End(maker, ExchangeOrderStatus.ExpiredInMatch, OrderEventKind.Expired, ExpiryReasons.SelfTrade);
    }

    /// <summary>How much of a resting reduce-only order its position allows.</summary>
    public static long Allowed(InstrumentBook book, long makerId, long size)
    {
        ExchangeOrder maker = book.Orders[makerId];
        decimal held = maker.Account.Position(maker.Instrument).Quantity;
        decimal room = maker.Terms.IsSell ? held : -held;
        return room <= 0 ? 0 : Math.Min(size, book.Lots(room));
    }

    /// <summary>Positions whose reduce-only orders may have become too large; the list is handed over.</summary>
    public List<ExchangePosition> TakeMoved()
    {
        if (_moved.Count == 0)
        {
            return _moved;
        }

        List<ExchangePosition> moved = [.. _moved];
        _moved.Clear();
        return moved;
    }

    /// <summary>Moves an amount between accounts.</summary>
    public void Move(ExchangeAccount from, ExchangeAccount to, int asset, decimal amount)
    {
        from.AddFree(asset, -amount);
        to.AddFree(asset, amount);
        events.Touch(from, asset);
        events.Touch(to, asset);
    }

    /// <summary>Fills what is left of a liquidation against the insurance account, outside the book and without a fee.</summary>
    public void TakeOver(ExchangeOrder order, decimal price)
    {
        ListedInstrument instrument = order.Instrument;
        instrument.Trading.FlushTrades(Now, events);
        instrument.LastTradeId++;
        decimal quantity = order.Remaining;
        MovePosition(venue.Insurance.Position(instrument), order.Terms.IsSell ? quantity : -quantity, price);
        Book(order, price, quantity, isMaker: false, isFree: true);
    }

    /// <summary>Pays a loss beyond the margin out of the insurance account, told apart from what orders did.</summary>
    public void Compensate(ExchangeAccount account, int asset, decimal amount)
    {
        events.FlushBalances(BalanceCauses.Order);
        Move(venue.Insurance, account, asset, amount);
        events.FlushBalances(BalanceCauses.Insurance);
    }

    /// <summary>Notes that a position is to be told.</summary>
    public void Touch(ExchangePosition position) => events.Touch(position);

    /// <summary>Changes a position by a fill at a price; the profit of what it closes goes through the clearing account.</summary>
    /// <returns>The profit taken.</returns>
    public decimal MovePosition(ExchangePosition position, decimal change, decimal price)
    {
        decimal held = position.Quantity;
        decimal closing = held != 0 && (held > 0) != (change > 0) ? Math.Min(Math.Abs(change), Math.Abs(held)) : 0;
        decimal profit = 0;
        if (closing > 0)
        {
            decimal part = closing == Math.Abs(held) ? position.EntryValue : decimal.Round(position.EntryValue * closing / Math.Abs(held), 12);
            decimal closed = held > 0 ? closing : -closing;
            profit = (closed * price) - part;
            position.EntryValue -= part;
            position.IsolatedMargin -= closing == Math.Abs(held) ? position.IsolatedMargin : decimal.Round(position.IsolatedMargin * closing / Math.Abs(held), FeeDecimals);
            Move(venue.Clearing, position.Account, position.Instrument.QuoteAsset, profit);
            position.RealizedPnl += profit;
        }

        decimal opening = Math.Abs(change) - closing;
        if (opening > 0)
        {
            decimal opened = change > 0 ? opening : -opening;
            position.EntryValue += opened * price;
            position.IsolatedMargin += position.Isolated ? decimal.Round(opening * price / position.Leverage, FeeDecimals) : 0;
        }

        position.Quantity += change;
        position.Updated = Now;
        events.Touch(position);
        if (position.ReduceOnlyCount > 0 && closing > 0)
        {
            _moved.Add(position);
        }

        return profit;
    }

    private void Book(ExchangeOrder order, decimal price, decimal quantity, bool isMaker, bool isFree = false)
    {
        decimal quote = price * quantity;
        order.Executed += quantity;
        order.ExecutedQuote += quote;
        order.Updated = Now;
        order.Status = order.Remaining == 0 ? ExchangeOrderStatus.Filled : ExchangeOrderStatus.PartiallyFilled;
        bool isSpot = order.Instrument.Kind == MarketKind.Spot;
        decimal held = isSpot || order.Account.IsHouse ? 0 : order.Account.Position(order.Instrument).Quantity;
        decimal profit = isSpot ? Exchange(order, quantity, quote) : MovePosition(order.Account.Position(order.Instrument), order.Terms.IsSell ? -quantity : quantity, price);
        (decimal fee, int feeAsset) = isSpot ? SpotFee(order, quantity, quote, isMaker) : isFree ? (0, order.Instrument.QuoteAsset) : LinearFee(order, quote, isMaker);
        if (fee != 0)
        {
            Move(order.Account, venue.Fees, feeAsset, fee);
        }

        if (order.Account.IsHouse)
        {
            ForgetFilled(order, isMaker);
            return;
        }

        ExchangeFill fill = new()
        {
            TradeId = order.Instrument.LastTradeId,
            Order = order,
            Price = price,
            Quantity = quantity,
            QuoteQuantity = quote,
            Fee = fee,
            FeeAsset = registry.AssetName(feeAsset),
            IsMaker = isMaker,
            Time = Now,
            RealizedPnl = profit,
            ClosedQuantity = held > 0 == order.Terms.IsSell ? Math.Min(Math.Abs(held), quantity) : 0,
        };
        order.AddFill(fill);
        order.Account.Fills.Add(fill);
        registry.Commit(order);
        ForgetFilled(order, isDone: true);
        events.Order(order, OrderEventKind.Trade, fill);
        registry.TellParent(order);
    }

    // A taker of the house is still being matched: it is forgotten when that is over.
    private void ForgetFilled(ExchangeOrder order, bool isDone)
    {
        if (isDone && order.Remaining == 0)
        {
            registry.Forget(order);
        }
    }

    private decimal Exchange(ExchangeOrder order, decimal quantity, decimal quote)
    {
        (decimal baseChange, decimal quoteChange) = order.Terms.IsSell ? (-quantity, quote) : (quantity, -quote);
        order.Account.AddFree(order.Instrument.BaseAsset, baseChange);
        order.Account.AddFree(order.Instrument.QuoteAsset, quoteChange);
        events.Touch(order.Account, order.Instrument.BaseAsset);
        events.Touch(order.Account, order.Instrument.QuoteAsset);
        return 0;
    }

    // The buyer pays in what it receives, and so does the seller; the fee asset comes first while there is enough of it.
    private (decimal Fee, int Asset) SpotFee(ExchangeOrder order, decimal quantity, decimal quote, bool isMaker)
    {
        decimal rate = isMaker ? order.Account.MakerFee : order.Account.TakerFee;
        (decimal gained, int gainedAsset) = order.Terms.IsSell ? (quote, order.Instrument.QuoteAsset) : (quantity, order.Instrument.BaseAsset);
        if (rate > 0 && order.Account.FeeAsset >= 0 && Find($"{options.FeeAsset}{order.Instrument.Quote}") is { LastPrice: > 0 } priced)
        {
            decimal fee = decimal.Round(quote * rate / priced.LastPrice, FeeDecimals, MidpointRounding.ToZero);
            if (order.Account.FreeOf(order.Account.FeeAsset) >= fee)
            {
                return (fee, order.Account.FeeAsset);
            }
        }

        return (decimal.Round(gained * rate, FeeDecimals, MidpointRounding.ToZero), gainedAsset);
    }

    private static (decimal Fee, int Asset) LinearFee(ExchangeOrder order, decimal quote, bool isMaker) =>
        (decimal.Round(quote * (isMaker ? order.Account.MakerFee : order.Account.TakerFee), FeeDecimals, MidpointRounding.ToZero), order.Instrument.QuoteAsset);
}
