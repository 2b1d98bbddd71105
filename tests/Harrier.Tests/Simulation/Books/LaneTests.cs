using Harrier.Domain;
using Harrier.Simulation.Books;
using Harrier.Tests.Support;

namespace Harrier.Tests.Simulation.Books;

/// <summary>The four lanes of latency: what reached whom when. Times in milliseconds.</summary>
public sealed class LaneTests
{
    private static readonly BookFillOptions Slow = new() { Entry = new ConstantLatency(10), Response = new ConstantLatency(20) };

    [Fact]
    public void Order_OnItsWay_MeetsTheBookOfItsArrival()
    {
        // Decided at 100, at the venue at 110; at 105 the five lots at 101 are gone.
        TapeScenario run = new TapeScenario { Fills = Slow }.UsualBook()
            .Trade(100, OrderSide.Buy, 100, 1).Buy(100, 2).Ask(105, 101, 0).Trade(200, OrderSide.Buy, 100, 1).Run();
        run.Traded.ShouldBe([(102, 2)]);
        run.AllFills[0].Time.ShouldBe(TapeScenario.At(110));
    }

    [Fact]
    public void Report_OnItsWay_ReachesUsAfterTheResponseLatency()
    {
        Timestamp? heard = null;
        TapeScenario run = new TapeScenario { Fills = Slow }.UsualBook()
            .Trade(100, OrderSide.Buy, 100, 1)
            .Do(100, script =>
            {
                script.WhenFilled = (self, _) => heard = self.Clock;
                script.Order(OrderSide.Buy, 2);
            })
            .Trade(129, OrderSide.Buy, 100, 1).Trade(200, OrderSide.Buy, 100, 1).Run();
        run.AllFills.Count.ShouldBe(1);
        heard.ShouldBe(TapeScenario.At(130));
    }

    [Fact]
    public void Market_SeenLate_IsTradedOnAfterItHasMovedOn()
    {
        // What happened at 100 is seen at 150, the order is there at 160: the ask that left at 155 is not met, though we saw it leave at 250 only.
        TapeScenario run = new TapeScenario { Fills = Slow }.UsualBook()
            .Trade(100, OrderSide.Buy, 100, 1, received: 150).Buy(150, 2).Ask(155, 101, 0, received: 250).Trade(300, OrderSide.Buy, 100, 1).Run();
        run.Traded.ShouldBe([(102, 2)]);
        run.AllFills[0].Time.ShouldBe(TapeScenario.At(160));
    }

    [Fact]
    public void Feed_WithItsOwnLatency_ReplacesTheRecordedOne()
    {
        TapeScenario run = new TapeScenario { Fills = Slow, FeedMilliseconds = 5 }.UsualBook()
            .Trade(100, OrderSide.Buy, 100, 1, received: 150).Buy(100, 2).Trade(300, OrderSide.Buy, 100, 1).Run();
        run.AllFills[0].Time.ShouldBe(TapeScenario.At(115));
    }

    [Fact]
    public void Market_ReceivedBeforeItHappened_HappensWhenReceived()
    {
        TapeScenario run = new TapeScenario().UsualBook().Trade(100, OrderSide.Buy, 100, 1, received: 90).Buy(90, 2).Trade(200, OrderSide.Buy, 100, 1).Run();
        run.AllFills[0].Time.ShouldBe(TapeScenario.At(90));
    }

    [Fact]
    public void Cancel_OnItsWay_ComesTooLateForATradeBeforeIt()
    {
        ClientOrderId? order = null;
        TapeScenario run = new TapeScenario { Fills = Slow }.UsualBook()
            .Trade(100, OrderSide.Buy, 100, 1).Do(100, script => order = script.Order(OrderSide.Buy, 5, OrderType.Limit, 100))
            .Trade(150, OrderSide.Buy, 101, 1).Do(150, script => script.Drop(order!.Value))
            .Trade(155, OrderSide.Sell, 100, 3).Trade(165, OrderSide.Sell, 100, 1).Trade(200, OrderSide.Buy, 101, 1).Run();
        run.Traded.ShouldBe([(100, 3)]);
        run.Engine.Orders.Working.ShouldBeEmpty();
    }

    [Fact]
    public void Latency_AsRecorded_IsThatOfTheNewestMarketMessage()
    {
        RecordedLatency recorded = new(1);
        TapeScenario run = new TapeScenario { Fills = new BookFillOptions { Entry = recorded, Response = recorded } }.UsualBook()
            .Trade(100, OrderSide.Buy, 100, 1, received: 130).Buy(130, 2).Trade(300, OrderSide.Buy, 100, 1).Run();
        run.AllFills[0].Time.ShouldBe(TapeScenario.At(160));
    }

    [Fact]
    public void Latency_OfADistribution_HasItsMedianAndIsSeeded()
    {
        LogNormalLatency model = new(20);
        LatencyState state = new(7);
        long[] sample = [.. Enumerable.Range(0, 20_001).Select(_ => model.Sample(state))];
        LatencyState again = new(7);
        sample.Take(100).ShouldBe(Enumerable.Range(0, 100).Select(_ => model.Sample(again)));
        Array.Sort(sample);

        // The median of n values has a standard deviation of about 1.25 sigma / sqrt(n) = 0.45 %; a share of 1 in 44 lies above e times the median.
        (sample[10_000] / 1e6).ShouldBe(20, 0.4);
        (sample.Count(nanos => nanos > 20e6 * Math.E) / 20_001.0).ShouldBe(0.02275, 0.005);
    }

    [Fact]
    public void Lane_NothingOvertakes()
    {
        Lane<int> lane = new();
        lane.Send(50, 1);
        lane.Send(20, 2);
        lane.NextArrival.ShouldBe(50);
        lane.Take().ShouldBe(1);
        lane.NextArrival.ShouldBe(50);
        lane.Take().ShouldBe(2);
        lane.NextArrival.ShouldBe(long.MaxValue);
    }
}
