using Harrier.Domain;
using Harrier.Tests.Support;

namespace Harrier.Tests.Simulation.Fills;

/// <summary>Margin and liquidation of linear contracts; figures from quant.md section 10.</summary>
public sealed class LiquidationTests
{
    [Theory]
    [InlineData(OrderSide.Buy, 19_698.4925)]
    [InlineData(OrderSide.Sell, 20_298.5075)]
    public void LiquidationPrice_OneBitcoinAt50x_IsTheVenuesFormula(OrderSide side, double expected)
    {
        // 1 BTC at 20,000, 50x, maintenance 0.5 %: isolated margin of 400 is the whole wallet here.
        BacktestScenario run = new()
        {
            Kind = InstrumentKind.LinearPerpetual,
            Tick = 0.01m,
            Lot = 0.001m,
            Balance = 400,
            Fills = BacktestScenario.Free with { Leverage = 50 },
        };
        run.Run([Flat(20_000), Flat(20_000)], (s, i) => { if (i == 0) { s.Order(side, 1000); } });
        ((double)run.Venue.LiquidationPrice(new BotId(0), new InstrumentId(0))!.Value).ShouldBe(expected, 1e-4);
    }

    [Theory]
    [InlineData(OrderSide.Buy)]
    [InlineData(OrderSide.Sell)]
    public void CrossingTheLiquidationPrice_LosesTheWholeMarginAndNoMore(OrderSide side)
    {
        BacktestScenario run = new()
        {
            Kind = InstrumentKind.LinearPerpetual,
            Tick = 0.01m,
            Lot = 0.001m,
            Balance = 500,
            Fills = BacktestScenario.Free with { Leverage = 50, TakerFeeRate = 0.0005m },
        };
        decimal bad = side == OrderSide.Buy ? 19_000 : 21_000;
        run.Run([Flat(20_000), Flat(20_000), (20_000, Math.Max(20_000, bad), Math.Min(20_000, bad), bad, 1e6)], (s, i) =>
        {
            if (i == 0)
            {
                s.Order(side, 1000);
            }
            else if (i == 1)
            {
                s.Order(side, 1, OrderType.Limit, side == OrderSide.Buy ? 1_000_000 : 3_000_000);
            }
        });
        run.Loop.CloseOut();

        RoundTrip trip = run.Trips.ShouldHaveSingleItem();
        trip.ExitReason.ShouldBe(OrderPurpose.Liquidation);
        decimal left = run.Engine.Portfolio.Equity(new BotId(0));
        left.ShouldBeInRange(0m, 0.02m);
        run.Engine.Orders.Working.ShouldBeEmpty();
        (500m + trip.Pnl).ShouldBe(left);
        run.Venue.Balance(new BotId(0), new Asset("USDT")).ShouldBe(left);
    }

    [Fact]
    public void GapFarBeyondLiquidation_DoesNotMakeTheAccountNegative()
    {
        BacktestScenario run = new()
        {
            Kind = InstrumentKind.LinearPerpetual,
            Lot = 0.001m,
            Balance = 2_100,
            Fills = BacktestScenario.Free with { Leverage = 10 },
        };
        run.Run([Flat(20_000), Flat(20_000), Flat(9_000)], (s, i) => { if (i == 0) { s.Order(OrderSide.Buy, 1000); } });
        run.Trips.ShouldHaveSingleItem().ExitReason.ShouldBe(OrderPurpose.Liquidation);
        run.Engine.Portfolio.Equity(new BotId(0)).ShouldBeInRange(0m, 1m);
    }

    [Fact]
    public void Funding_IsPaidByLongsAndIsPartOfTheRoundTrip()
    {
        BacktestScenario run = new() { Kind = InstrumentKind.LinearPerpetual, Lot = 0.1m };
        run.Prepare([Flat(60_000), Flat(60_000), Flat(60_000)], new BacktestScenario.Script((s, i) =>
        {
            if (i == 0)
            {
                s.Order(OrderSide.Buy, 5);
            }
        }));
        run.Loop.Play(2);
        MarketEvent funding = new()
        {
            Kind = MarketEventKind.Funding,
            Instrument = new InstrumentId(0),
            Price = new PriceTicks(60_000),
            Rate = 0.0001,
            ExchangeTime = run.Loop.LastClose,
            ReceivedTime = run.Loop.LastClose,
        };
        run.Engine.Process(in funding);
        run.Venue.Fund(in funding);
        run.Loop.Play(1);
        run.Loop.CloseOut();

        // 0.5 x 60,000 x 0.0001 = 3.
        RoundTrip trip = run.Trips.ShouldHaveSingleItem();
        trip.Funding.ShouldBe(-3m);
        trip.Pnl.ShouldBe(-3m);
        run.Venue.Balance(new BotId(0), new Asset("USDT")).ShouldBe(99_997m);
    }

    private static (decimal, decimal, decimal, decimal, double) Flat(decimal price) => (price, price, price, price, 1e6);
}
