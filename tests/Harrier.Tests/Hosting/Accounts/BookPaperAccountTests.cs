using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Strategies;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Changes;
using Harrier.Hosting.Configuration;
using Harrier.Storage.Sessions;
using Harrier.Strategies;
using Harrier.Tests.Support;

namespace Harrier.Tests.Hosting.Accounts;

/// <summary>A paper account on trades and books: orders meet the market of when they arrive, and what a crash leaves is continued bit-equal.</summary>
public sealed class BookPaperAccountTests : IDisposable
{
    private const long Millisecond = 1_000_000;

    private static readonly SettingsReader Reader = new(new StrategyCatalog(typeof(MeanReversion).Assembly, typeof(BookPaperAccountTests).Assembly), ["sim-x-linear"]);

    private readonly TemporaryFolder _folder = new();
    private readonly List<(long Price, long Lots, long AtMillisecond)> _fills = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Handle_OrderDecidedOnATrade_MeetsTheBookOfWhenItArrives()
    {
        using TradingAccount account = Open(Plan("""{ "strategy": "BUYS_ON_TRADES", "parameters": { "above": 100 } }"""));
        Snapshot(account, at: 0, bid: (99, 50), ask: (101, 50));
        Trade(account, at: 10, price: 100);

        // At 20 ms the strategy buys 3 lots; they arrive at 70 ms, when the ask of 101 is gone but for one lot. The report comes at 120 ms.
        Trade(account, at: 20, price: 101);
        Level(account, at: 60, isAsk: true, (101, 1), isLast: false);
        Level(account, at: 60, isAsk: true, (103, 50), isLast: true);
        Trade(account, at: 100, price: 103);
        _fills.ShouldBeEmpty();
        account.Differences().ShouldBeEmpty("what is on its way is no difference");
        Beat(account, at: 121);

        _fills.ShouldBe([(101, 1, 70), (103, 2, 70)]);
        account.Engine.Portfolio.Position(new BotId(0), new InstrumentId(0)).Size.ShouldBe(new SizeLots(3));
        account.Differences().ShouldBeEmpty();
    }

    [Fact]
    public void Handle_FundingAndClosedBars_ReachEngineAndVenueAlike()
    {
        using TradingAccount account = Open(Plan("""{ "strategy": "BUYS_ON_TRADES", "parameters": { "above": 100 } }"""));
        Snapshot(account, at: 0, bid: (99, 50), ask: (101, 50));
        Trade(account, at: 20, price: 101);
        Beat(account, at: 500);
        _fills.ShouldBe([(101, 3, 70)]);
        decimal before = account.Engine.Portfolio.Equity(new BotId(0));

        // Longs pay 1 % of 3 lots at 100: 3.
        account.Handle(Event(600, MarketEventKind.Funding) with { Price = new PriceTicks(100), Rate = 0.01 });
        Trade(account, at: 601, price: 101);

        account.Engine.Portfolio.Equity(new BotId(0)).ShouldBe(before - 3);
        account.Differences().ShouldBeEmpty();
    }

    [Fact]
    public void Handle_FeedFault_NothingFillsBeforeTheNextSnapshot()
    {
        using TradingAccount account = Open(Plan("""{ "strategy": "BUYS_ON_TRADES", "parameters": { "above": 100 } }"""));
        Snapshot(account, at: 0, bid: (99, 50), ask: (101, 50));
        Trade(account, at: 20, price: 101);
        account.Handle(new FeedFault(new InstrumentId(0), At(30)));
        Beat(account, at: 1000);
        _fills.ShouldBeEmpty();

        Snapshot(account, at: 1500, bid: (104, 50), ask: (105, 50));
        Beat(account, at: 2000);

        _fills.ShouldBe([(105, 3, 1500)]);
    }

    [Fact]
    public void Open_CrashesAnywhere_GoesOnAsIfNoneHadHappened()
    {
        IReadOnlyList<RandomMarket.Input> inputs = RandomMarket.Make(seed: 5, steps: 1500);
        AccountPlan plan = RandomPlan();
        byte[] undisturbed;
        using (TradingAccount account = Open(plan))
        {
            foreach (RandomMarket.Input input in inputs)
            {
                Handle(account, input);
            }

            undisturbed = account.Save();
        }

        _fills.Count.ShouldBeGreaterThan(100, "a scenario without trades proves nothing");
        using TemporaryFolder home = new();
        for (int from = 0; from < inputs.Count; from += 333)
        {
            AccountHome kept = new(home.Path, plan);
            TradingAccount account = kept.Open(At(0)).Account;
            kept.BeginSession(account);
            foreach (RandomMarket.Input input in inputs.Skip(from).Take(333))
            {
                Handle(account, input);
            }

            // Not saved: what is in the journal is all that is left.
            account.Dispose();
        }

        using TradingAccount last = new AccountHome(home.Path, plan).Open(At(0)).Account;
        last.Save().ShouldBe(undisturbed);
        string session = new SessionFolder(Path.Combine(home.Path, "accounts", "test")).All()[1];
        ProvenSession proven = new SessionProof(Reader).Run(session, Path.Combine(home.Path, "scratch"));
        proven.Outcome.Divergence.ShouldBeNull();
        proven.Outcome.Inputs.ShouldBe(333);
    }

    [Fact]
    public void Succeed_AmidOrdersOnTheirWay_ChangesNoDecision()
    {
        IReadOnlyList<RandomMarket.Input> inputs = RandomMarket.Make(seed: 6, steps: 500);
        using TradingAccount undisturbed = RandomPlan().NewAccount(Path.Combine(_folder.Path, "undisturbed"));
        Pay(undisturbed);
        AccountHome home = new(_folder.Path, RandomPlan());
        TradingAccount account = home.Open(At(0)).Account;
        home.BeginSession(account);
        int limit = 0;
        for (int i = 0; i < inputs.Count; i++)
        {
            Handle(undisturbed, inputs[i]);
            Handle(account, inputs[i]);
            if (i % 700 == 350)
            {
                account = Changed(home, account, maxPositions: ++limit + 1);
            }
        }

        account.Engine.Risk.Limits.MaxPositions.ShouldBe(limit + 1);
        limit.ShouldBeGreaterThan(2);
        account.Engine.DecisionHash.ShouldBe(undisturbed.Engine.DecisionHash);
        account.Engine.Orders.Submitted.ShouldBeGreaterThan(100, "a scenario without orders proves nothing");
        account.Dispose();
        foreach (string session in home.Sessions.All())
        {
            new SessionProof(Reader).Run(session, Path.Combine(_folder.Path, "proof-" + Path.GetFileName(session))).Outcome.Divergence.ShouldBeNull();
        }
    }

    private static void Pay(TradingAccount account) => account.Handle(new AccountReport(new BotId(0), new Money(10_000, new Asset("USDT")), At(0)));

    private static TradingAccount Changed(AccountHome home, TradingAccount account, int maxPositions)
    {
        AccountCommand command = new(AccountOrder.SetLimits, null, "ann", "a test") { Changes = [new("max_positions", $"{maxPositions}")] };
        AccountPlan plan = new AccountPlan(new AccountChange(Reader).Apply(account.Settings, command), account.Plan.Instruments, "test").Named(account.Plan.Identity.Run);
        TradingAccount next = AccountSuccession.Warm(plan, home.Sessions.Scratch("prepare.tmp"), []);
        HandOver.Carry(account, next, command, account.Engine.Time.Now).IsDone.ShouldBeTrue();
        account.Dispose();
        home.BeginSession(next, []);
        return next;
    }

    private static AccountPlan RandomPlan() => Plan("""{ "strategy": "TRADES_AT_RANDOM" }""", tick: 0.01m, lot: 0.001m);

    private static AccountPlan Plan(string bot, decimal tick = 1, decimal lot = 1)
    {
        string settings = $$"""
            {
              "name": "test", "venue": "sim-x-linear", "slippage_bps": 0, "maker_fee_bps": 0, "taker_fee_bps": 0,
              "risk": { "max_trades_per_hour": "none", "max_losses_in_a_row": "none", "max_orders_per_minute": "none", "price_collar": "none", "max_drawdown": "none", "max_daily_loss": "none" },
              "bots": [ {{bot.Insert(1, "\"name\": \"one\", \"symbol\": \"AAAUSDT\", \"stop_loss\": \"none\", \"take_profit\": \"none\", ")}} ]
            }
            """;
        AccountSettings account = Reader.ReadAccount(ConfigurationTree.Parse("test", settings));
        return new AccountPlan(account, [Define(tick, lot)], "test");
    }

    private static Instrument Define(decimal tick, decimal lot) => new(new InstrumentId(0), new InstrumentDefinition
    {
        Venue = new VenueId("sim-x-linear"),
        Symbol = "AAAUSDT",
        Kind = InstrumentKind.LinearPerpetual,
        Base = new Asset("AAA"),
        Quote = new Asset("USDT"),
        TickSize = tick,
        LotSize = lot,
        MaintenanceMarginRate = 0.01m,
    });

    private static void Handle(TradingAccount account, RandomMarket.Input input)
    {
        if (input.Event is { } marketEvent)
        {
            account.Handle(in marketEvent);
        }
        else
        {
            account.Handle(input.Fault!.Value);
        }
    }

    private static Timestamp At(long millisecond) => new(AccountScenario.Begin.Nanos + (millisecond * Millisecond));

    private static MarketEvent Event(long at, MarketEventKind kind) => new()
    {
        ExchangeTime = At(at),
        ReceivedTime = At(at),
        Price = default,
        Instrument = new InstrumentId(0),
        Kind = kind,
        LastInBatch = true,
    };

    private static void Trade(TradingAccount account, long at, long price) =>
        account.Handle(Event(at, MarketEventKind.Trade) with { Price = new PriceTicks(price), Size = new SizeLots(1), TradeId = at + 1 });

    private static void Level(TradingAccount account, long at, bool isAsk, (long Price, long Lots) level, bool isLast) =>
        account.Handle(Event(at, MarketEventKind.BookLevel) with { IsSell = isAsk, Price = new PriceTicks(level.Price), Size = new SizeLots(level.Lots), LastInBatch = isLast });

    private static void Snapshot(TradingAccount account, long at, (long Price, long Lots) bid, (long Price, long Lots) ask)
    {
        account.Handle(Event(at, MarketEventKind.BookClear) with { LastInBatch = false });
        Level(account, at, isAsk: false, bid, isLast: false);
        Level(account, at, isAsk: true, ask, isLast: true);
    }

    private static void Beat(TradingAccount account, long at) => account.Handle(new Heartbeat(At(at), TimeSpan.Zero));

    private TradingAccount Open(AccountPlan plan)
    {
        AccountHome home = new(_folder.Path, plan);
        TradingAccount account = home.Open(At(0)).Account;
        home.BeginSession(account);
        account.ShouldBeOfType<BookPaperAccount>();
        account.Filled = (Order? _, in ExecutionReport report) => _fills.Add((report.Price.Value, report.Size.Value, (report.Time.Nanos - AccountScenario.Begin.Nanos) / Millisecond));
        return account;
    }
}

/// <summary>Settings of <see cref="BuysOnTrades"/>.</summary>
public sealed record BuysOnTradesSettings
{
    [StrategyParameter("the price above which it buys", Min = 1, Max = 1_000_000)]
    public int Above { get; init; } = 1;
}

/// <summary>Buys three lots at the market at the first trade above a price, once.</summary>
[StrategyKey("BUYS_ON_TRADES", "buys once, above a price")]
public sealed class BuysOnTrades(BuysOnTradesSettings settings) : Strategy
{
    private bool _hasBought;

    protected override void OnTrade(in MarketEvent trade)
    {
        if (!_hasBought && trade.Price.Value > settings.Above)
        {
            _hasBought = Buy(new SizeLots(3)) is not null;
        }
    }

    protected override void OnBook(in BookTop top)
    {
        // So that it needs the book.
    }

    protected override void SaveState(ref StateWriter writer) => writer.Write(_hasBought);

    protected override void RestoreState(ref StateReader reader) => _hasBought = reader.ReadBoolean();
}

/// <summary>Buys, sells, places and cancels by the numbers of the trades it hears, and works with the book.</summary>
[StrategyKey("TRADES_AT_RANDOM", "for tests")]
public sealed class TradesAtRandom : Strategy
{
    private ClientOrderId _last;

    protected override void OnBook(in BookTop top)
    {
        long dice = unchecked((long)((ulong)((top.Bid.Price.Value * 31) + top.Bid.Size.Value) * 0x9E3779B97F4A7C15UL >> 60));
        switch (dice)
        {
            case 0 or 1:
                _last = Buy(new SizeLots(1 + dice)) ?? _last;
                break;
            case 2 or 3:
                _last = Sell(new SizeLots(dice)) ?? _last;
                break;
            case 4:
                _last = Buy(new SizeLots(5), top.Bid.Price) ?? _last;
                break;
            case 5:
                _last = Sell(new SizeLots(5), top.Ask.Price) ?? _last;
                break;
            case 6:
                Cancel(_last);
                break;
            default:
                break;
        }
    }

    protected override void SaveState(ref StateWriter writer) => writer.WriteRaw(in _last);

    protected override void RestoreState(ref StateReader reader) => _last = reader.ReadRaw<ClientOrderId>();
}
