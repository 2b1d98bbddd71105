using Harrier.Bench.Figures;
using Harrier.Testnet.Core;

namespace Harrier.Bench.Matching;

/// <summary>Orders through the built-in exchange's core: checks, balances, matching, fills, history and events, without a wire.</summary>
/// <param name="time">Source of the timestamps.</param>
public sealed class CoreRun(TimeProvider time)
{
    private const int Orders = 100_000;

    /// <summary>Measures users' orders, half of which trade at once, and a house account's quotes.</summary>
    public IEnumerable<Figure> Measure(string area)
    {
        foreach (MarketKind kind in (MarketKind[])[MarketKind.Spot, MarketKind.Linear])
        {
            Counter counter = new();
            (ExchangeCore core, ExchangeAccount user) = Make(kind, counter);
            yield return new Repetitions(time).NanosecondsPer(area, $"core, {kind} orders, events on", "ns/order", Orders, () => Run(core, user));
            if (counter.Events == 0)
            {
                throw new InvalidOperationException("the listener heard nothing");
            }
        }
    }

    private (ExchangeCore Core, ExchangeAccount User) Make(MarketKind kind, Counter counter)
    {
        ListingTerms listing = new() { Symbol = "BTCUSDT", Base = "BTC", Quote = "USDT", StartPrice = 50_000m };
        ExchangeCore core = new(new ExchangeCoreOptions { Kind = kind, Listings = [listing] }, time);
        core.Subscribe(counter);
        Dictionary<string, decimal> balances = new() { ["BTC"] = 1_000_000m, ["USDT"] = 1_000_000_000_000m };
        return (core, core.OpenAccount(new AccountTerms { Name = "user", Balances = balances }));
    }

    // One account on both sides: a resting order at one of 50 prices, and an order that takes it.
    private static void Run(ExchangeCore core, ExchangeAccount user)
    {
        for (int i = 0; i < Orders; i += 4)
        {
            decimal away = i % 50 / 100m;
            NewOrder sell = new() { Symbol = "BTCUSDT", IsSell = true, Quantity = 0.01m, Price = 50_000m + away };
            lock (core.Gate)
            {
                core.Place(user, sell);
                core.Place(user, new NewOrder { Symbol = "BTCUSDT", Quantity = 0.01m, Type = ExchangeOrderType.Market });
                ExchangeOrder? rests = core.Place(user, sell with { IsSell = false, Price = 49_999m - away }).Order;
                ExchangeOrder? other = core.Place(user, sell with { Price = 50_002m + away }).Order;
                core.Cancel(user, new OrderKey("BTCUSDT", rests!.Id, null));
                core.Cancel(user, new OrderKey("BTCUSDT", other!.Id, null));
                if (i % 400 == 0)
                {
                    core.Advance();
                }
            }
        }
    }

    private sealed class Counter : IExchangeListener
    {
        public long Events { get; private set; }

        public void OnOrder(ExchangeOrder order, OrderEventKind kind, ExchangeFill? fill, string? reason) => Events++;

        public void OnBalances(ExchangeAccount account, IReadOnlyList<AssetBalance> changed, string cause, ExchangePosition? position) => Events++;

        public void OnTrade(ListedInstrument instrument, PublicTrade trade) => Events++;
    }
}
