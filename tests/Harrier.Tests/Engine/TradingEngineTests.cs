using System.Buffers;
using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Portfolio;
using Harrier.Simulation.Fills;
using Harrier.Tests.Support;

namespace Harrier.Tests.Engine;

/// <summary>Whole runs: determinism, restart, books.</summary>
public sealed class TradingEngineTests
{
    public static TheoryData<InstrumentKind, int> Runs()
    {
        TheoryData<InstrumentKind, int> data = [];
        for (int seed = 1; seed <= 12; seed++)
        {
            data.Add(InstrumentKind.Spot, seed);
            data.Add(InstrumentKind.LinearPerpetual, seed);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Run_Twice_GivesTheSameStateHash(InstrumentKind kind, int seed)
    {
        string first = Play(Scenario(kind), seed).Engine.StateHash();
        string second = Play(Scenario(kind), seed).Engine.StateHash();
        second.ShouldBe(first);
        Play(Scenario(kind), seed + 100).Engine.StateHash().ShouldNotBe(first);
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Restore_AtAnyBar_ContinuesBitEqual(InstrumentKind kind, int seed)
    {
        BacktestScenario whole = Play(Scenario(kind), seed);

        BacktestScenario first = Scenario(kind);
        first.Prepare(RandomBars.Walk(seed, 400), new RandomTrader(seed));
        first.Loop.Play(37 + (seed * 29));
        byte[] engine = first.Engine.Save();
        ArrayBufferWriter<byte> venue = new();
        StateWriter writer = new(venue);
        first.Venue.Save(ref writer);

        BacktestScenario second = Scenario(kind);
        second.Prepare(RandomBars.Walk(seed, 400), new RandomTrader(seed));
        second.Engine.Restore(engine);
        StateReader reader = new(venue.WrittenSpan);
        second.Venue.Restore(ref reader, second.Engine.Orders);
        second.Loop.ResumeAfter(first.Loop.LastClose);
        second.Loop.Play(long.MaxValue);

        reader.Remaining.ShouldBe(0);
        second.Engine.StateHash().ShouldBe(whole.Engine.StateHash());
        second.Engine.DecisionHash.ShouldBe(whole.Engine.DecisionHash);
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Books_AfterAnyRun_BalanceToTheLastDecimal(InstrumentKind kind, int seed)
    {
        BacktestScenario run = Play(Scenario(kind), seed);
        run.Loop.CloseOut();
        BotId bot = new(0);

        run.Trips.Count.ShouldBeGreaterThan(3);
        (run.Balance + run.Trips.Sum(trip => trip.Pnl)).ShouldBe(run.Engine.Portfolio.Equity(bot));
        foreach (Asset asset in (ReadOnlySpan<Asset>)[new Asset("USDT"), new Asset("BTC")])
        {
            int index = asset.Code == "USDT" ? 0 : 1;
            run.Engine.Portfolio.Ledger.Sum(index).ShouldBe(0m);
            run.Engine.Portfolio.Ledger.Owned(bot, index).ShouldBe(run.Venue.Balance(bot, asset));
            run.Engine.Portfolio.Ledger.Balance(bot, LedgerAccount.Locked, index).ShouldBe(0m);
            run.Engine.Portfolio.Ledger.Balance(bot, LedgerAccount.Free, index).ShouldBeGreaterThanOrEqualTo(0m);
        }

        run.Engine.Portfolio.Position(bot, new InstrumentId(0)).IsFlat.ShouldBeTrue();
    }

    [Fact]
    public void Restore_OfDamagedState_IsRefused()
    {
        BacktestScenario run = Play(Scenario(InstrumentKind.Spot), 3);
        byte[] state = run.Engine.Save();

        BacktestScenario fresh = Scenario(InstrumentKind.Spot);
        fresh.Prepare(RandomBars.Walk(3, 10), new RandomTrader(3));
        Should.Throw<InvalidDataException>(() => fresh.Engine.Restore(state.AsSpan(0, state.Length - 5))).Message.ShouldContain("cut short");
        Should.Throw<InvalidDataException>(() => fresh.Engine.Restore("not a state"u8));
        state[4] = 99;
        Should.Throw<InvalidDataException>(() => fresh.Engine.Restore(state)).Message.ShouldContain("version 99");
    }

    [Fact]
    public void Bars_WithoutOrders_AllocateNothing()
    {
        long bytes = Allocation.Least(() =>
        {
            BacktestScenario run = new();
            run.Prepare(RandomBars.Walk(1, 3000), new BacktestScenario.Script((_, _) => { }));
            run.Loop.Play(1000);
            return () => run.Loop.Play(1500);
        });
        bytes.ShouldBe(0);
    }

    [Fact]
    public void FillReportedTwice_CountsOnce()
    {
        BacktestScenario run = new();
        ClientOrderId id = default;
        run.Prepare([(100, 100, 100, 100, 9), (100, 100, 100, 100, 9)], new BacktestScenario.Script((s, i) => { if (i == 0) { id = s.Order(OrderSide.Buy, 10, OrderType.Limit, 90)!.Value; } }));
        run.Loop.Play(1);
        ExecutionReport four = Report(id, 1, 90, 4);
        run.Engine.Process(in four);
        run.Engine.Process(in four);
        ExecutionReport six = Report(id, 2, 80, 6);
        run.Engine.Process(in six);

        Position position = run.Engine.Portfolio.Position(new BotId(0), new InstrumentId(0));
        position.Size.Value.ShouldBe(10);
        position.AveragePrice(run.Instrument).ShouldBe(84m);
        run.Engine.Orders.Unmatched.ShouldBe(1);
        run.Engine.Orders.Working.ShouldBeEmpty();
    }

    private static ExecutionReport Report(ClientOrderId id, long trade, long price, long size) => new()
    {
        Kind = ExecutionKind.Filled,
        Order = id,
        TradeId = trade,
        Price = new PriceTicks(price),
        Size = new SizeLots(size),
        FeeAsset = new Asset("USDT"),
        Time = new Timestamp(BacktestScenario.MinuteNanos),
        ReceivedTime = new Timestamp(BacktestScenario.MinuteNanos),
    };

    private static BacktestScenario Scenario(InstrumentKind kind) => new()
    {
        Kind = kind,
        Tick = 1m,
        Lot = 0.01m,
        Balance = 5_000m,
        Fills = new FillOptions { MaxVolumeShare = 0.05, Leverage = kind == InstrumentKind.Spot ? 1 : 5, Slippage = new SquareRootSlippage() },
        Protection = new() { StopLoss = 0.02m, TakeProfit = 0.03m, TrailingStop = 0.015m, TimeStop = TimeSpan.FromMinutes(45) },
    };

    private static BacktestScenario Play(BacktestScenario scenario, int seed)
    {
        scenario.Prepare(RandomBars.Walk(seed, 400), new RandomTrader(seed));
        scenario.Loop.Play(long.MaxValue);
        return scenario;
    }
}
