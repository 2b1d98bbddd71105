using Harrier.Exchanges.Tests.Support;
using Harrier.Testnet.Core;

namespace Harrier.Exchanges.Tests.Testnet.Core;

/// <summary>An exchange core with two users and short ways to say what they do.</summary>
internal sealed class CoreScene
{
    public const string Symbol = "BTCUSDT";

    public CoreScene(MarketKind kind = MarketKind.Spot, Func<ExchangeCoreOptions, ExchangeCoreOptions>? change = null, Action<ExchangeCore>? first = null)
    {
        ExchangeCoreOptions options = new()
        {
            Kind = kind,
            Listings =
            [
                new ListingTerms { Symbol = Symbol, Base = "BTC", Quote = "USDT", TickSize = 0.01m, LotSize = 0.001m, MinQuantity = 0.001m, StartPrice = 100m },
                new ListingTerms { Symbol = "BNBUSDT", Base = "BNB", Quote = "USDT", TickSize = 0.01m, LotSize = 0.001m, MinQuantity = 0.001m, StartPrice = 10m },
            ],
            MakerFee = kind == MarketKind.Spot ? 0.001m : 0.0002m,
            TakerFee = kind == MarketKind.Spot ? 0.002m : 0.0005m,
        };
        Core = new ExchangeCore(change is null ? options : change(options), Time);
        first?.Invoke(Core);
        Core.Subscribe(Log);
        Dictionary<string, decimal> money = kind == MarketKind.Spot ? new() { ["BTC"] = 10m, ["USDT"] = 10_000m } : new() { ["USDT"] = 1_000m };
        Ann = Core.OpenAccount(new AccountTerms { Name = "ann", ApiKey = "key-ann", Secret = "secret-ann", Balances = money });
        Bob = Core.OpenAccount(new AccountTerms { Name = "bob", ApiKey = "key-bob", Secret = "secret-bob", Balances = money });
        House = Core.OpenAccount(new AccountTerms { Name = "house", IsHouse = true });
        Log.Events.Clear();
        Log.Balances.Clear();
    }

    public ManualTimeProvider Time { get; } = new();

    public ExchangeCore Core { get; }

    public EventLog Log { get; } = new();

    public ExchangeAccount Ann { get; }

    public ExchangeAccount Bob { get; }

    public ExchangeAccount House { get; }

    public ListedInstrument Instrument => Core.Find(Symbol)!;

    public static NewOrder Limit(bool isSell, decimal quantity, decimal price) =>
        new() { Symbol = Symbol, IsSell = isSell, Quantity = quantity, Price = price };

    public static NewOrder Market(bool isSell, decimal quantity) => new() { Symbol = Symbol, IsSell = isSell, Quantity = quantity, Type = ExchangeOrderType.Market };

    public static OrderKey Key(ExchangeOrder order) => new(order.Instrument.Symbol, order.Id, null);

    public ExchangeOrder Buy(ExchangeAccount account, decimal quantity, decimal price) => Taken(account, Limit(false, quantity, price));

    public ExchangeOrder Sell(ExchangeAccount account, decimal quantity, decimal price) => Taken(account, Limit(true, quantity, price));

    public ExchangeOrder Taken(ExchangeAccount account, NewOrder order)
    {
        Placement placement = Core.Place(account, order);
        placement.Refusal.ShouldBeNull();
        return placement.Order.ShouldNotBeNull();
    }

    public RefusalReason Refused(ExchangeAccount account, NewOrder order)
    {
        Placement placement = Core.Place(account, order);
        placement.Order.ShouldBeNull();
        return placement.Refusal.ShouldNotBeNull().Reason;
    }

    /// <summary>A trade between house orders, to set the last price.</summary>
    public void TradeAt(decimal price)
    {
        int before = Log.Trades.Count;
        Core.Place(House, Limit(true, 0.001m, price));
        Core.Place(House, Limit(false, 0.001m, price) with { TimeInForce = ExchangeTimeInForce.IOC });
        Log.Trades[before].Price.ShouldBe(price);
    }

    /// <summary>A trade at a price behind orders of the house on one side, which are left standing.</summary>
    public void TradeAtThrough(decimal price, bool isBidSideKept)
    {
        Core.Place(House, Limit(!isBidSideKept, 0.001m, price));
        Core.Place(House, Limit(isBidSideKept, 0.001m, price) with { TimeInForce = ExchangeTimeInForce.IOC });
    }

    /// <summary>New quotes of the house around a price, and a second for the mark price to follow.</summary>
    public void MoveMarketTo(decimal price)
    {
        Core.CancelAll(House, null, conditional: false);
        price = decimal.Round(price, 2);
        Core.Place(House, Limit(true, 500m, price + 0.1m));
        Core.Place(House, Limit(false, 500m, price - 0.1m));
        Pass(TimeSpan.FromSeconds(1));
    }

    public void Pass(TimeSpan span)
    {
        Time.Advance(span);
        Core.Advance();
    }

    /// <summary>The sum of an asset over every account, which is always zero.</summary>
    public decimal Sum(string asset) =>
        Core.Accounts.Concat([Core.Venue.Fees, Core.Venue.Clearing, Core.Venue.Insurance, Core.Venue.Outside]).Sum(a => a.Free(asset) + a.Locked(asset));
}

/// <summary>Writes down what a core tells, one short line each.</summary>
internal sealed class EventLog : IExchangeListener
{
    public List<string> Events { get; } = [];

    public List<PublicTrade> Trades { get; } = [];

    public List<(string Symbol, long First, long Final, long Previous, IReadOnlyList<DepthLevel> Bids, IReadOnlyList<DepthLevel> Asks)> Depth { get; } = [];

    public List<(long Id, TopOfBook Top)> Tops { get; } = [];

    public List<(string Account, string Cause, AssetBalance[] Balances, ExchangePosition? Position)> Balances { get; } = [];

    public List<(ExchangeOrder Order, OrderEventKind Kind, ExchangeOrderStatus Status)> Orders { get; } = [];

    public void OnTrade(ListedInstrument instrument, PublicTrade trade) => Trades.Add(trade);

    public void OnDepth(ListedInstrument instrument, in DepthChange change) =>
        Depth.Add((instrument.Symbol, change.FirstId, change.FinalId, change.PreviousFinalId, [.. change.Bids], [.. change.Asks]));

    public void OnTop(ListedInstrument instrument, long updateId, in TopOfBook top) => Tops.Add((updateId, top));

    public void OnOrder(ExchangeOrder order, OrderEventKind kind, ExchangeFill? fill, string? reason)
    {
        Orders.Add((order, kind, order.Status));
        Events.Add($"{order.Account.Name} {kind} {order.Status}{(fill is null ? "" : $" {fill.Quantity}@{fill.Price}")}{(reason is null ? "" : $" {reason}")}");
    }

    public void OnBalances(ExchangeAccount account, IReadOnlyList<AssetBalance> changed, string cause, ExchangePosition? position) =>
        Balances.Add((account.Name, cause, [.. changed], position));
}
