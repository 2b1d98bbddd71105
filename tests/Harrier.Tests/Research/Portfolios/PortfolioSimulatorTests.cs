using Harrier.Domain;
using Harrier.Features.Portfolio.Allocation;
using Harrier.Research.Portfolios;
using static Harrier.Tests.Research.Portfolios.PortfolioScene;

namespace Harrier.Tests.Research.Portfolios;

public sealed class PortfolioSimulatorTests
{
    private static readonly Asset Btc = new("BTC");
    private static readonly Asset Eth = new("ETH");

    [Fact]
    public void Run_Purchase_IsMadeAtTheNextOpenAtAllCosts()
    {
        PortfolioRun run = Run(new(0.001m, 0.002m, 0.003m), [Series(0, "BTC", (100, 100), (200, 250), (250, 250))], Once(0, new(100, Usdt), Btc), new Money(100, Usdt));

        PortfolioTrade trade = run.Trades.Single();
        (trade.Decided, trade.Executed).ShouldBe((At(1), At(1)));
        trade.To.ShouldBe(new Money(Math.Floor(100 / (200 * 1.001m * 1.002m) * 0.997m * 1e8m) / 1e8m, Btc));
        run.End.ShouldBe([trade.To]);

        // Half a BTC would have been the purchase without costs; a BTC was worth 100 when it was decided.
        trade.Cost.ShouldBe((0.5m - trade.To.Amount) * 100);
        run.FinalEquity.ShouldBe(trade.To.Amount * 250);
    }

    [Fact]
    public void Run_SaleOverTwoConversions_PaysTwice()
    {
        BarSeries[] series = [Series(0, "BTC", (100, 100), (100, 100), (100, 100)), Series(1, "ETH", (10, 10), (10, 10), (10, 10))];
        PortfolioRun run = Run(new(0, 0, 0.01m), series, Once(0, new(1, Btc), Eth), new Money(1, Btc));

        run.Trades.Single().Route.ShouldBe("BTC>USDT>ETH");
        run.End.ShouldBe([new Money(10 * 0.99m * 0.99m, Eth)]);
        run.Costs.ShouldBe(100 - (100 * 0.99m * 0.99m));
    }

    [Fact]
    public void Run_NoNextBarOfThePair_MissesTheConversion()
    {
        BarSeries[] series = [Series(0, "BTC", (100, 100), null, (100, 100)), Series(1, "ETH", (10, 10), (10, 10), (10, 10))];
        PortfolioRun run = Run(Free, series, Once(0, new(1, Btc), Usdt), new Money(1, Btc));

        run.Trades.ShouldBeEmpty();
        run.Missed.ShouldBe(1);
        run.End.ShouldBe([new Money(1, Btc)]);
    }

    [Fact]
    public void Run_MoreThanIsHeld_GivesWhatThereIs() =>
        Run(Free, [Series(0, "BTC", (100, 100), (100, 100))], Once(0, new(5, Btc), Usdt), new Money(1, Btc)).End.ShouldBe([new Money(100, Usdt)]);

    [Fact]
    public void Run_NoHoldingsGiven_BeginsWithEqualPartsOnceAllHavePrices()
    {
        BarSeries[] series = [Series(0, "BTC", null, (50, 100), (100, 120)), Series(1, "ETH", (10, 10), (10, 10), (10, 10))];
        PortfolioRun run = new PortfolioSimulator(Settings() with { Balance = 3_000 }, series, new HoldPlan()).Run(At(9), CancellationToken.None)!;

        run.Start.ShouldBe([new Money(1_000, Usdt), new Money(10, Btc), new Money(100, Eth)]);
        run.Equity.Points.ToArray().Select(point => (point.Time, point.Equity)).ShouldBe([(At(2), 3_000), (At(3), 3_200)]);
        run.TotalReturn.ShouldBe(1 / 15d, 1e-12);
    }

    [Fact]
    public void Run_EqualWeights_SellsWhatRoseAndBuysWhatDidNot()
    {
        BarSeries[] series = [Series(0, "BTC", (100, 100), (100, 200), (200, 200)), Series(1, "ETH", (10, 10), (10, 10), (10, 10))];
        PortfolioBacktestSettings settings = Settings() with { Balance = 3_000 };
        PortfolioRun run = new PortfolioSimulator(settings, series, new TargetPlan(settings, [Btc, Eth], null)).Run(At(9), CancellationToken.None)!;

        // Worth 4,000 after the rise, a third of it each: 666.67 of BTC go, 333.33 of ETH come.
        run.Trades.Select(trade => trade.Route).ShouldBe(["BTC>USDT", "USDT>ETH"]);
        run.End.Select(money => money.Asset == Btc ? money.Amount * 200 : money.Asset == Eth ? money.Amount * 10 : money.Amount).ShouldAllBe(worth => Math.Abs(worth - (4_000 / 3m)) < 0.001m);
    }

    // Held from 100 on; one more is bought at 300; then one is sold at 200: a gain of 100 if the first, a loss of 100 if the dearest.
    [Theory]
    [InlineData(LotOrder.Fifo, 100)]
    [InlineData(LotOrder.Lifo, -100)]
    [InlineData(LotOrder.Hifo, -100)]
    public void RealizedGains_LotOrder_DecidesWhatIsRealized(LotOrder order, int expected)
    {
        BarSeries[] series = [Series(0, "BTC", (100, 100), (300, 300), (200, 200), (200, 200))];
        PortfolioRun run = Run(
            Free,
            series,
            moment => moment.Now == At(1) ? Once(0, new(300, Usdt), Btc)(moment) : Once(1, new(1, Btc), Usdt)(moment),
            new Money(300, Usdt),
            new Money(1, Btc));
        RealizedGains.Of(run, Usdt, order).ShouldBe(expected);
    }

    private static PortfolioRun Run(ConversionCosts costs, BarSeries[] series, Func<PlanMoment, IReadOnlyList<PlannedConversion>> decide, params Money[] holdings) =>
        new PortfolioSimulator(Settings(costs, holdings), series, new Scripted(decide)).Run(At(99), CancellationToken.None)!;

    private static Func<PlanMoment, IReadOnlyList<PlannedConversion>> Once(int hour, Money from, Asset to) =>
        moment => moment.Now == At(hour + 1) ? [new PlannedConversion(from, moment.Graph.Best(from.Asset, to)!)] : [];
}
