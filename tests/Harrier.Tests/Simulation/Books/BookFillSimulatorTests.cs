using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Simulation.Books;
using Harrier.Tests.Support;

namespace Harrier.Tests.Simulation.Books;

/// <summary>Orders of each type against a book of four levels: 10 bid at 99, 20 at 98; 5 asked at 101, 7 at 102.</summary>
public sealed class BookFillSimulatorTests
{
    [Fact]
    public void Market_LargerThanTheBestLevel_WalksTheBook()
    {
        TapeScenario run = new TapeScenario().UsualBook().Buy(1, 8).Trade(2, OrderSide.Buy, 100, 1).Run();
        run.Traded.ShouldBe([(101, 5), (102, 3)]);
        run.AllFills.ShouldAllBe(fill => !fill.IsMaker);
    }

    [Fact]
    public void Market_LargerThanTheBook_ExpiresWithItsRest()
    {
        TapeScenario run = new TapeScenario().UsualBook().Buy(1, 20).Trade(2, OrderSide.Buy, 100, 1).Run();
        run.Traded.ShouldBe([(101, 5), (102, 7)]);
        run.OrderEvents[^1].Kind.ShouldBe(OrderEventKind.Expired);
    }

    [Fact]
    public void Market_AfterOurOwnFill_FindsTheLevelEmptyUntilTheVenueSpeaksOfIt()
    {
        TapeScenario run = new TapeScenario().UsualBook()
            .Buy(1, 5)
            .Trade(2, OrderSide.Buy, 100, 1).Buy(2, 3)
            .Ask(3, 101, 4).Buy(3, 2)
            .Trade(4, OrderSide.Buy, 100, 1).Run();
        run.Traded.ShouldBe([(101, 5), (102, 3), (101, 2)]);
    }

    [Fact]
    public void Limit_ThatCrosses_TakesUpToItsPriceAndRestsInFront()
    {
        // Nobody else bids 101: the first seller there meets us.
        TapeScenario run = new TapeScenario().UsualBook().Buy(1, 8, OrderType.Limit, 101).Ask(2, 101, 0).Trade(3, OrderSide.Sell, 101, 2).Run();
        run.Traded.ShouldBe([(101, 5), (101, 2)]);
        run.AllFills[1].IsMaker.ShouldBeTrue();
    }

    [Fact]
    public void Limit_ThatRests_WaitsUntilTheQueueAheadHasTraded()
    {
        // Ten lots stand ahead: of the second six, two are ours; then the last three.
        TapeScenario run = new TapeScenario().UsualBook().Buy(1, 5, OrderType.Limit, 99)
            .Trade(2, OrderSide.Sell, 99, 6).Trade(3, OrderSide.Sell, 99, 6).Trade(4, OrderSide.Sell, 99, 10).Run();
        run.Traded.ShouldBe([(99, 2), (99, 3)]);
        run.AllFills.ShouldAllBe(fill => fill.IsMaker);
        run.AllFills.Select(fill => fill.Time).ShouldBe([TapeScenario.At(3), TapeScenario.At(4)]);
    }

    [Fact]
    public void Limit_BehindATradeThatTheBookRepeats_CountsItOnce()
    {
        // Four of ten ahead trade, then the book tells 6: these four are no cancellation. One of the next seven is ours.
        TapeScenario run = new TapeScenario { Fills = TapeScenario.Instant with { Queue = new PowerQueue(1) } }
            .UsualBook().Buy(1, 5, OrderType.Limit, 99)
            .Trade(2, OrderSide.Sell, 99, 4).Bid(3, 99, 6).Trade(4, OrderSide.Sell, 99, 7).Run();
        run.Traded.ShouldBe([(99, 1)]);
    }

    [Fact]
    public void Limit_BehindALevelThatShrinks_HasNoMoreAheadThanTheLevel()
    {
        TapeScenario run = new TapeScenario().UsualBook().Buy(1, 5, OrderType.Limit, 99).Bid(2, 99, 3).Trade(3, OrderSide.Sell, 99, 4).Run();
        run.Traded.ShouldBe([(99, 1)]);
    }

    [Fact]
    public void Limit_TradedThrough_FillsAtItsLimitUpToTheTrade()
    {
        TapeScenario run = new TapeScenario().UsualBook().Buy(1, 5, OrderType.Limit, 99).Trade(2, OrderSide.Sell, 98, 3).Run();
        run.Traded.ShouldBe([(99, 3)]);
    }

    [Fact]
    public void Limit_BuyersTrade_DoesNotFillABuy()
    {
        TapeScenario run = new TapeScenario().UsualBook().Buy(1, 5, OrderType.Limit, 99).Trade(2, OrderSide.Buy, 99, 50).Run();
        run.Traded.ShouldBeEmpty();
    }

    [Fact]
    public void Limit_InsideTheSpread_IsTheFirstToTrade()
    {
        TapeScenario run = new TapeScenario().UsualBook().Buy(1, 5, OrderType.Limit, 100).Trade(2, OrderSide.Sell, 99, 2).Run();
        run.Traded.ShouldBe([(100, 2)]);
    }

    [Fact]
    public void Limit_MetByAnAskOfTheBook_TradesWithItAsMaker()
    {
        TapeScenario run = new TapeScenario().UsualBook().Buy(1, 5, OrderType.Limit, 100).Ask(2, 100, 4).Run();
        run.Traded.ShouldBe([(100, 4)]);
        run.AllFills[0].IsMaker.ShouldBeTrue();
    }

    [Fact]
    public void Limit_TwoOrdersAtOnePrice_ShareWhatTrades()
    {
        // Ten ahead of both; of twelve sold two are ours, and they go to the older order.
        TapeScenario run = new TapeScenario().UsualBook()
            .Buy(1, 5, OrderType.Limit, 99).Buy(1, 5, OrderType.Limit, 99)
            .Trade(2, OrderSide.Sell, 99, 12).Trade(3, OrderSide.Sell, 99, 4).Run();
        run.Traded.ShouldBe([(99, 2), (99, 3), (99, 1)]);
        run.AllFills.Select(fill => fill.Order.Sequence).ShouldBe([1, 1, 2]);
    }

    [Theory]
    [InlineData("back", 61, 1)]
    [InlineData("uniform", 50, 2)]
    [InlineData("cubic", 50, 5)]
    [InlineData("log", 50, 0)]
    [InlineData("log", 51, 1)]
    public void Limit_BehindCancellations_FollowsTheQueueModel(string model, long sold, long expected)
    {
        // 60 ahead when it comes to rest, 40 behind later, then 20 go without a trade: fronts of 60, 48, 44.57 and 49.49 lots.
        TapeScenario run = new TapeScenario { Fills = TapeScenario.Instant with { Queue = Queue(model) } }
            .Snapshot(1, [(99, 60)], [(101, 5)]).Buy(1, 100, OrderType.Limit, 99)
            .Bid(2, 99, 100).Bid(3, 99, 80).Trade(4, OrderSide.Sell, 99, sold).Run();
        run.Traded.Sum(fill => fill.Lots).ShouldBe(expected);
    }

    [Fact]
    public void PostOnly_ThatWouldTake_IsRejected()
    {
        TapeScenario run = new TapeScenario().UsualBook()
            .Buy(1, 5, OrderType.Limit, 101, also: intent => Copy(intent, isPostOnly: true)).Trade(2, OrderSide.Sell, 100, 1).Run();
        run.Traded.ShouldBeEmpty();
        run.OrderEvents[^1].Rejected.ShouldBe(RejectReason.PostOnlyWouldTake);
    }

    [Theory]
    [InlineData(TimeInForce.ImmediateOrCancel, 8, 101, 5)]
    [InlineData(TimeInForce.FillOrKill, 8, 101, 0)]
    [InlineData(TimeInForce.FillOrKill, 12, 102, 12)]
    [InlineData(TimeInForce.ImmediateOrCancel, 8, 100, 0)]
    public void Limit_OfOneInstant_FillsWhatItMayAndEnds(TimeInForce time, long lots, long limit, long filled)
    {
        TapeScenario run = new TapeScenario().UsualBook()
            .Buy(1, lots, OrderType.Limit, limit, also: intent => Copy(intent, time)).Trade(2, OrderSide.Sell, 98, 50).Run();
        run.Traded.Sum(fill => fill.Lots).ShouldBe(filled);
        run.Engine.Orders.Working.ShouldBeEmpty();
    }

    [Fact]
    public void Stop_WokenByATrade_TakesTheBookOfThatInstant()
    {
        TapeScenario run = new TapeScenario().UsualBook().Buy(1, 5)
            .Trade(2, OrderSide.Buy, 101, 1).Sell(2, 5, OrderType.Stop, 98)
            .Trade(3, OrderSide.Sell, 99, 1)
            .Bid(4, 99, 3).Trade(5, OrderSide.Sell, 98, 1).Run();
        run.Traded.ShouldBe([(101, 5), (99, 3), (98, 2)]);
        run.AllFills[^1].Time.ShouldBe(TapeScenario.At(5));
    }

    [Fact]
    public void TakeProfit_WokenByATrade_TakesTheBookOfThatInstant()
    {
        TapeScenario run = new TapeScenario().UsualBook().Buy(1, 5)
            .Trade(2, OrderSide.Buy, 101, 1).Sell(2, 5, OrderType.TakeProfit, 104)
            .Bid(3, 103, 9).Trade(4, OrderSide.Buy, 103, 1).Trade(5, OrderSide.Buy, 104, 1).Run();
        run.Traded.ShouldBe([(101, 5), (103, 5)]);
        run.AllFills[^1].Time.ShouldBe(TapeScenario.At(5));
    }

    [Fact]
    public void TrailingStop_FollowsTheBestTradeAndNeverGoesBack()
    {
        // Best 105: wakes at 102, not at 103.
        TapeScenario run = new TapeScenario().UsualBook().Buy(1, 5)
            .Trade(2, OrderSide.Buy, 101, 1).Sell(2, 5, OrderType.TrailingStop, also: intent => Copy(intent, trailing: 3))
            .Trade(3, OrderSide.Buy, 105, 1).Trade(4, OrderSide.Sell, 103, 1).Trade(5, OrderSide.Sell, 102, 1).Run();
        run.Traded.ShouldBe([(101, 5), (99, 5)]);
        run.AllFills[^1].Time.ShouldBe(TapeScenario.At(5));
    }

    [Fact]
    public void StopLimit_Woken_RestsAtItsLimit()
    {
        TapeScenario run = new TapeScenario().UsualBook()
            .Do(1, script => script.Order(OrderSide.Buy, 5, OrderType.StopLimit, 99, 101)).Trade(2, OrderSide.Buy, 101, 1).Trade(3, OrderSide.Sell, 98, 2).Run();
        run.Traded.ShouldBe([(99, 2)]);
        run.AllFills[0].IsMaker.ShouldBeTrue();
    }

    [Fact]
    public void ReduceOnly_WhenAnotherOrderHasClosedThePosition_EndsUnfilled()
    {
        TapeScenario run = new TapeScenario().UsualBook().Buy(1, 3)
            .Trade(2, OrderSide.Buy, 101, 1)
            .Sell(2, 3, also: intent => Copy(intent, isReduceOnly: true)).Sell(2, 3, also: intent => Copy(intent, isReduceOnly: true))
            .Trade(3, OrderSide.Buy, 101, 1).Run();
        run.Traded.ShouldBe([(101, 3), (99, 3)]);
        run.OrderEvents[^1].Kind.ShouldBe(OrderEventKind.Expired);
        run.Venue.Position(default, default).IsZero.ShouldBeTrue();
    }

    [Fact]
    public void Order_WhileTheBookIsInDoubt_WaitsForTheNextSnapshot()
    {
        TapeScenario run = new TapeScenario().UsualBook().Fault(2).Trade(3, OrderSide.Buy, 100, 1).Buy(3, 2)
            .Trade(4, OrderSide.Buy, 100, 50).Snapshot(5, [(90, 1)], [(110, 9)]).Trade(6, OrderSide.Buy, 100, 1).Run();
        run.Traded.ShouldBe([(110, 2)]);
        run.AllFills[0].Time.ShouldBe(TapeScenario.At(5));
    }

    [Fact]
    public void Order_RestingWhileTheBookIsInDoubt_DoesNotTrade()
    {
        TapeScenario run = new TapeScenario().UsualBook().Buy(1, 5, OrderType.Limit, 99).Fault(2).Trade(3, OrderSide.Sell, 90, 50).Run();
        run.Traded.ShouldBeEmpty();
        run.Engine.Orders.Working.Count.ShouldBe(1);
    }

    private static QueueModel Queue(string name) => name switch
    {
        "back" => new BackOfQueue(),
        "uniform" => new PowerQueue(1),
        "cubic" => new PowerQueue(3),
        _ => new LogQueue(),
    };

    private static OrderIntent Copy(in OrderIntent intent, TimeInForce time = default, bool isPostOnly = false, bool isReduceOnly = false, long trailing = 0)
    {
        OrderIntent copy = intent;
        return copy with { TimeInForce = time, PostOnly = isPostOnly, ReduceOnly = isReduceOnly, TrailingDistance = trailing };
    }
}
