using System.Buffers;
using Harrier.Domain;
using Harrier.Research.Backtests;
using Harrier.Research.Checks;
using Harrier.Simulation.Books;
using Harrier.Tests.Support;

namespace Harrier.Tests.Research.Replays;

/// <summary>Whole replays of random tapes with orders of all kinds.</summary>
public sealed class ReplayLoopTests
{
    private const int Steps = 3000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Play_OrdersOfAllKinds_KeepsTheBooksEqual(int seed)
    {
        TapeScenario run = RandomTapes.Make(seed, Steps);
        RandomTapes.Trader trader = Play(run, seed);
        run.Loop.CloseOut();
        trader.Fills.Count.ShouldBeGreaterThan(100);
        trader.Fills.Select(fill => fill.IsMaker).Distinct().Count().ShouldBe(2);
        CheckResult books = BooksCheck.Run(run.Engine, run.Venue, RandomTapes.Perpetual.Balance);
        books.Passed.ShouldBeTrue(books.Detail);
    }

    [Fact]
    public void Play_Twice_GivesTheSameState()
    {
        TapeScenario first = RandomTapes.Make(7, Steps);
        TapeScenario second = RandomTapes.Make(7, Steps);
        Play(first, 7);
        Play(second, 7);
        second.Engine.StateHash().ShouldBe(first.Engine.StateHash());
        SaveVenue(second.Venue).ShouldBe(SaveVenue(first.Venue));
    }

    [Fact]
    public void Restore_OfAVenueInTheMiddle_WritesTheSameBytes()
    {
        TapeScenario run = RandomTapes.Make(9, Steps);
        run.Prepare(new RandomTapes.Trader(9));
        run.Loop.Play(1700);
        byte[] saved = SaveVenue(run.Venue);
        BookFillSimulator other = new(run.Engine.Options.Instruments, 1, RandomTapes.Perpetual.Fills, run.Fills);
        StateReader reader = new(saved);
        other.Restore(ref reader, run.Engine.Orders);
        reader.Remaining.ShouldBe(0);
        SaveVenue(other).ShouldBe(saved);
        run.Engine.Orders.Working.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Play_ByTheCarefulQueue_FillsNoMoreMakersThanByTheOthers()
    {
        // One resting order, so that later decisions cannot differ; many tapes.
        for (int seed = 0; seed < 40; seed++)
        {
            long careful = Resting(seed, new BackOfQueue());
            careful.ShouldBeLessThanOrEqualTo(Resting(seed, new PowerQueue(1)));
            careful.ShouldBeLessThanOrEqualTo(Resting(seed, new PowerQueue(3)));
            careful.ShouldBeLessThanOrEqualTo(Resting(seed, new LogQueue()));
        }
    }

    [Fact]
    public void Play_TakerInARisingMarket_PaysMoreTheLaterItArrives()
    {
        long before = 0;
        foreach (double latency in (double[])[0, 5, 15, 40])
        {
            ConstantLatency model = new(latency);
            TapeScenario run = new() { Terms = RandomTapes.Perpetual, Fills = new BookFillOptions { Entry = model, Response = model } };
            run.UsualBook(1);
            run.Trade(2, OrderSide.Buy, 100, 1).Buy(2, 5);
            for (int i = 0; i < 20; i++)
            {
                run.Ask(3 + (5 * i), 101 + i, 0).Ask(4 + (5 * i), 102 + i, 50);
            }

            long paid = run.Trade(200, OrderSide.Buy, 120, 1).Run().AllFills[0].Price.Value;
            paid.ShouldBeGreaterThan(before);
            before = paid;
        }
    }

    [Fact]
    public void Play_WithoutOrders_AllocatesNothing()
    {
        Allocation.Least(() =>
        {
            TapeScenario run = RandomTapes.Make(3, 2 * Steps);
            run.Prepare(new Idle());
            run.Loop.Play(Steps);
            return () => run.Loop.Play(Steps - 100);
        }).ShouldBe(0);
    }

    [Fact]
    public void Play_Bars_HoldTheTradesOfTheirExchangeTime()
    {
        // Bars of one second: the trade of 999 ms belongs to the first though it comes after 1000 ms.
        TapeScenario run = new() { Bars = new BarSpec(Timestamp.NanosPerSecond, BarKind.Time, BarSource.Aggregated) };
        run.Trade(500, OrderSide.Buy, 104, 2).Trade(999, OrderSide.Sell, 98, 3, received: 1050).Trade(1000, OrderSide.Buy, 101, 4, received: 1060)
            .Trade(2500, OrderSide.Buy, 102, 1).Run();
        run.AllBars.Select(bar => (bar.CloseTime, bar.Open.Value, bar.High.Value, bar.Low.Value, bar.Close.Value, bar.Volume)).ShouldBe(
        [
            (TapeScenario.At(1000), 100L, 104L, 98L, 98L, 6.0),
            (TapeScenario.At(2000), 101L, 101L, 101L, 101L, 4.0),
        ]);
    }

    private static RandomTapes.Trader Play(TapeScenario run, int seed)
    {
        RandomTapes.Trader trader = new(seed);
        run.Prepare(trader);
        run.Loop.Play(long.MaxValue).ShouldBeFalse();
        return trader;
    }

    private static long Resting(int seed, QueueModel queue)
    {
        TapeScenario run = RandomTapes.Make(seed, 300, TapeScenario.Instant with { Queue = queue });
        run.Buy(0, 100, Harrier.Domain.OrderType.Limit, 996);
        run.Run();
        return run.AllFills.Sum(fill => fill.Size.Value);
    }

    private static byte[] SaveVenue(BookFillSimulator venue)
    {
        ArrayBufferWriter<byte> buffer = new();
        StateWriter writer = new(buffer);
        venue.Save(ref writer);
        return buffer.WrittenSpan.ToArray();
    }

    private sealed class Idle : Harrier.Engine.Strategies.Strategy;
}
