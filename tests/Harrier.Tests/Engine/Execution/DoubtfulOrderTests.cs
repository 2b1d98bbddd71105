using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Portfolio;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Tests.Support;

namespace Harrier.Tests.Engine.Execution;

/// <summary>An order whose answer was lost, from the doubt to its end, as the engine lives through it.</summary>
public sealed class DoubtfulOrderTests
{
    private readonly EngineHarness _harness;
    private readonly List<(OrderSide Side, decimal Size, bool ReduceOnly)> _wanted = [];
    private readonly List<OrderEventKind> _told = [];
    private bool _cancels;
    private long _trades = 1000;

    public DoubtfulOrderTests()
        : this(InstrumentKind.LinearPerpetual)
    {
    }

    private DoubtfulOrderTests(InstrumentKind kind)
    {
        _harness = new EngineHarness(new Trader(this), new HarnessOptions { Kind = kind });
        _harness.Deposit(10_000);
        _harness.FeedCloses(100);
    }

    private TradingEngine Engine => _harness.Engine;

    private decimal Locked => Engine.Portfolio.Ledger.Balance(default, LedgerAccount.Locked, 0);

    [Fact]
    public void Unknown_KeepsTheRiskAndRefusesTheSameSideOnly()
    {
        Want(OrderSide.Buy, 1);
        decimal locked = Locked;
        locked.ShouldBeGreaterThan(0);
        Report(0, ExecutionKind.OutcomeUnknown);
        Engine.Orders.Working.ShouldHaveSingleItem().State.ShouldBe(OrderState.Unknown);
        Locked.ShouldBe(locked);
        _told.ShouldBe([OrderEventKind.OutcomeUnknown]);

        Want(OrderSide.Buy, 1);
        Engine.Denials[DenyRule.OutcomeUnknown].ShouldBe(1);
        Want(OrderSide.Sell, 1);
        _harness.Venue.Submitted.Count.ShouldBe(2);
    }

    [Fact]
    public void Escalated_RefusesBothSidesButNoExit_UntilTheOperatorHasLooked()
    {
        Want(OrderSide.Buy, 1);
        _harness.Fill(0, 100);
        Want(OrderSide.Buy, 1);
        Report(1, ExecutionKind.OutcomeUnknown);
        Report(1, ExecutionKind.Escalated);
        Want(OrderSide.Buy, 1);
        Want(OrderSide.Sell, 5);
        Engine.Denials[DenyRule.OutcomeEscalated].ShouldBe(2);
        _harness.Venue.Submitted.Count.ShouldBe(2);
        Want(OrderSide.Sell, 1, reduceOnly: true);
        Want(OrderSide.Sell, 1);
        _harness.Venue.Submitted.Count.ShouldBe(4, "an exit is never blocked");

        Engine.Process(new OperatorCommand(OperatorAction.Resume, default, default, Engine.Time.Now));
        Engine.Orders.Find(_harness.Venue.Submitted[1].Id)!.State.ShouldBe(OrderState.Unknown);
        Want(OrderSide.Buy, 1);
        Engine.Denials[DenyRule.OutcomeUnknown].ShouldBe(1, "the doubt itself stays");
    }

    [Theory]
    [InlineData(ExecutionKind.Accepted, OrderState.Accepted)]
    [InlineData(ExecutionKind.Rejected, OrderState.Rejected)]
    [InlineData(ExecutionKind.Canceled, OrderState.Canceled)]
    public void Doubt_EndsWithWhatTheVenueShows_AndEntriesGoOn(ExecutionKind shown, OrderState state)
    {
        Want(OrderSide.Buy, 1);
        Order order = Engine.Orders.Working.ShouldHaveSingleItem();
        Report(0, ExecutionKind.OutcomeUnknown);
        Report(0, ExecutionKind.Escalated);
        Report(0, shown);
        order.State.ShouldBe(state);
        (Locked == 0).ShouldBe(state != OrderState.Accepted);
        Want(OrderSide.Buy, 1);
        _harness.Venue.Submitted.Count.ShouldBe(2);
    }

    [Fact]
    public void Doubt_EndsWithAFill_AndLaterDoubtsAreOld()
    {
        Want(OrderSide.Buy, 1);
        Report(0, ExecutionKind.OutcomeUnknown);
        Fill(0, 0.4m, 100);
        Order order = Engine.Orders.Working.ShouldHaveSingleItem();
        order.State.ShouldBe(OrderState.PartiallyFilled);
        Report(0, ExecutionKind.Escalated);
        Report(0, ExecutionKind.OutcomeUnknown);
        order.State.ShouldBe(OrderState.PartiallyFilled);
        Engine.Risk.Doubts.On(_harness.Instrument.Id, OrderSide.Buy).ShouldBe(0);
    }

    [Fact]
    public void Cancel_OfADoubtfulOrder_LeavesTheDoubtAndIsSentOnce()
    {
        Want(OrderSide.Buy, 1);
        Report(0, ExecutionKind.OutcomeUnknown);
        _cancels = true;
        _harness.FeedCloses(100, 100, 100);
        _harness.Venue.Canceled.Count.ShouldBe(1);
        Engine.Orders.Working.ShouldHaveSingleItem().State.ShouldBe(OrderState.Unknown);
        Want(OrderSide.Buy, 1);
        Engine.Denials[DenyRule.OutcomeUnknown].ShouldBe(1);
    }

    [Fact]
    public void Snapshot_OfADoubt_RestoresTheRefusal()
    {
        Want(OrderSide.Buy, 1);
        Report(0, ExecutionKind.OutcomeUnknown);
        Report(0, ExecutionKind.Escalated);
        byte[] state = Engine.Save();
        DoubtfulOrderTests second = new();
        EngineHarness fresh = new(new Trader(second), new HarnessOptions { Kind = InstrumentKind.LinearPerpetual });
        fresh.Engine.Restore(state);
        fresh.Engine.Risk.Doubts.EscalatedOn(_harness.Instrument.Id).ShouldBe(1);
        fresh.Engine.StateHash().ShouldBe(Engine.StateHash());
    }

    [Theory]
    [InlineData(InstrumentKind.Spot)]
    [InlineData(InstrumentKind.LinearPerpetual)]
    public void Corrected_LeavesTheBooksOfTheRealExecution(InstrumentKind kind)
    {
        TradingEngine inferred = Play(kind, engineOf =>
        {
            engineOf.Fill(0, 1, 100);
            engineOf.Correct(0, 0.4m, (100, 98), 0.1m);
            engineOf.Correct(0, 0.6m, (100, 103), 0.2m);
        });
        TradingEngine real = Play(kind, engineOf =>
        {
            engineOf.Fill(0, 0.4m, 98, 0.1m);
            engineOf.Fill(0, 0.6m, 103, 0.2m);
        });
        Position position = inferred.Portfolio.Position(default, new InstrumentId(0));
        (position.Size, position.Basis).ShouldBe((real.Portfolio.Position(default, new InstrumentId(0)).Size, 101m));
        inferred.Portfolio.Ledger.Owned(default, 0).ShouldBe(real.Portfolio.Ledger.Owned(default, 0));
        inferred.Portfolio.TradedNotional.ShouldBe(real.Portfolio.TradedNotional);
        inferred.Portfolio.Ledger.Sum(0).ShouldBe(0);
    }

    [Fact]
    public void Adjusted_BooksAPositionWithoutAnOrder_OnceById()
    {
        ExecutionReport report = new()
        {
            Kind = ExecutionKind.Adjusted,
            Order = default,
            Instrument = _harness.Instrument.Id,
            Side = OrderSide.Sell,
            TradeId = VenueTradeId.Derive("position BTCUSDT 0 -2"),
            Price = _harness.Instrument.RoundToTicks(100),
            Size = new SizeLots(200_000_000),
            FeeAsset = EngineHarness.Quote,
            Time = Engine.Time.Now,
            ReceivedTime = Engine.Time.Now,
        };
        Engine.Process(in report);
        Engine.Process(in report);
        Engine.Portfolio.Position(default, _harness.Instrument.Id).Size.Value.ShouldBe(-200_000_000);
    }

    private static TradingEngine Play(InstrumentKind kind, Action<DoubtfulOrderTests> reports)
    {
        DoubtfulOrderTests scene = new(kind);
        scene.Want(OrderSide.Buy, 1);
        reports(scene);
        return scene.Engine;
    }

    private void Want(OrderSide side, decimal size, bool reduceOnly = false)
    {
        _wanted.Add((side, size, reduceOnly));
        _harness.FeedCloses(100);
    }

    private void Report(int submitted, ExecutionKind kind) => Engine.Process(new ExecutionReport
    {
        Kind = kind,
        Order = _harness.Venue.Submitted[submitted].Id,
        Time = Engine.Time.Now,
        ReceivedTime = Engine.Time.Now,
    });

    private void Fill(int submitted, decimal size, double price, decimal fee = 0) => Engine.Process(Execution(ExecutionKind.Filled, submitted, (size, price, fee)));

    private void Correct(int submitted, decimal size, (double Booked, double Real) price, decimal fee) =>
        Engine.Process(Execution(ExecutionKind.Corrected, submitted, (size, price.Real, fee)) with { ReplacedPrice = _harness.Instrument.RoundToTicks(price.Booked) });

    private ExecutionReport Execution(ExecutionKind kind, int submitted, (decimal Size, double Price, decimal Fee) fill) => new()
    {
        Kind = kind,
        Order = _harness.Venue.Submitted[submitted].Id,
        Instrument = _harness.Instrument.Id,
        TradeId = ++_trades,
        Price = _harness.Instrument.RoundToTicks(fill.Price),
        Size = _harness.Instrument.ToLots(fill.Size),
        Fee = fill.Fee,
        FeeAsset = EngineHarness.Quote,
        Time = Engine.Time.Now,
        ReceivedTime = Engine.Time.Now,
    };

    private sealed class Trader(DoubtfulOrderTests scene) : Strategy
    {
        protected override void OnBar(in Bar bar, in Ohlcv values)
        {
            foreach ((OrderSide side, decimal size, bool reduceOnly) in scene._wanted)
            {
                Send(new OrderIntent
                {
                    Instrument = bar.Instrument,
                    Side = side,
                    Type = OrderType.Market,
                    Size = scene._harness.Instrument.ToLots(size),
                    ReduceOnly = reduceOnly,
                });
            }

            scene._wanted.Clear();
            if (scene._cancels)
            {
                CancelAll();
            }
        }

        protected override void OnOrder(in OrderEvent orderEvent)
        {
            if (orderEvent.Kind != OrderEventKind.Denied)
            {
                scene._told.Add(orderEvent.Kind);
            }
        }
    }
}
