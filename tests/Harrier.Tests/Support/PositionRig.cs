using System.Buffers;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Portfolio;
using Harrier.Engine.Positions;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Simulation.Fills;

namespace Harrier.Tests.Support;

/// <summary>
/// An engine and the simulated venue on minute bars of one or more instruments, tick 0.1 and lot 0.01, without fees unless told otherwise. The bot does
/// what the test asks for between two bars; trades may come between them as well.
/// </summary>
internal sealed class PositionRig : IExecutionSink
{
    private static readonly BarSpec Minute = new(BacktestScenario.MinuteNanos, BarKind.Time, BarSource.Venue);

    private readonly List<EngineAlert> _alerts = [];
    private long _tradeId;

    public PositionRig(PositionRigOptions? options = null)
    {
        Options = options ?? new PositionRigOptions();
        Instruments = [.. ((string[])["BTC", "ETH", "SOL", "XRP"]).Take(Options.Instruments).Select((symbol, i) => Define(new InstrumentId(i), symbol, Options.Kind))];
        Bot = Options.Strategy();
        Venue = new FillSimulator(Instruments, 1, Options.Fills);
        Engine = new TradingEngine(EngineOptions(), new EngineSurroundings(Venue) { Alerts = _alerts.Add });
    }

    public PositionRigOptions Options { get; }

    public IReadOnlyList<Instrument> Instruments { get; }

    public Strategy Bot { get; }

    /// <summary>The bot, when it is the one that only does what it is told.</summary>
    public Puppet Puppet => (Puppet)Bot;

    public FillSimulator Venue { get; }

    public TradingEngine Engine { get; }

    public IReadOnlyList<EngineAlert> Alerts => _alerts;

    public Timestamp Now => Engine.Time.Now;

    public Position Held => PositionIn(0);

    public IReadOnlyList<RoundTrip> Trips => Engine.Portfolio.RoundTrips;

    public IReadOnlyList<Order> Working => Engine.Orders.Working;

    /// <summary>What the working orders are for, oldest first.</summary>
    public IReadOnlyList<OrderPurpose> Purposes => [.. Working.Select(order => order.Intent.Purpose)];

    /// <summary>The only order that works for a purpose.</summary>
    public OrderIntent Order(OrderPurpose purpose) => Working.Where(order => order.Intent.Purpose == purpose).ShouldHaveSingleItem().Intent;

    public Position PositionIn(int instrument) => Engine.Portfolio.Position(new BotId(0), new InstrumentId(instrument));

    public PositionRig Deposit(decimal amount = 100_000)
    {
        Money money = new(amount, new Asset("USDT"));
        if (amount > 0)
        {
            Venue.Deposit(new BotId(0), money);
        }

        Engine.Process(new AccountReport(new BotId(0), money, Now));
        return this;
    }

    /// <summary>The venue tells that the first bot paid funding; received it, where that is below 0.</summary>
    public PositionRig Funded(string payment, decimal paid)
    {
        Engine.Process(new ExecutionReport
        {
            Kind = ExecutionKind.Funded,
            Order = default,
            TradeId = VenueTradeId.Derive(payment),
            Fee = paid,
            FeeAsset = new Asset("USDT"),
            Time = Now,
            ReceivedTime = Now,
        });
        return this;
    }

    /// <summary>Plays one bar of the first instrument at a price.</summary>
    public PositionRig Price(decimal price) => Bar((price, price, price, price));

    /// <summary>Plays some bars at a price.</summary>
    public PositionRig Prices(decimal price, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Price(price);
        }

        return this;
    }

    /// <summary>Plays one bar of each instrument given, all closing together a minute after the last.</summary>
    public PositionRig Bar(params (decimal O, decimal H, decimal L, decimal C)[] bars)
    {
        Timestamp open = new(Now.Nanos / BacktestScenario.MinuteNanos * BacktestScenario.MinuteNanos);
        Bar[] list = [.. bars.Select((bar, i) => ToBar(i, open, bar))];
        foreach (Bar bar in list)
        {
            Venue.TradeOpen(in bar, this);
        }

        foreach (Bar bar in list)
        {
            Venue.TradeRange(in bar, this);
        }

        foreach (Bar bar in list)
        {
            Engine.Process(in bar);
            Venue.Deliver(this);
        }

        return this;
    }

    /// <summary>A trade of another, some seconds after the last input.</summary>
    public void Trade(double seconds, decimal price, decimal size = 1)
    {
        Timestamp time = Now + TimeSpan.FromSeconds(seconds);
        Engine.Process(new MarketEvent
        {
            ExchangeTime = time,
            ReceivedTime = time,
            Price = Instruments[0].ToTicks(price),
            Size = Instruments[0].ToLots(size),
            TradeId = ++_tradeId,
            Instrument = Instruments[0].Id,
            Kind = MarketEventKind.Trade,
        });
        Venue.Deliver(this);
    }

    /// <summary>Time passes.</summary>
    public void Wait(TimeSpan span)
    {
        Engine.Process(new Heartbeat(Now + span, TimeSpan.Zero));
        Venue.Deliver(this);
    }

    public void Operate(OperatorAction action, OrderPurpose purpose = OrderPurpose.Signal, BotEdit? edit = null)
    {
        Engine.Process(new OperatorCommand(action, new BotId(0), purpose, Now) { Edit = edit });
        Venue.Deliver(this);
    }

    /// <summary>Asks for an entry and lets the venue take it.</summary>
    public EntryDecision Enter(OrderSide side, decimal stop, decimal? limit = null, Func<EntryPlan, EntryPlan>? also = null, int instrument = 0)
    {
        Instrument one = Instruments[instrument];
        EntryPlan plan = new()
        {
            Instrument = one.Id,
            Side = side,
            Stop = one.ToTicks(stop),
            Limit = limit is null ? null : one.ToTicks(limit.Value),
            Confidence = 1,
            Setup = "momentum",
            Confluence = "level",
        };
        EntryDecision decision = Puppet.Ask(also?.Invoke(plan) ?? plan);
        Venue.Deliver(this);
        return decision;
    }

    /// <summary>Another rig that continues from the saved state of this one.</summary>
    public PositionRig Reborn()
    {
        ArrayBufferWriter<byte> venue = new();
        StateWriter writer = new(venue);
        Venue.Save(ref writer);
        byte[] engine = Engine.Save();
        PositionRig next = new(Options) { _tradeId = _tradeId };
        next.Engine.Restore(engine);
        StateReader reader = new(venue.WrittenSpan);
        next.Venue.Restore(ref reader, next.Engine.Orders);
        next.Engine.Save().ShouldBe(engine);
        return next;
    }

    void IExecutionSink.Deliver(in ExecutionReport report) => Engine.Process(in report);

    private EngineOptions EngineOptions() => new()
    {
        Account = new AccountId("test"),
        Run = 1,
        Instruments = Instruments,
        Numeraire = new Asset("USDT"),
        IsSupervised = Options.IsSupervised,
        Limits = Options.Limits with { Leverage = Options.Fills.Leverage, TakerFeeRate = Options.Fills.TakerFeeRate, ExpectedSlippage = 0 },
        Bots =
        [
            new BotDefinition
            {
                Strategy = Bot,
                Another = Options.IsSupervised ? Options.Strategy : null,
                Instruments = [.. Instruments.Select(instrument => instrument.Id)],
                Sizing = Options.Sizing,
                Entries = Options.Entries,
                Rules = Options.Rules,
                Vetoes = Options.Vetoes,
            },
        ],
    };

    private Bar ToBar(int instrument, Timestamp open, (decimal O, decimal H, decimal L, decimal C) bar) => new()
    {
        OpenTime = open,
        Open = Instruments[instrument].ToTicks(bar.O),
        High = Instruments[instrument].ToTicks(bar.H),
        Low = Instruments[instrument].ToTicks(bar.L),
        Close = Instruments[instrument].ToTicks(bar.C),
        Volume = 1e6,
        Spec = Minute,
        Instrument = Instruments[instrument].Id,
    };

    private static Instrument Define(InstrumentId id, string symbol, InstrumentKind kind) => new(id, new InstrumentDefinition
    {
        Venue = new VenueId("sim-test"),
        Symbol = symbol + "USDT",
        Kind = kind,
        Base = new Asset(symbol),
        Quote = new Asset("USDT"),
        TickSize = 0.1m,
        LotSize = 0.01m,
    });
}

/// <summary>How a <see cref="PositionRig"/> is set up.</summary>
internal sealed record PositionRigOptions
{
    public InstrumentKind Kind { get; init; } = InstrumentKind.LinearPerpetual;

    public int Instruments { get; init; } = 1;

    public FillOptions Fills { get; init; } = BacktestScenario.Free with { Leverage = 10 };

    public PositionSizing Sizing { get; init; } = new(SizingMethod.BaseAmount, 1);

    public EntryLimits Entries { get; init; } = new();

    public ExitRules? Rules { get; init; } = new();

    public RiskLimits Limits { get; init; } = new();

    public IReadOnlyList<ISignalVeto> Vetoes { get; init; } = [];

    public bool IsSupervised { get; init; }

    public Func<Strategy> Strategy { get; init; } = () => new Puppet();
}

/// <summary>A strategy that only does what it is told.</summary>
internal sealed class Puppet : Strategy
{
    public EntryDecision Ask(in EntryPlan plan) => Enter(in plan);

    public bool HasPlan => HasPlanIn(Instrument.Id);

    public ClientOrderId? Order(in OrderIntent intent) => Send(in intent);
}
