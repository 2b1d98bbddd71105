using Harrier.Simulation.Randomness;
using Harrier.Testnet.Core;

namespace Harrier.Exchanges.Tests.Testnet.Core;

/// <summary>Whatever happens in whatever order, money is neither made nor lost and every view of the core agrees with every other.</summary>
public sealed class CoreRandomTests
{
    private const int Steps = 20_000;

    [Theory]
    [InlineData(MarketKind.Spot, 1)]
    [InlineData(MarketKind.Spot, 2)]
    [InlineData(MarketKind.Linear, 3)]
    [InlineData(MarketKind.Linear, 4)]
    public void Run_RandomCommands_InvariantsHoldAfterEach(MarketKind kind, long seed)
    {
        RandomTrader trader = new(kind, seed);
        for (int i = 0; i < Steps; i++)
        {
            trader.Step();
            CoreInvariants.Check(trader.Scene);
            if (i % 200 == 0)
            {
                trader.FollowDepth();
            }
            else if (i % 700 == 350)
            {
                trader.Reconnect();
            }
        }

        trader.FollowDepth();
        trader.Scene.Log.Trades.Count.ShouldBeGreaterThan(Steps / 20);
        trader.Refusals.Count.ShouldBeGreaterThan(5);
        OrderEventKind[] seen = [.. trader.Scene.Log.Orders.Select(o => o.Kind).Distinct()];
        seen.ShouldContain(OrderEventKind.Replaced);
        seen.ShouldContain(OrderEventKind.TradePrevention);
        seen.ShouldContain(kind == MarketKind.Spot ? OrderEventKind.ConditionalTriggered : OrderEventKind.ConditionalFinished);
        if (kind == MarketKind.Linear)
        {
            seen.ShouldContain(OrderEventKind.Liquidation);
            trader.Scene.Core.FundingHistory(CoreScene.Symbol).ShouldNotBeEmpty();
        }
    }

    [Fact]
    public void Run_Twice_TellsTheSame()
    {
        string[] Told(long seed)
        {
            RandomTrader trader = new(MarketKind.Linear, seed);
            for (int i = 0; i < 3000; i++)
            {
                trader.Step();
            }

            return [.. trader.Scene.Log.Events, .. trader.Scene.Log.Trades.Select(t => t.ToString())];
        }

        Told(9).ShouldBe(Told(9));
    }
}

/// <summary>What must be true of a core at any moment.</summary>
internal static class CoreInvariants
{
    public static void Check(CoreScene scene)
    {
        foreach (string asset in (string[])["BTC", "BNB", "USDT"])
        {
            scene.Sum(asset).ShouldBe(0m, asset);
        }

        foreach (ListedInstrument instrument in scene.Core.Listings)
        {
            TopOfBook top = instrument.Book.Top;
            (top.Bid == 0 || top.Ask == 0 || top.Bid < top.Ask).ShouldBeTrue("crossed");
            BookIsItsOrders(scene, instrument);
            if (scene.Core.Kind == MarketKind.Linear)
            {
                PositionsMatch(scene, instrument);
            }
        }

        foreach (ExchangeAccount account in (ExchangeAccount[])[scene.Ann, scene.Bob])
        {
            LocksAreTheOrders(scene, account);
        }
    }

    private static void BookIsItsOrders(CoreScene scene, ListedInstrument instrument)
    {
        List<ExchangeOrder> open = [.. scene.Core.Accounts.SelectMany(a => scene.Core.OpenOrders(a, instrument.Symbol)).Where(o => o.IsWorking)];
        DepthView depth = scene.Core.Depth(instrument.Symbol, 10_000);
        SideIsItsOrders([.. open.Where(o => !o.Terms.IsSell).OrderByDescending(o => o.Price)], depth.Bids);
        SideIsItsOrders([.. open.Where(o => o.Terms.IsSell).OrderBy(o => o.Price)], depth.Asks);
    }

    // Plain comparisons: this runs after every step.
    private static void SideIsItsOrders(List<ExchangeOrder> bestFirst, IReadOnlyList<DepthLevel> side)
    {
        int at = 0;
        foreach (DepthLevel level in side)
        {
            (decimal all, bool isIceberg) = (0, false);
            for (; at < bestFirst.Count && bestFirst[at].Price == level.Price; at++)
            {
                all += bestFirst[at].Remaining;
                isIceberg |= bestFirst[at].Terms.IcebergQuantity > 0;
            }

            if (isIceberg ? level.Quantity > all || level.Quantity <= 0 : level.Quantity != all)
            {
                throw new InvalidOperationException($"{level} shows other than the {all} of its orders");
            }
        }

        at.ShouldBe(bestFirst.Count);
    }

    // What some bought others sold, and what positions cost in sum is what closed ones brought: every profit has its loss.
    private static void PositionsMatch(CoreScene scene, ListedInstrument instrument)
    {
        List<ExchangePosition> positions = [.. scene.Core.Accounts.Append(scene.Core.Venue.Insurance).Select(a => a.Position(instrument))];
        positions.Sum(p => p.Quantity).ShouldBe(0m);
        positions.Sum(p => p.EntryValue - p.RealizedPnl).ShouldBe(0m);
        foreach (ExchangePosition position in positions.Where(p => !p.Account.IsHouse))
        {
            decimal held = position.Quantity;
            scene.Core.OpenOrders(position.Account, instrument.Symbol).Where(o => o.Terms.ReduceOnly && !o.IsConditional)
                .Any(o => o.Remaining > (o.Terms.IsSell ? held : -held)).ShouldBeFalse("a reduce-only order larger than its position");
        }
    }

    private static void LocksAreTheOrders(CoreScene scene, ExchangeAccount account)
    {
        IReadOnlyList<ExchangeOrder> open = scene.Core.OpenOrders(account);
        open.All(o => o.IsOpen && (o.Remaining > 0 || o.Terms.ClosePosition)).ShouldBeTrue("an ended order is open");
        if (scene.Core.Kind == MarketKind.Linear)
        {
            foreach (ListedInstrument instrument in scene.Core.Listings)
            {
                decimal Open(bool isSell) => open.Where(o => o.Instrument == instrument && o.Terms.IsSell == isSell && !o.IsConditional && !o.Terms.ReduceOnly).Sum(o => o.Remaining * o.Price);
                (account.Position(instrument).OpenBuys, account.Position(instrument).OpenSells).ShouldBe((Open(false), Open(true)));
            }

            return;
        }

        foreach (string asset in (string[])["BTC", "BNB", "USDT"])
        {
            account.Free(asset).ShouldBeGreaterThanOrEqualTo(0m, asset);
            decimal locked = open.Where(o => o.Terms.IsSell ? o.Instrument.Base == asset : o.Instrument.Quote == asset).Sum(o => o.Terms.IsSell ? o.Remaining : o.Remaining * LockPrice(o));
            account.Locked(asset).ShouldBe(locked, asset);
        }
    }

    private static decimal LockPrice(ExchangeOrder order) => order.Price > 0 ? order.Price : order.Terms.StopPrice;
}

/// <summary>Does random things to a core, over everything it can do, and keeps a copy of each book from its depth changes.</summary>
internal sealed class RandomTrader
{
    private readonly RandomStream _random;
    private readonly Dictionary<string, FollowedBook> _books = [];
    private int _followed;
    private decimal _middle = 100m;

    public RandomTrader(MarketKind kind, long seed, Action<ExchangeCore>? first = null)
    {
        _random = new RandomStream(seed);
        Scene = NewScene(kind, first);
        if (kind == MarketKind.Spot)
        {
            Scene.Core.Transfer(Scene.Ann, "BNB", 100m);
            Scene.Core.Transfer(Scene.Bob, "BNB", 1m);
        }
    }

    public CoreScene Scene { get; }

    public HashSet<RefusalReason> Refusals { get; } = [];

    /// <summary>A core as this trader trades on, before anything happened.</summary>
    /// <param name="kind">Spot or linear.</param>
    /// <param name="first">Given the core before anybody hears it.</param>
    public static CoreScene NewScene(MarketKind kind, Action<ExchangeCore>? first) => new(
        kind,
        o => o with { Listings = [.. o.Listings.Select(l => l with { MaxOrders = 30, MaxConditionalOrders = 8 })], FeeAsset = kind == MarketKind.Spot ? "BNB" : null },
        first);

    public void Step()
    {
        ExchangeCore core = Scene.Core;
        ExchangeAccount account = _random.NextInt32(4) switch { 0 => Scene.Ann, 1 => Scene.Bob, _ => Scene.House };
        int draw = _random.NextInt32(100);
        _middle = Math.Clamp(_middle * (1 + ((decimal)_random.NextNormal() * 0.002m)), 40m, 250m);
        if (core.OpenOrders(Scene.House).Count > 60)
        {
            core.Cancel(Scene.House, CoreScene.Key(core.OpenOrders(Scene.House)[0]));
        }

        switch (draw)
        {
            case < 60:
                Note(core.Place(account, Order(account)).Refusal);
                break;
            case < 75 when core.OpenOrders(account) is { Count: > 0 } open:
                Note(core.Cancel(account, CoreScene.Key(open[_random.NextInt32(open.Count)])).Refusal);
                break;
            case < 83 when core.OpenOrders(account) is { Count: > 0 } open:
                Amend(account, open[_random.NextInt32(open.Count)]);
                break;
            case < 97:
                Scene.Pass(TimeSpan.FromMilliseconds(100 + _random.NextInt32(draw == 83 ? 3_000_000 : 1000)));
                break;
            default:
                Operate(account);
                break;
        }
    }

    /// <summary>Takes new snapshots between two cuts, as a client does that connects now.</summary>
    public void Reconnect()
    {
        foreach (ListedInstrument instrument in Scene.Core.Listings)
        {
            _books[instrument.Symbol] = new FollowedBook(Scene.Core.Depth(instrument.Symbol, 10_000));
        }

        _followed = Scene.Log.Depth.Count;
    }

    /// <summary>Applies the depth changes told since the last call, from an older snapshot, and compares with the book now.</summary>
    public void FollowDepth()
    {
        Scene.Core.Advance();
        foreach (ListedInstrument instrument in Scene.Core.Listings)
        {
            if (!_books.TryGetValue(instrument.Symbol, out FollowedBook? book))
            {
                _books.Add(instrument.Symbol, new FollowedBook(Scene.Core.Depth(instrument.Symbol, 10_000)));
                continue;
            }

            foreach (var change in Scene.Log.Depth.Skip(_followed).Where(c => c.Symbol == instrument.Symbol))
            {
                book.Apply(change.First, change.Final, change.Previous, (change.Bids, change.Asks));
            }

            book.ShouldEqual(Scene.Core.Depth(instrument.Symbol, 10_000));
        }

        _followed = Scene.Log.Depth.Count;
    }

    private NewOrder Order(ExchangeAccount account)
    {
        bool isSell = _random.NextInt32(2) == 0;
        bool takes = _random.NextInt32(3) == 0;
        decimal offset = _random.NextInt32(300) / 100m;
        decimal price = decimal.Round(isSell == takes ? _middle - offset : _middle + offset, 2);
        ExchangeOrderType type = (ExchangeOrderType)(_random.NextInt32(10) < 6 ? 0 : _random.NextInt32(8));
        bool waits = type is not (ExchangeOrderType.Limit or ExchangeOrderType.Market or ExchangeOrderType.LimitMaker);
        bool isMarket = type is ExchangeOrderType.Market or ExchangeOrderType.StopLoss or ExchangeOrderType.TakeProfit or ExchangeOrderType.TrailingStop;
        bool above = type is ExchangeOrderType.TakeProfit or ExchangeOrderType.TakeProfitLimit ? isSell : !isSell;
        decimal stop = decimal.Round(above ? _middle + offset : _middle - offset, 2);
        bool isLinear = Scene.Core.Kind == MarketKind.Linear;
        decimal quantity = (1 + _random.NextInt32(isLinear ? 20_000 : 2000)) / 1000m;
        bool byQuote = !isLinear && type == ExchangeOrderType.Market && _random.NextInt32(3) == 0;
        return new NewOrder
        {
            Symbol = CoreScene.Symbol,
            IsSell = isSell,
            Type = type,
            TimeInForce = (ExchangeTimeInForce)(_random.NextInt32(3) == 0 ? _random.NextInt32(5) : 0),
            GoodTill = Scene.Core.Now + TimeSpan.FromSeconds(_random.NextInt32(100)),
            Quantity = byQuote ? 0 : quantity,
            QuoteQuantity = byQuote ? 1 + _random.NextInt32(300) : 0,
            Price = isMarket ? 0 : price,
            StopPrice = waits ? stop : 0,
            TrailingDeltaBps = type == ExchangeOrderType.TrailingStop || (waits && _random.NextInt32(4) == 0) ? 1 + _random.NextInt32(300) : 0,
            ReduceOnly = isLinear && _random.NextInt32(5) == 0,
            ClosePosition = isLinear && waits && isMarket && _random.NextInt32(5) == 0,
            TriggerByMark = isLinear && _random.NextInt32(2) == 0,
            IcebergQuantity = type == ExchangeOrderType.Limit && _random.NextInt32(10) == 0 ? decimal.Round(quantity / 3, 3) : 0,
            ClientId = account.IsHouse ? string.Empty : $"c{_random.NextInt32(60)}",
            Stp = (SelfTradePrevention)_random.NextInt32(5),
        };
    }

    private void Amend(ExchangeAccount account, ExchangeOrder order)
    {
        decimal quantity = decimal.Round(order.Quantity * (0.3m + (_random.NextInt32(100) / 100m)), 3);
        decimal? price = _random.NextInt32(2) == 0 ? null : decimal.Round(_middle + (_random.NextInt32(400) / 100m) - 2m, 2);
        Note(Scene.Core.Amend(account, CoreScene.Key(order), quantity, price, keepPriority: _random.NextInt32(2) == 0).Refusal);
    }

    private void Operate(ExchangeAccount account)
    {
        ExchangeCore core = Scene.Core;
        switch (_random.NextInt32(7))
        {
            case 0:
                core.CancelAll(account, CoreScene.Symbol, conditional: _random.NextInt32(2) == 0);
                break;
            case 1:
                core.SetStatus(CoreScene.Symbol, (ListingStatus)_random.NextInt32(3));
                core.SetStatus(CoreScene.Symbol, ListingStatus.Trading);
                break;
            case 2 when core.Kind == MarketKind.Linear:
                core.SetLeverage(account, CoreScene.Symbol, 1 + _random.NextInt32(125));
                break;
            case 3 when core.Kind == MarketKind.Linear:
                // Now and then far away, so that positions lack margin.
                core.SetIndexPrice(CoreScene.Symbol, decimal.Round(_middle * (1 + (0.1m * (_random.NextInt32(9) - 4))), 2));
                Scene.Pass(TimeSpan.FromSeconds(1));
                core.SetIndexPrice(CoreScene.Symbol, decimal.Round(_middle, 2));
                break;
            case 4:
                core.SetTickSize(CoreScene.Symbol, ((decimal[])[0.01m, 0.005m, 0.002m, 0.1m])[_random.NextInt32(4)]);
                break;
            case 5:
                core.Transfer(account, "USDT", _random.NextInt32(600) - 200);
                break;
            default:
                core.SetCountdown(account, CoreScene.Symbol, TimeSpan.FromSeconds(_random.NextInt32(5)));
                break;
        }
    }

    private void Note(Refusal? refusal)
    {
        if (refusal is Refusal given)
        {
            Refusals.Add(given.Reason);
        }
    }
}

/// <summary>A client's book: a snapshot and changes with absolute quantities.</summary>
internal sealed class FollowedBook
{
    private readonly Dictionary<decimal, decimal> _bids;
    private readonly Dictionary<decimal, decimal> _asks;
    private long _id;

    public FollowedBook(DepthView snapshot)
    {
        (_id, _bids, _asks) = (snapshot.LastUpdateId, snapshot.Bids.ToDictionary(l => l.Price, l => l.Quantity), snapshot.Asks.ToDictionary(l => l.Price, l => l.Quantity));
    }

    public void Apply(long first, long final, long previous, (IReadOnlyList<DepthLevel> Bids, IReadOnlyList<DepthLevel> Asks) levels)
    {
        previous.ShouldBe(first - 1);
        if (final <= _id)
        {
            return;
        }

        first.ShouldBeLessThanOrEqualTo(_id + 1);
        foreach ((Dictionary<decimal, decimal> side, IReadOnlyList<DepthLevel> changed) in (ReadOnlySpan<(Dictionary<decimal, decimal>, IReadOnlyList<DepthLevel>)>)[(_bids, levels.Bids), (_asks, levels.Asks)])
        {
            changed.Select(l => l.Price).ShouldBeUnique();
            foreach (DepthLevel level in changed)
            {
                if (level.Quantity == 0)
                {
                    side.Remove(level.Price);
                }
                else
                {
                    side[level.Price] = level.Quantity;
                }
            }
        }

        _id = final;
    }

    public void ShouldEqual(DepthView now)
    {
        _id.ShouldBe(now.LastUpdateId);
        now.Bids.ShouldBe(_bids.OrderByDescending(l => l.Key).Select(l => new DepthLevel(l.Key, l.Value)));
        now.Asks.ShouldBe(_asks.OrderBy(l => l.Key).Select(l => new DepthLevel(l.Key, l.Value)));
    }
}
