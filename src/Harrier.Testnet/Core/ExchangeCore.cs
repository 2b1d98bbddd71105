using Harrier.Domain;

namespace Harrier.Testnet.Core;

/// <summary>
/// An exchange without a wire: accounts, orders, matching, balances, positions and market facts. One writer: hold <see cref="Gate"/> around
/// every call, and around reading several things that must agree. Listeners hear everything synchronously inside the gate. The same calls
/// at the same times give the same results.
/// </summary>
public sealed partial class ExchangeCore
{
    private readonly ExchangeCoreOptions _options;
    private readonly TimeProvider _time;
    private readonly AssetTable _assets;
    private readonly EventFan _events = new();
    private readonly OrderRegistry _registry;
    private readonly FillBooking _booking;
    private readonly OrderDesk _desk;
    private readonly TriggerDesk _triggers;
    private readonly RiskDesk _risk;
    private readonly ListedInstrument[] _listings;
    private readonly MarketClock[] _clocks;
    private readonly Dictionary<string, ListedInstrument> _bySymbol = new(StringComparer.Ordinal);
    private readonly List<ExchangeAccount> _accounts = [];
    private readonly Dictionary<string, ExchangeAccount> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ExchangeAccount> _byName = new(StringComparer.Ordinal);
    private TimeSpan _clockOffset;
    private int _lastAccountId;

    /// <summary>An exchange with its instruments and no accounts but its own.</summary>
    /// <param name="options">What it is made of.</param>
    /// <param name="time">The clock; the venue's time is this plus an offset an operator may set.</param>
    public ExchangeCore(ExchangeCoreOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _time = time;
        _assets = options.SharesWalletsOf?._assets ?? new AssetTable();
        Gate = options.SharesWalletsOf?.Gate ?? new Lock();
        Venue = new VenueAccounts(Own("venue-fees"), Own("venue-clearing"), Own("venue-insurance"), Own("outside"));
        _registry = new OrderRegistry(_events, _assets);
        _booking = new FillBooking(options, Venue, _events, _registry) { Find = Find };
        _desk = new OrderDesk(_registry, _events, options.NamesOrders);
        _triggers = new TriggerDesk(_desk, _registry, _events);
        _risk = new RiskDesk(_booking, _desk, _registry, Venue);
        _listings = [.. options.Listings.Select(List)];
        _clocks = [.. _listings.Select(l => new MarketClock(l, options.FundingInterval))];
        foreach (MarketClock clock in _clocks)
        {
            clock.Restart(Now);
        }
    }

    /// <summary>Hold it around every call.</summary>
    public Lock Gate { get; }

    /// <summary>The venue's time.</summary>
    public Timestamp Now => Timestamp.From(_time.GetUtcNow()) + _clockOffset;

    /// <summary>Spot or linear.</summary>
    public MarketKind Kind => _options.Kind;

    /// <summary>What it was made of.</summary>
    public ExchangeCoreOptions Options => _options;

    /// <summary>Every instrument, delisted ones included.</summary>
    public IReadOnlyList<ListedInstrument> Listings => _listings;

    /// <summary>The accounts opened, house accounts included.</summary>
    public IReadOnlyCollection<ExchangeAccount> Accounts => _accounts;

    /// <summary>The venue's own accounts.</summary>
    public VenueAccounts Venue { get; }

    /// <summary>The instrument of a symbol, or null.</summary>
    public ListedInstrument? Find(string symbol) => _bySymbol.GetValueOrDefault(symbol);

    /// <summary>Lets a listener hear everything from now on.</summary>
    public void Subscribe(IExchangeListener listener) => _events.Subscribe(listener);

    /// <summary>Ends that.</summary>
    public void Unsubscribe(IExchangeListener listener) => _events.Unsubscribe(listener);

    /// <summary>Opens an account and makes its first deposits; an account that shares the wallet of another has that one's.</summary>
    /// <exception cref="ArgumentException">Name or key is taken.</exception>
    public ExchangeAccount OpenAccount(AccountTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (_byName.ContainsKey(terms.Name) || (terms.ApiKey.Length > 0 && _byKey.ContainsKey(terms.ApiKey)))
        {
            throw new ArgumentException($"account {terms.Name}: name or key is taken", nameof(terms));
        }

        ExchangeAccount? twin = terms.IsHouse ? null : _options.SharesWalletsOf?.ByName(terms.Name);
        ExchangeAccount account = new(++_lastAccountId, terms, _options, _assets, twin);
        _accounts.Add(account);
        _byName.Add(terms.Name, account);
        if (terms.ApiKey.Length > 0)
        {
            _byKey.Add(terms.ApiKey, account);
        }

        foreach ((string asset, decimal amount) in twin is null ? terms.Balances : new Dictionary<string, decimal>())
        {
            Transfer(account, asset, amount);
        }

        return account;
    }

    /// <summary>The account of a key, or null.</summary>
    public ExchangeAccount? ByKey(string apiKey) => _byKey.GetValueOrDefault(apiKey);

    /// <summary>The account of a name, or null.</summary>
    public ExchangeAccount? ByName(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Deposits (above 0) or withdraws.</summary>
    /// <returns>False when the account has less than is withdrawn; nothing happens then.</returns>
    public bool Transfer(ExchangeAccount account, string asset, decimal amount)
    {
        ArgumentNullException.ThrowIfNull(account);
        int index = _assets.IndexOf(asset);
        decimal free = Kind == MarketKind.Linear ? account.Margin(asset).Available : account.SpendableOf(index);
        if (amount < 0 && !account.IsHouse && free < -amount)
        {
            return false;
        }

        _booking.Move(Venue.Outside, account, index, amount);
        _events.FlushBalances(amount < 0 ? BalanceCauses.Withdraw : BalanceCauses.Deposit);
        return true;
    }

    /// <summary>Moves an amount from one account to another without any check; a negative amount moves the other way.</summary>
    public void Move(ExchangeAccount from, ExchangeAccount to, string asset, decimal amount)
    {
        _booking.Move(from, to, _assets.IndexOf(asset), amount);
        _events.FlushBalances(BalanceCauses.Order);
    }

    /// <summary>Places an order and matches it.</summary>
    /// <returns>The order as it stands afterwards, or why it was not taken; neither after a dry run that would have been taken.</returns>
    public Placement Place(ExchangeAccount account, in NewOrder order)
    {
        ArgumentNullException.ThrowIfNull(account);
        Begin();
        if (Find(order.Symbol) is not ListedInstrument instrument)
        {
            return new Placement(null, new Refusal(RefusalReason.UnknownSymbol, order.Symbol));
        }

        Placement placement = _desk.Place(account, instrument, order);
        if (placement.Order is not null)
        {
            Settle(instrument);
        }

        return placement;
    }

    /// <summary>Cancels an open order.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="key">Which.</param>
    /// <param name="cancelClientId">The cancel's own client id; made when empty. Spot only.</param>
    public Cancellation Cancel(ExchangeAccount account, OrderKey key, string cancelClientId = "")
    {
        Begin();
        if (FindOpen(account, key) is not ExchangeOrder order)
        {
            return new Cancellation(null, new Refusal(Find(key.Symbol) is null ? RefusalReason.UnknownSymbol : RefusalReason.UnknownOrder, $"{key.OrderId}{key.ClientId}"));
        }

        _desk.Cancel(order, cancelClientId);
        Settle(order.Instrument);
        return new Cancellation(order, null);
    }

    /// <summary>Changes an open order.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="key">Which.</param>
    /// <param name="newQuantity">New total quantity, filled part included; null leaves it.</param>
    /// <param name="newPrice">New limit price; null leaves it.</param>
    /// <param name="keepPriority">True only makes it smaller and keeps its place; false puts it at the end of the queue and may match.</param>
    public Amendment Amend(ExchangeAccount account, OrderKey key, decimal? newQuantity, decimal? newPrice, bool keepPriority)
    {
        Begin();
        if (FindOpen(account, key) is not ExchangeOrder order)
        {
            return new Amendment(null, new Refusal(Find(key.Symbol) is null ? RefusalReason.UnknownSymbol : RefusalReason.UnknownOrder, $"{key.OrderId}{key.ClientId}"));
        }

        if (order.Instrument.Status != ListingStatus.Trading)
        {
            return new Amendment(null, new Refusal(RefusalReason.MarketClosed, order.Instrument.Status.ToString()));
        }

        decimal quantity = newQuantity ?? order.Quantity;
        Refusal? refusal = keepPriority
            ? newPrice is null || newPrice == order.Price ? _desk.Reduce(order, quantity) : new Refusal(RefusalReason.NotAmendable, "price")
            : _desk.Replace(order, quantity, newPrice ?? order.Price);
        if (refusal is not null)
        {
            return new Amendment(null, refusal);
        }

        Settle(order.Instrument);
        return new Amendment(order, null);
    }

    /// <summary>
    /// Changes an open order, resting or waiting for its trigger. A resting one that only becomes smaller keeps its place in the queue; any other
    /// change puts it at the end, and may match.
    /// </summary>
    /// <param name="account">Whose.</param>
    /// <param name="key">Which.</param>
    /// <param name="change">What shall be different.</param>
    public Amendment Change(ExchangeAccount account, OrderKey key, in OrderChange change)
    {
        if (FindOpen(account, key) is not { } order || (!order.IsConditional && (order.IsWorking || !order.HasStopPrice)))
        {
            bool isSmaller = FindOpen(account, key) is { } open && (change.Price ?? open.Price) == open.Price && change.Quantity < open.Quantity;
            return change.StopPrice is not null
                ? new Amendment(null, new Refusal(RefusalReason.NotAmendable, "trigger price"))
                : Amend(account, key, change.Quantity, change.Price, isSmaller);
        }

        Begin();
        Refusal? refusal = order.Instrument.Status == ListingStatus.Trading
            ? _desk.ChangeWaiting(order, change)
            : new Refusal(RefusalReason.MarketClosed, order.Instrument.Status.ToString());
        if (refusal is not null)
        {
            return new Amendment(null, refusal);
        }

        Settle(order.Instrument);
        return new Amendment(order, null);
    }

    /// <summary>Cancels all open orders of an account.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="symbol">Of one instrument; null for all.</param>
    /// <param name="conditional">True only the conditional orders of linear markets, false only all others.</param>
    /// <returns>The orders canceled, oldest first.</returns>
    public IReadOnlyList<ExchangeOrder> CancelAll(ExchangeAccount account, string? symbol, bool conditional)
    {
        Begin();
        List<ExchangeOrder> orders = [.. OpenOrders(account, symbol).Where(o => o.IsConditional == conditional)];
        foreach (ExchangeOrder order in orders)
        {
            _desk.Cancel(order, string.Empty);
        }

        foreach (ListedInstrument instrument in orders.Select(o => o.Instrument).Distinct())
        {
            Settle(instrument);
        }

        return orders;
    }

    private void Begin() => _booking.Now = _registry.Now = Now;

    // What follows from a command: trades told, reduce-only orders cut, triggers fired, best prices and balances told.
    private void Settle(ListedInstrument instrument, string cause = BalanceCauses.Order)
    {
        do
        {
            instrument.Trading.FlushTrades(_booking.Now, _events);
            ShrinkReduceOnly();
        }
        while (!_isRestored && _triggers.FireNext(instrument));
        if (Kind == MarketKind.Spot)
        {
            instrument.MarkPrice = instrument.LastPrice;
        }

        instrument.Trading.FlushTop(_events);
        _events.FlushBalances(cause);
    }

    private void ShrinkReduceOnly()
    {
        foreach (ExchangePosition position in _booking.TakeMoved())
        {
            List<ExchangeOrder> orders = [.. position.Account.Open.Values.Where(o => o.Terms.ReduceOnly && !o.IsConditional && o.Instrument == position.Instrument)];
            foreach (ExchangeOrder order in orders.OrderBy(o => o.Id))
            {
                decimal room = Math.Max(0, order.Terms.IsSell ? position.Quantity : -position.Quantity);
                if (order.Remaining > room)
                {
                    if (room > 0)
                    {
                        order.Instrument.Trading.Reduce(order, order.Remaining - room);
                    }

                    _registry.ShrinkTo(order, room);
                }
            }
        }
    }

    private ListedInstrument List(ListingTerms terms, int index)
    {
        ListedInstrument instrument = new(terms, Kind, index)
        {
            BaseAsset = _assets.IndexOf(terms.Base),
            QuoteAsset = _assets.IndexOf(terms.Quote),
            IsAcceptedFirst = _options.AcceptsBeforeMatching,
        };
        instrument.Trading = new InstrumentBook(instrument, _booking, _options.RecentTrades);
        _bySymbol.Add(terms.Symbol, instrument);
        return instrument;
    }

    private ExchangeAccount Own(string name) => new(0, new AccountTerms { Name = name, IsHouse = true }, _options, _assets, twin: null);
}
