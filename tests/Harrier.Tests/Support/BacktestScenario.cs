using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Journal;
using Harrier.Engine.Portfolio;
using Harrier.Engine.Positions;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Research.Backtests;
using Harrier.Simulation.Fills;

namespace Harrier.Tests.Support;

/// <summary>A market of a few bars, a strategy that does what the test says, and what came of it.</summary>
internal sealed class BacktestScenario
{
    public const long MinuteNanos = 60 * Timestamp.NanosPerSecond;

    public static readonly BarSpec Minute = new(MinuteNanos, BarKind.Time, BarSource.Venue);

    private readonly List<Fill> _fills = [];
    private readonly List<OrderEvent> _orders = [];

    public InstrumentKind Kind { get; init; }

    public decimal Tick { get; init; } = 1m;

    public decimal Lot { get; init; } = 1m;

    public decimal MinNotional { get; init; }

    public decimal Balance { get; init; } = 100_000m;

    public FillOptions Fills { get; init; } = Free;

    public ProtectionSettings Protection { get; init; } = new();

    public PositionSizing Sizing { get; init; } = new(SizingMethod.FractionOfEquity, 0.95m);

    public IJournal? Journal { get; init; }

    public RiskLimits? Limits { get; init; }

    public IPredictor? Predictor { get; init; }

    /// <summary>No fee, no slippage, no volume limit: prices are what the path says.</summary>
    public static FillOptions Free { get; } = new() { MakerFeeRate = 0, TakerFeeRate = 0, Slippage = new FixedSlippage(0), MaxVolumeShare = null };

    public IReadOnlyList<Fill> AllFills => _fills;

    public IReadOnlyList<OrderEvent> OrderEvents => _orders;

    public TradingEngine Engine { get; private set; } = null!;

    public FillSimulator Venue { get; private set; } = null!;

    public BacktestLoop Loop { get; private set; } = null!;

    public Position Held => Engine.Portfolio.Position(new BotId(0), new InstrumentId(0));

    public IReadOnlyList<RoundTrip> Trips => Engine.Portfolio.RoundTrips;

    public Instrument Instrument => new(new InstrumentId(0), new InstrumentDefinition
    {
        Venue = new VenueId("sim-test"),
        Symbol = "BTCUSDT",
        Kind = Kind,
        Base = new Asset("BTC"),
        Quote = new Asset("USDT"),
        TickSize = Tick,
        LotSize = Lot,
        MinNotional = MinNotional,
    });

    /// <summary>Plays bars of (open, high, low, close, volume) in quote currency; the script is called at each close with the bar's index.</summary>
    public BacktestScenario Run(IReadOnlyList<(decimal O, decimal H, decimal L, decimal C, double V)> bars, Action<Script, int> onBar)
    {
        Prepare(bars, new Script(onBar, _fills, _orders));
        Loop.Play(long.MaxValue);
        return this;
    }

    public void Prepare(IReadOnlyList<(decimal O, decimal H, decimal L, decimal C, double V)> bars, Strategy strategy)
    {
        Instrument instrument = Instrument;
        Bar[] list = [.. bars.Select((bar, i) => new Bar
        {
            OpenTime = new Timestamp(i * MinuteNanos),
            Open = instrument.ToTicks(bar.O),
            High = instrument.ToTicks(bar.H),
            Low = instrument.ToTicks(bar.L),
            Close = instrument.ToTicks(bar.C),
            Volume = bar.V,
            Spec = Minute,
            Instrument = instrument.Id,
        })];
        Venue = new FillSimulator([instrument], 1, Fills);
        Engine = new TradingEngine(Options(instrument, strategy), new EngineSurroundings(Venue, Journal));
        AccountReport deposit = new(new BotId(0), new Money(Balance, new Asset("USDT")), default);
        Engine.Process(in deposit);
        Venue.Deposit(deposit.Bot, deposit.Amount);
        Loop = new BacktestLoop(Engine, Venue, [new BarSeries(instrument, Minute, list, list.Length)]);
    }

    public EngineOptions Options(Instrument instrument, Strategy strategy) => new()
    {
        Account = new AccountId("test"),
        Run = 1,
        Instruments = [instrument],
        Numeraire = new Asset("USDT"),
        Predictor = Predictor,
        Limits = Limits ?? new RiskLimits { Leverage = Fills.Leverage, TakerFeeRate = Fills.TakerFeeRate },
        Bots = [new BotDefinition { Strategy = strategy, Instruments = [instrument.Id], Protection = Protection, Sizing = Sizing }],
    };

    /// <summary>Runs the test's actions; records what it hears.</summary>
    internal class Script(Action<Script, int> onBar, List<Fill>? fills = null, List<OrderEvent>? orders = null) : Strategy
    {
        private int _index;

        public Position Held => Position;

        public Timestamp Clock => Now;

        public Action<Script, Fill>? WhenFilled { get; set; }

        public ClientOrderId? Order(
            OrderSide side, long lots, OrderType type = OrderType.Market, long limit = 0, long trigger = 0, Func<OrderIntent, OrderIntent>? also = null)
        {
            OrderIntent intent = new()
            {
                Instrument = Instrument.Id,
                Side = side,
                Type = type,
                Size = new SizeLots(lots),
                Limit = new PriceTicks(limit),
                Trigger = new PriceTicks(trigger),
            };
            return Send(also?.Invoke(intent) ?? intent);
        }

        public void Signal(SignalSide side, double confidence = 1) => Emit(side, confidence);

        public void Drop(ClientOrderId order) => Cancel(order);

        public void Timer(int number, Timestamp due) => SetTimer(number, due);

        protected override void OnBar(in Bar bar, in Ohlcv values) => onBar(this, _index++);

        protected override void OnFill(in Fill fill)
        {
            fills?.Add(fill);
            WhenFilled?.Invoke(this, fill);
        }

        protected override void OnOrder(in OrderEvent orderEvent) => orders?.Add(orderEvent);

        protected override void SaveState(ref StateWriter writer) => writer.Write(_index);

        protected override void RestoreState(ref StateReader reader) => _index = reader.ReadInt32();
    }
}
