using Harrier.Domain;

namespace Harrier.Testnet.Core;

/// <summary>The passing of time, settings of linear accounts and what an operator can do.</summary>
public sealed partial class ExchangeCore
{
    private readonly Dictionary<(int Account, string Symbol), Timestamp> _countdowns = [];

    /// <summary>
    /// Does what time brings: GTD orders and countdowns run out, mark prices move, funding is paid, positions are liquidated, triggers on the
    /// mark price fire, and the books' changes since the last call are told.
    /// </summary>
    public void Advance()
    {
        Pass();
        CutDepth(0, 1);
    }

    /// <summary>What time brings but the books' changes; the host calls it every 100 ms.</summary>
    public void Pass()
    {
        Begin();
        while (_registry.NextOverdue() is ExchangeOrder overdue)
        {
            _registry.End(overdue, ExchangeOrderStatus.Expired, OrderEventKind.Expired, ExpiryReasons.TimeReached);
            Settle(overdue.Instrument);
        }

        RunCountdowns();
        if (Kind == MarketKind.Linear)
        {
            MoveMarks();
        }
    }

    /// <summary>Tells the changes of some books since they were told last. Markets of a venue do not publish at one and the same moment.</summary>
    /// <param name="part">Which of them, from 0 on.</param>
    /// <param name="parts">Into how many parts the instruments are divided.</param>
    public void CutDepth(int part, int parts)
    {
        Begin();
        for (int i = part; i < _listings.Length; i += parts)
        {
            _listings[i].Trading.CutDepth(_booking.Now, _events);
        }
    }

    /// <summary>Cancels everything of an account in an instrument unless called again in time; zero stops the countdown.</summary>
    public void SetCountdown(ExchangeAccount account, string symbol, TimeSpan countdown)
    {
        ArgumentNullException.ThrowIfNull(account);
        _countdowns.Remove((account.Id, symbol));
        if (countdown > TimeSpan.Zero)
        {
            _countdowns.Add((account.Id, symbol), Now + countdown);
        }
    }

    /// <summary>Sets the leverage of a linear contract.</summary>
    /// <returns>False when it is outside 1 to the instrument's highest, or the margin would not suffice.</returns>
    public bool SetLeverage(ExchangeAccount account, string symbol, int leverage)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (Find(symbol) is not { Kind: MarketKind.Linear } instrument || leverage < 1 || leverage > instrument.MaxLeverage)
        {
            return false;
        }

        ExchangePosition position = account.Position(instrument);
        int before = position.Leverage;
        position.Leverage = leverage;
        MarginSummary margin = MarginRules.Summary(account, instrument.QuoteAsset);
        if (leverage < before && margin.CrossEquity < margin.PositionMargin + margin.OrderMargin)
        {
            position.Leverage = before;
            return false;
        }

        position.HasSettings = true;
        _events.Settings(account);
        return true;
    }

    /// <summary>Gives a position margin of its own, or lets it share the wallet.</summary>
    /// <returns>Why not: NothingChanged when it is so already, PositionLimit while there is a position or an open order.</returns>
    public Refusal? SetMarginMode(ExchangeAccount account, string symbol, bool isolated)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (Find(symbol) is not { Kind: MarketKind.Linear } instrument)
        {
            return new Refusal(RefusalReason.UnknownSymbol, symbol);
        }

        ExchangePosition position = account.Position(instrument);
        if (position.Isolated == isolated)
        {
            return new Refusal(RefusalReason.NothingChanged, symbol);
        }

        if (position.Quantity != 0 || position.OpenCount > 0)
        {
            return new Refusal(RefusalReason.PositionLimit, symbol);
        }

        (position.Isolated, position.HasSettings) = (isolated, true);
        _events.Settings(account);
        return null;
    }

    /// <summary>Adds to the margin of an isolated position, or takes from it.</summary>
    /// <returns>False when there is no such position, or too little to add or take.</returns>
    public bool AdjustIsolatedMargin(ExchangeAccount account, string symbol, decimal amount)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (Find(symbol) is not { Kind: MarketKind.Linear } instrument || account.Position(instrument) is not { Isolated: true, Quantity: not 0 } position)
        {
            return false;
        }

        decimal spare = position.IsolatedMargin + position.UnrealizedPnl - position.InitialMargin;
        if (amount > MarginRules.Summary(account, instrument.QuoteAsset).Available || -amount > spare)
        {
            return false;
        }

        position.IsolatedMargin += amount;
        _events.Settings(account);
        return true;
    }

    /// <summary>Sets the price of the underlying, which leads the mark price; 0 lets the book lead.</summary>
    public void SetIndexPrice(string symbol, decimal price) => _clocks[Known(symbol).Index].GivenIndex = price;

    /// <summary>Lets the mark price of a contract move with the next <see cref="Advance"/>, also when its second is not over.</summary>
    public void HastenMark(string symbol) => _clocks[Known(symbol).Index].Hasten();

    /// <summary>Sets the funding rate; null lets the premium decide.</summary>
    public void SetFundingRate(string symbol, decimal? rate) => _clocks[Known(symbol).Index].GivenRate = rate;

    /// <summary>Moves the venue's clock against the clock given; the venue's time must not go back by more than its clients bear.</summary>
    public void SetClockOffset(TimeSpan offset) => _clockOffset = offset;

    /// <summary>Opens, halts or ends an instrument. Delisting expires its orders and settles its positions at the mark price.</summary>
    public void SetStatus(string symbol, ListingStatus status)
    {
        Begin();
        ListedInstrument instrument = Known(symbol);
        instrument.Status = status;
        _events.Listing(instrument);
        if (status == ListingStatus.Delisted)
        {
            foreach (ExchangeOrder order in _accounts.SelectMany(a => a.Open.Values).Where(o => o.Instrument == instrument).OrderBy(o => o.Id).ToList())
            {
                _registry.End(order, ExchangeOrderStatus.Expired, OrderEventKind.Expired, ExpiryReasons.Exchange);
            }

            _risk.Settle(instrument, _accounts.Append(Venue.Insurance));
            Settle(instrument, BalanceCauses.Settlement);
        }
        else
        {
            Settle(instrument);
        }
    }

    /// <summary>Changes the price grid of new orders; open orders keep their prices.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tick is not above 0.</exception>
    public void SetTickSize(string symbol, decimal tick)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tick);
        ListedInstrument instrument = Known(symbol);
        instrument.Trading.Refine(tick);
        instrument.TickSize = tick;
        _events.Listing(instrument);
    }

    private ListedInstrument Known(string symbol) => Find(symbol) ?? throw new ArgumentException($"{symbol}: not listed", nameof(symbol));

    private void RunCountdowns()
    {
        if (_countdowns.Count == 0)
        {
            return;
        }

        foreach (((int id, string symbol), Timestamp _) in _countdowns.Where(c => c.Value <= _booking.Now).ToList())
        {
            _countdowns.Remove((id, symbol));
            ExchangeAccount account = _accounts.First(a => a.Id == id);
            foreach (ExchangeOrder order in OpenOrders(account, symbol))
            {
                // Orders that wait for a trigger too, protective stops among them.
                OrderEventKind kind = order.IsConditional ? OrderEventKind.ConditionalCanceled : OrderEventKind.Canceled;
                _registry.End(order, ExchangeOrderStatus.Canceled, kind, ExpiryReasons.Countdown);
                Settle(order.Instrument);
            }
        }
    }

    private void MoveMarks()
    {
        bool moved = false;
        foreach (ListedInstrument instrument in _listings)
        {
            if (instrument.Status == ListingStatus.Delisted)
            {
                continue;
            }

            MarketClock clock = _clocks[instrument.Index];
            if (clock.Move(_booking.Now))
            {
                moved = true;
                _events.Mark(instrument);
            }

            if (_booking.Now >= instrument.NextFunding)
            {
                PayFunding(instrument, clock);
            }
        }

        if (!moved)
        {
            return;
        }

        foreach (ExchangeAccount account in _accounts)
        {
            foreach (ListedInstrument instrument in _risk.Liquidate(account))
            {
                Settle(instrument);
            }
        }

        foreach (ListedInstrument instrument in _listings)
        {
            Settle(instrument);
        }
    }

    private void PayFunding(ListedInstrument instrument, MarketClock clock)
    {
        clock.Stamps.Add(new FundingStamp(instrument.NextFunding, instrument.FundingRate, instrument.MarkPrice));
        _risk.Fund(instrument, _accounts.Append(Venue.Insurance));
        _events.FlushBalances(BalanceCauses.Funding);
        clock.Restart(_booking.Now);
    }
}
