using System.Globalization;
using System.Text.RegularExpressions;
using Harrier.Exchanges.Tests.Testnet.Core;
using Harrier.Testnet.Core;
using Harrier.Testnet.Keeping;

namespace Harrier.Exchanges.Tests.Testnet.Keeping;

/// <summary>Whenever the process of an exchange ends, the next one has its accounts, orders, fills and positions.</summary>
public sealed partial class ExchangeMemoryTests : IDisposable
{
    private const string Name = "core";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("harrier-kept-");
    private int _copies;

    private string Original => Path.Combine(_folder.FullName, "original");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(MarketKind.Spot, 1)]
    [InlineData(MarketKind.Spot, 2)]
    [InlineData(MarketKind.Linear, 3)]
    [InlineData(MarketKind.Linear, 4)]
    public void Restore_AtRandomMoments_GivesWhatWas(MarketKind kind, long seed)
    {
        using ExchangeMemory memory = ExchangeMemory.Open(Original, Assert.Fail);
        RandomTrader trader = new(kind, seed, core => memory.Watch(Name, core));
        memory.Begin();
        for (int i = 1; i <= 1600; i++)
        {
            trader.Step();
            if (i % 199 == 0)
            {
                CoreScene restored = Restored(kind, File.ReadAllBytes(Original));
                ShouldBe(restored.Core, trader.Scene.Core, $"after step {i}");
            }
        }
    }

    [Theory]
    [InlineData(MarketKind.Spot, 5)]
    [InlineData(MarketKind.Linear, 6)]
    public void Restore_KilledBetweenTwoWrites_IsWholeAndGoesOn(MarketKind kind, long seed)
    {
        using ExchangeMemory memory = ExchangeMemory.Open(Original, Assert.Fail);
        RandomTrader trader = new(kind, seed, core => memory.Watch(Name, core));
        memory.Begin();
        List<long> ends = [new FileInfo(Original).Length];
        trader.Scene.Core.Subscribe(new Ends(() => ends.Add(new FileInfo(Original).Length)));
        for (int i = 0; i < 220; i++)
        {
            trader.Step();
        }

        byte[] all = File.ReadAllBytes(Original);
        int finished = 0;
        foreach (long end in ends.Distinct())
        {
            CoreScene scene = Restored(kind, all[..(int)end]);
            foreach (ExchangeOrder order in scene.Core.Accounts.SelectMany(a => scene.Core.OrderHistory(a, CoreScene.Symbol, default)))
            {
                order.Executed.ShouldBe(order.Fills.Sum(static fill => fill.Quantity));
            }

            finished += scene.Core.Accounts.SelectMany(a => scene.Core.OpenOrders(a)).Count(static o => o is { IsWorking: true, RestsInBook: false });
            scene.Core.Finish();
            scene.Core.Accounts.SelectMany(a => scene.Core.OpenOrders(a)).ShouldAllBe(static o => !o.IsWorking || o.RestsInBook);
            scene.Sum("USDT").ShouldBe(0m);
        }

        finished.ShouldBeGreaterThan(10, "some were killed while an order was matched");
    }

    [Fact]
    public void Restore_KilledBetweenATriggerAndItsOrder_TriggersOnceMore()
    {
        using ExchangeMemory memory = ExchangeMemory.Open(Original, Assert.Fail);
        CoreScene scene = new(MarketKind.Linear, first: core => memory.Watch(Name, core));
        memory.Begin();
        scene.MoveMarketTo(100m);
        scene.Taken(scene.Ann, CoreScene.Market(false, 1m));
        scene.Taken(scene.Ann, CoreScene.Market(true, 1m) with { Type = ExchangeOrderType.StopLoss, StopPrice = 95m, ReduceOnly = true, ClientId = "stop" });
        byte[] atTrigger = [];
        scene.Core.Subscribe(new Ends(() => atTrigger = atTrigger.Length == 0 && scene.Log.Orders[^1].Kind == OrderEventKind.ConditionalTriggered ? File.ReadAllBytes(Original) : atTrigger));
        scene.MoveMarketTo(94m);
        scene.TradeAtThrough(94m, isBidSideKept: true);
        scene.Ann.Position(scene.Instrument).Quantity.ShouldBe(0m);

        ExchangeMemory? kept = null;
        CoreScene next = new(MarketKind.Linear, first: core => kept = Opened(atTrigger, core));
        kept!.Restore(1);
        ExchangeAccount ann = next.Core.ByName("ann")!;
        ann.Position(next.Instrument).Quantity.ShouldBe(1m);
        next.MoveMarketTo(94m);
        ann.Position(next.Instrument).Quantity.ShouldBe(1m, "nothing fires before the market is there");
        next.Core.Finish();
        ann.Position(next.Instrument).Quantity.ShouldBe(0m, "the stop was promised");
    }

    [Fact]
    public void Restore_Numbers_AreNotGivenTwice()
    {
        using ExchangeMemory memory = ExchangeMemory.Open(Original, Assert.Fail);
        CoreScene scene = new(MarketKind.Spot, first: core => memory.Watch(Name, core));
        memory.Begin();
        ExchangeOrder last = scene.Buy(scene.Ann, 1m, 90m);
        scene.Sell(scene.Bob, 1m, 90m);
        CoreScene next = Restored(MarketKind.Spot, File.ReadAllBytes(Original));
        next.Buy(next.Ann, 1m, 90m).Id.ShouldBeGreaterThan(last.Id);
        next.Sell(next.Bob, 1m, 90m);
        next.Core.Fills(next.Ann, CoreScene.Symbol, null, default)[^1].TradeId.ShouldBeGreaterThan(scene.Instrument.LastTradeId);
    }

    [Fact]
    public void Open_TornTail_IsAsBeforeTheLastWrite()
    {
        (byte[] before, byte[] after) = TwoOrders();
        string[] expected = Describe(Restored(MarketKind.Spot, before).Core);
        for (int length = before.Length; length < after.Length; length++)
        {
            Describe(Restored(MarketKind.Spot, after[..length]).Core).ShouldBe(expected, $"cut at byte {length}");
        }

        Describe(Restored(MarketKind.Spot, after).Core).ShouldNotBe(expected);
    }

    [Fact]
    public void Open_FlippedBit_IsRefusedInOneLine()
    {
        (byte[] before, byte[] after) = TwoOrders();
        after[before.Length - 5] ^= 4;
        InvalidDataException fault = Should.Throw<InvalidDataException>(() => Restored(MarketKind.Spot, after));
        fault.Message.ShouldContain("damaged at byte ");
        fault.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void Append_FileGrowsLarge_IsWrittenAnewWhileThingsHappen()
    {
        RandomTrader trader;
        using (ExchangeMemory memory = ExchangeMemory.Open(Original, Assert.Fail, largest: 10_000))
        {
            trader = new(MarketKind.Linear, 7, core => memory.Watch(Name, core));
            memory.Begin();
            for (int i = 0; i < 1500; i++)
            {
                lock (trader.Scene.Core.Gate)
                {
                    trader.Step();
                }
            }

            ShouldBe(Restored(MarketKind.Linear, File.ReadAllBytes(Original)).Core, trader.Scene.Core, "while it is open");
        }

        ShouldBe(Restored(MarketKind.Linear, File.ReadAllBytes(Original)).Core, trader.Scene.Core, "when it is closed");
    }

    private (byte[] Before, byte[] After) TwoOrders()
    {
        using ExchangeMemory memory = ExchangeMemory.Open(Original, Assert.Fail);
        CoreScene scene = new(MarketKind.Spot, first: core => memory.Watch(Name, core));
        memory.Begin();
        scene.Buy(scene.Ann, 1m, 90m);
        byte[] before = File.ReadAllBytes(Original);
        byte[]? after = null;
        scene.Core.Subscribe(new Ends(() => after ??= File.ReadAllBytes(Original)));
        scene.Buy(scene.Ann, 2m, 91m);
        return (before, after!);
    }

    private CoreScene Restored(MarketKind kind, byte[] file)
    {
        ExchangeMemory? memory = null;
        CoreScene scene = RandomTrader.NewScene(kind, core => memory = Opened(file, core));
        memory!.Restore(1);
        return scene;
    }

    // What is kept already is not written again: a memory that has not begun only reads.
    private ExchangeMemory Opened(byte[] file, ExchangeCore core)
    {
        string path = Path.Combine(_folder.FullName, $"copy-{++_copies}");
        File.WriteAllBytes(path, file);
        ExchangeMemory memory = ExchangeMemory.Open(path, Assert.Fail);
        memory.Watch(Name, core);
        return memory;
    }

    // Everything that users can see of themselves.
    private static string[] Describe(ExchangeCore core)
    {
        List<string> lines = [];
        foreach (ExchangeAccount account in core.Accounts.Where(static a => !a.IsHouse))
        {
            lines.AddRange(account.Balances.OrderBy(static b => b.Asset, StringComparer.Ordinal).Select(b => Line($"{account.Name} {b}")));
            lines.AddRange(account.Positions.Select(p => Line(
                $"{account.Name} {p.Instrument.Symbol} {p.Quantity} {p.EntryValue} {p.RealizedPnl} x{p.Leverage} {p.Isolated} {p.IsolatedMargin} {p.Updated} {p.OpenBuys} {p.OpenSells} {p.OpenCount} {p.WaitingCount} {p.ReduceOnlyCount}")));
            foreach (ExchangeOrder o in core.OrderHistory(account, CoreScene.Symbol, default))
            {
                lines.Add(Line($"{account.Name} {o.Id} {o.Terms} {o.ClientId} {o.OriginalClientId} {o.Status} {o.Quantity} {o.Price} {Trigger(o)} {o.Executed} {o.ExecutedQuote} {o.Prevented} {o.Created} {o.Updated} {o.IsWorking} {o.IsOpen} {o.ParentConditionalId} {o.ChildOrderId} {o.EndReason} {o.Locked} {o.OpenNotional} {o.StartsAbove}"));
            }

            lines.AddRange(core.Fills(account, CoreScene.Symbol, null, default).Select(f => Line($"{account.Name} {f.Order.Id} {f.TradeId} {f.Price} {f.Quantity} {f.Fee} {f.FeeAsset} {f.IsMaker} {f.RealizedPnl} {f.ClosedQuantity}")));
            lines.AddRange(core.OpenOrders(account).Select(o => Line($"{account.Name} open {o.Id} {core.FindOrder(account, new OrderKey(o.Instrument.Symbol, null, o.ClientId))?.Id}")));
        }

        return [.. lines.Select(static line => TrailingZeros().Replace(line, "$1"))];
    }

    private static void ShouldBe(ExchangeCore actual, ExchangeCore expected, string when)
    {
        (string[] now, string[] then) = (Describe(actual), Describe(expected));
        string? first = Enumerable.Range(0, Math.Max(now.Length, then.Length)).Select(i => (Now: now.ElementAtOrDefault(i), Then: then.ElementAtOrDefault(i)))
            .Where(static pair => pair.Now != pair.Then).Select(static pair => $"\nwas  {pair.Then}\nis   {pair.Now}").FirstOrDefault();
        first.ShouldBeNull(when);
    }

    // A sum may have more zeros than what is read back.
    [GeneratedRegex(@"\.0+(?!\d)|(\.\d*[1-9])0+(?!\d)")]
    private static partial Regex TrailingZeros();

    // What follows the price is noted every ten seconds only.
    private static string Trigger(ExchangeOrder order) => order.Terms.Trails ? "trails" : Line($"{order.TriggerPrice}");

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class Ends(Action happened) : IExchangeListener
    {
        public void OnOrder(ExchangeOrder order, OrderEventKind kind, ExchangeFill? fill, string? reason) => happened();

        public void OnBalances(ExchangeAccount account, IReadOnlyList<AssetBalance> changed, string cause, ExchangePosition? position) => happened();
    }
}
