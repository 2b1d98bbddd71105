using Harrier.Domain;
using Harrier.Simulation.Books;
using Harrier.Simulation.Fills;
using Harrier.Tests.Support;

namespace Harrier.Tests.Simulation.Books;

/// <summary>Money at a venue whose trades and book are recorded: fees, funding, margin; and fills on trades alone.</summary>
public sealed class BookAccountTests
{
    private static readonly BookFillOptions Ticks = TapeScenario.Instant with { HasBook = false };

    [Fact]
    public void Fees_OfTakerAndMaker_AreThoseOfEachFill()
    {
        // 5 x 101 taken at 10 bps, 2 x 101 made at 2 bps.
        TapeScenario run = new TapeScenario { Terms = Perp(FeesOf(0.0002m, 0.001m)) }
            .UsualBook().Buy(1, 7, OrderType.Limit, 101).Ask(2, 101, 0).Trade(3, OrderSide.Sell, 101, 2).Run();
        run.AllFills.Select(fill => fill.Fee).ShouldBe([0.505m, 0.0404m]);
        run.Venue.Balance(default, new Asset("USDT")).ShouldBe(100_000m - 0.5454m);
    }

    [Fact]
    public void Funding_OfALongPosition_IsPaidAtTheMark()
    {
        // 5 lots, 0.01 % of 5 x 110.
        TapeScenario run = new TapeScenario().UsualBook().Buy(1, 5).Funding(2, 110, 0.0001).Trade(3, OrderSide.Buy, 100, 1).Run();
        run.Venue.Balance(default, new Asset("USDT")).ShouldBe(100_000m - 0.055m);
        run.Engine.Portfolio.Ledger.Owned(default, run.Engine.Options.Instruments.Count == 1 ? 0 : -1).ShouldBe(100_000m - 0.055m);
    }

    [Fact]
    public void Order_BeyondTheMargin_IsRejected()
    {
        TapeScenario run = new TapeScenario { Terms = new BacktestScenario { Kind = InstrumentKind.LinearPerpetual, Balance = 404 } }
            .Snapshot(1, [(99, 10)], [(101, 4), (200, 10)]).Buy(1, 5, OrderType.Limit, 200).Trade(2, OrderSide.Buy, 100, 1).Run();

        // Four lots at 101 take all of 404; the fifth at 200 finds nothing left.
        run.Traded.Sum(fill => fill.Lots).ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public void Liquidation_ByTheMarkPrice_TakesTheWholeMargin()
    {
        // 10 x 100 = 1000 on 100 of margin: empty at 90, liquidated above it; without marks the trade at 50 would do the same.
        FillOptions leverage = BacktestScenario.Free with { Leverage = 10 };
        TapeScenario run = new TapeScenario { Terms = Perp(leverage, balance: 101) }
            .Snapshot(1, [(99, 10)], [(100, 10)]).Mark(2, 100).Trade(2, OrderSide.Buy, 100, 1).Buy(2, 10)
            .Trade(3, OrderSide.Sell, 50, 1).Mark(4, 95).Mark(5, 90).Trade(6, OrderSide.Buy, 100, 1).Run();
        Fill last = run.AllFills[^1];
        last.Purpose.ShouldBe(OrderPurpose.Liquidation);
        last.Time.ShouldBe(TapeScenario.At(5));
        run.Venue.Balance(default, new Asset("USDT")).ShouldBeInRange(0m, 10m);
    }

    [Fact]
    public void Ticks_Market_FillsAtTheLastTradeAndSlippage()
    {
        // 200 bps of 100 are two ticks.
        TapeScenario run = new TapeScenario { Fills = Ticks, Terms = Perp(BacktestScenario.Free with { Slippage = new FixedSlippage(200) }) }
            .Trade(1, OrderSide.Buy, 100, 1).Buy(1, 5).Trade(2, OrderSide.Buy, 100, 1).Run();
        run.Traded.ShouldBe([(102, 5)]);
    }

    [Fact]
    public void Ticks_Limit_FillsOnlyWhenThePriceTradesThroughIt()
    {
        TapeScenario run = new TapeScenario { Fills = Ticks }
            .Trade(1, OrderSide.Buy, 100, 1).Buy(1, 5, OrderType.Limit, 99)
            .Trade(2, OrderSide.Sell, 99, 1000).Trade(3, OrderSide.Sell, 98, 2).Run();
        run.Traded.ShouldBe([(99, 2)]);
        run.AllFills[0].Time.ShouldBe(TapeScenario.At(3));
    }

    [Fact]
    public void CloseOut_LargerThanTheBook_FillsTheRestAtTheLastPrice()
    {
        TapeScenario run = new TapeScenario().UsualBook().Buy(1, 8).Trade(2, OrderSide.Buy, 97, 1).Snapshot(3, [(96, 3)], [(101, 5)]).Run();
        run.Loop.CloseOut();

        // Bought for 5 x 101 + 3 x 102 = 811, sold for 3 x 96 + 5 x 97 = 773.
        RoundTrip trip = run.Engine.Portfolio.RoundTrips.ShouldHaveSingleItem();
        trip.ExitReason.ShouldBe(OrderPurpose.EndOfData);
        trip.Pnl.ShouldBe(-38m);
    }

    private static BacktestScenario Perp(FillOptions fills, decimal balance = 100_000m) =>
        new() { Kind = InstrumentKind.LinearPerpetual, Fills = fills, Balance = balance };

    private static FillOptions FeesOf(decimal maker, decimal taker) => BacktestScenario.Free with { MakerFeeRate = maker, TakerFeeRate = taker };
}
