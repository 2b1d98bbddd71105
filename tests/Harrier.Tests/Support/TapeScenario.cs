using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Strategies;
using Harrier.Research.Replays;
using Harrier.Simulation.Books;

namespace Harrier.Tests.Support;

/// <summary>
/// A tape of a few events, a strategy that does at a millisecond what the test says, and what came of it. Prices are whole ticks of 1, sizes whole lots of 1; without
/// being told otherwise nothing has latency, fee or slippage. Each scenario begins with a trade of one lot at 100, so that a price is known.
/// </summary>
internal sealed class TapeScenario
{
    private const long Millisecond = 1_000_000;

    private readonly List<(MarketEvent Event, FeedFault? Fault)> _tape = [];
    private readonly List<(int Millisecond, Action<BacktestScenario.Script> Action)> _actions = [];
    private readonly List<Fill> _fills = [];
    private readonly List<OrderEvent> _orders = [];
    private readonly List<Bar> _bars = [];
    private long _tradeId;

    public TapeScenario() => Trade(0, OrderSide.Buy, 100, 1);

    public static BookFillOptions Instant { get; } = new() { Entry = new ConstantLatency(0), Response = new ConstantLatency(0) };

    public BacktestScenario Terms { get; init; } = new() { Kind = InstrumentKind.LinearPerpetual };

    public BookFillOptions Fills { get; init; } = Instant;

    public double? FeedMilliseconds { get; init; }

    public BarSpec Bars { get; init; } = new(3600 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Aggregated);

    public IReadOnlyList<Fill> AllFills => _fills;

    public IReadOnlyList<OrderEvent> OrderEvents => _orders;

    public IReadOnlyList<Bar> AllBars => _bars;

    public TradingEngine Engine { get; private set; } = null!;

    public BookFillSimulator Venue { get; private set; } = null!;

    public ReplayLoop Loop { get; private set; } = null!;

    /// <summary>Price and lots of each fill.</summary>
    public (long Price, long Lots)[] Traded => [.. _fills.Select(fill => (fill.Price.Value, fill.Size.Value))];

    public MarketTape Tape => new ListTape(Terms.Instrument, _tape);

    public static Timestamp At(double milliseconds) => new((long)(milliseconds * Millisecond));

    /// <summary>A taker's trade.</summary>
    public TapeScenario Trade(int at, OrderSide taker, long price, long lots, int? received = null) => Add(new MarketEvent
    {
        ExchangeTime = At(at),
        ReceivedTime = At(received ?? at),
        Price = new PriceTicks(price),
        Size = new SizeLots(lots),
        TradeId = ++_tradeId,
        Instrument = default,
        Kind = MarketEventKind.Trade,
        IsSell = taker == OrderSide.Sell,
    });

    /// <summary>A whole book: prices and sizes, bids first.</summary>
    public TapeScenario Snapshot(int at, (long Price, long Lots)[] bids, (long Price, long Lots)[] asks, int? received = null)
    {
        Change(at, MarketEventKind.BookClear, (false, 0, 0), received, isLast: false);
        List<(bool IsAsk, long Price, long Lots)> levels = [.. bids.Select(level => (false, level.Price, level.Lots)), .. asks.Select(level => (true, level.Price, level.Lots))];
        for (int i = 0; i < levels.Count; i++)
        {
            Change(at, MarketEventKind.BookLevel, levels[i], received, i == levels.Count - 1);
        }

        return this;
    }

    /// <summary>The usual book: 10 bid at 99, 20 at 98; 5 asked at 101, 7 at 102.</summary>
    public TapeScenario UsualBook(int at = 1) => Snapshot(at, [(99, 10), (98, 20)], [(101, 5), (102, 7)]);

    public TapeScenario Bid(int at, long price, long lots, int? received = null) => Change(at, MarketEventKind.BookLevel, (false, price, lots), received, isLast: true);

    public TapeScenario Ask(int at, long price, long lots, int? received = null) => Change(at, MarketEventKind.BookLevel, (true, price, lots), received, isLast: true);

    public TapeScenario Mark(int at, long price) =>
        Add(new MarketEvent { ExchangeTime = At(at), ReceivedTime = At(at), Price = new PriceTicks(price), Instrument = default, Kind = MarketEventKind.MarkPrice });

    public TapeScenario Funding(int at, long price, double rate) =>
        Add(new MarketEvent { ExchangeTime = At(at), ReceivedTime = At(at), Price = new PriceTicks(price), Rate = rate, Instrument = default, Kind = MarketEventKind.Funding });

    public TapeScenario Fault(int at)
    {
        _tape.Add((default, new FeedFault(default, At(at))));
        return this;
    }

    /// <summary>What the strategy does at the first event that reaches it at or after a millisecond.</summary>
    public TapeScenario Do(int at, Action<BacktestScenario.Script> action)
    {
        _actions.Add((at, action));
        return this;
    }

    /// <summary>Sends a buy; the price is the limit of a limit order and the trigger of any other.</summary>
    public TapeScenario Buy(int at, long lots, OrderType type = OrderType.Market, long price = 0, Func<OrderIntent, OrderIntent>? also = null) =>
        Do(at, script => Send(script, OrderSide.Buy, (lots, type, price), also));

    /// <summary>Sends a sell, as <see cref="Buy"/>.</summary>
    public TapeScenario Sell(int at, long lots, OrderType type = OrderType.Market, long price = 0, Func<OrderIntent, OrderIntent>? also = null) =>
        Do(at, script => Send(script, OrderSide.Sell, (lots, type, price), also));

    public TapeScenario Run()
    {
        Prepare(new Player(_actions, _fills, _orders, _bars));
        Loop.Play(long.MaxValue).ShouldBeFalse();
        return this;
    }

    public void Prepare(Strategy strategy)
    {
        EngineOptions options = Terms.Options(Terms.Instrument, strategy);
        Venue = new BookFillSimulator(options.Instruments, 1, Terms.Fills, Fills);
        Engine = new TradingEngine(options, new EngineSurroundings(Venue, Terms.Journal));
        AccountReport deposit = new(new BotId(0), new Money(Terms.Balance, new Asset("USDT")), default);
        Engine.Process(in deposit);
        Venue.Deposit(deposit.Bot, deposit.Amount);
        Loop = new ReplayLoop(Engine, Venue, Tape, (Bars, FeedMilliseconds));
    }

    public TapeScenario Add(in MarketEvent marketEvent)
    {
        _tape.Add((marketEvent, null));
        return this;
    }

    private static void Send(BacktestScenario.Script script, OrderSide side, (long Lots, OrderType Type, long Price) order, Func<OrderIntent, OrderIntent>? also)
    {
        bool isLimit = order.Type == OrderType.Limit;
        script.Order(side, order.Lots, order.Type, isLimit ? order.Price : 0, isLimit ? 0 : order.Price, also);
    }

    private TapeScenario Change(int at, MarketEventKind kind, (bool IsAsk, long Price, long Lots) level, int? received, bool isLast) => Add(new MarketEvent
    {
        ExchangeTime = At(at),
        ReceivedTime = At(received ?? at),
        Price = new PriceTicks(level.Price),
        Size = new SizeLots(level.Lots),
        Instrument = default,
        Kind = kind,
        IsSell = level.IsAsk,
        LastInBatch = isLast,
    });

    /// <summary>Does what is due at each event.</summary>
    private sealed class Player(List<(int Millisecond, Action<BacktestScenario.Script> Action)> actions, List<Fill> fills, List<OrderEvent> orders, List<Bar> bars)
        : BacktestScenario.Script((_, _) => { }, fills, orders)
    {
        private int _done;

        protected override void OnTrade(in MarketEvent trade) => Act();

        protected override void OnBook(in BookTop top) => Act();

        protected override void OnBar(in Bar bar, in Harrier.Features.Ohlcv values) => bars.Add(bar);

        private void Act()
        {
            while (_done < actions.Count && At(actions[_done].Millisecond) <= Now)
            {
                actions[_done++].Action(this);
            }
        }
    }

    /// <summary>Events in memory, one a message.</summary>
    private sealed class ListTape(Instrument instrument, IReadOnlyList<(MarketEvent Event, FeedFault? Fault)> events) : MarketTape([instrument])
    {
        public override ITapeReader Open() => new Reader(events);

        private sealed class Reader(IReadOnlyList<(MarketEvent Event, FeedFault? Fault)> events) : ITapeReader
        {
            private int _next;

            public bool Read(ITapeSink sink)
            {
                if (_next == events.Count)
                {
                    return false;
                }

                (MarketEvent marketEvent, FeedFault? fault) = events[_next++];
                if (fault is { } broken)
                {
                    sink.Add(broken);
                }
                else
                {
                    sink.Add(in marketEvent);
                }

                return true;
            }

            public void Dispose()
            {
            }
        }
    }
}
