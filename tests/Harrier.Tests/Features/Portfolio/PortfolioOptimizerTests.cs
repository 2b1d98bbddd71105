using System.Buffers;
using Harrier.Domain;
using Harrier.Features;
using Harrier.Features.Portfolio;

namespace Harrier.Tests.Features.Portfolio;

public sealed class PortfolioOptimizerTests
{
    private static readonly Asset Usd = new("USD");
    private static readonly TradingPair[] BtcOnly = [TradingPair.Parse("BTC-USD")];

    [Fact]
    public void Look_OnePriceOfACheapCoin_TradesNothing()
    {
        PortfolioOptimizer optimizer = new(new PortfolioBotSettings { RiskTolerance = 1, MinConfidence = 0 }, [TradingPair.Parse("XRP-USD")]);

        PortfolioLook look = optimizer.Look(new(At(0), [Quote("XRP", 0.45967m, 0, 0)], [new(1_000, new("XRP")), new(1_000, Usd)]));

        look.Best.ShouldBeNull();
        look.Opportunities.Count.ShouldBe(2);
        look.Opportunities.ShouldAllBe(opportunity => opportunity.RefusedBy!.Value.Gate == PortfolioGate.History && opportunity.GrossReturn == 0);
    }

    // 1 % up at each look: z of the window is √9; figures computed apart, with Python's math module.
    [Fact]
    public void Look_SteadyRise_BuysWithTheFiguresOfTheFormulas()
    {
        PortfolioLook look = Rise(new PortfolioOptimizer(new PortfolioBotSettings(), BtcOnly), 10);

        TradeOpportunity best = look.Best.ShouldNotBeNull();
        (best.From, best.Direction, best.Route.ToString()).ShouldBe((new Money(100, Usd), TradeDirection.Buy, "USD>BTC"));
        best.GrossReturn.ShouldBe(Math.Exp(0.07960264682534474) - 1, 1e-10);
        best.Volatility.ShouldBe(0.02985099255950428, 1e-12);
        best.Cost.ShouldBe(1 - (1 / 1.0005), 1e-10);
        best.ExpectedReturn.ShouldBe(0.08231554785415307, 1e-10);
        best.Confidence.ShouldBe(0.995974470183485, 1e-10);
        best.Risk.ShouldBe(0.3641067221033042, 1e-10);
        best.Score.ShouldBe(2.1373643130221134, 1e-9);
        best.To.Amount.ShouldBe(100 / (Mid(9) * 1.0005m), 1e-20m);
        best.Notional.ShouldBe(100);
        best.Reason.ShouldEndWith("all gates pass");
        look.Opportunities.Count.ShouldBe(1);
    }

    [Fact]
    public void Look_OnePriceLessThanTheWindow_IsStillWarmingUp() =>
        Rise(new PortfolioOptimizer(new PortfolioBotSettings(), BtcOnly), 9).Opportunities.Single().RefusedBy!.Value.ShouldBe(new GateReading(PortfolioGate.History, 9, 10, false));

    [Theory]
    [InlineData(PortfolioGate.ExpectedReturn)]
    [InlineData(PortfolioGate.Confidence)]
    [InlineData(PortfolioGate.Risk)]
    [InlineData(PortfolioGate.Notional)]
    [InlineData(PortfolioGate.Size)]
    public void Look_LimitOutOfReach_IsRefusedByThatGate(PortfolioGate gate)
    {
        PortfolioBotSettings settings = gate switch
        {
            PortfolioGate.ExpectedReturn => new() { MinExpectedReturn = 0.0824 },
            PortfolioGate.Confidence => new() { MinConfidence = 0.996 },
            PortfolioGate.Risk => new() { RiskTolerance = 0.364 },
            PortfolioGate.Notional => new() { MinNotional = 101 },
            _ => new() { Reserves = new Dictionary<Asset, decimal> { [Usd] = 1_000 }, MinNotional = 0 },
        };
        PortfolioLook look = Rise(new PortfolioOptimizer(settings, BtcOnly), 10);
        look.Best.ShouldBeNull();
        look.Opportunities.Single().RefusedBy!.Value.Gate.ShouldBe(gate);
        look.Opportunities.Single().Reason.ShouldContain("refused");
    }

    [Fact]
    public void Look_OldQuote_IsRefused()
    {
        PortfolioOptimizer optimizer = new(new PortfolioBotSettings(), BtcOnly);
        Rise(optimizer, 10);
        optimizer.Look(new(At(61 + 45), [Quote("BTC", Mid(9), 45)], [new(1_000, Usd)])).Opportunities.Single().RefusedBy!.Value
            .ShouldBe(new GateReading(PortfolioGate.QuoteAge, 61, 60, false));
    }

    [Fact]
    public void Look_HeldOnBothSides_SellsWhatFallsAndLeavesTheOther()
    {
        PortfolioOptimizer optimizer = new(new PortfolioBotSettings(), BtcOnly);
        PortfolioLook look = null!;
        for (int i = 0; i < 10; i++)
        {
            look = optimizer.Look(new(At(5 * i), [Quote("BTC", Mid(-i), 5 * i)], [new(1_000, Usd), new(2, new("BTC"))]));
        }

        look.Best!.Direction.ShouldBe(TradeDirection.Sell);
        look.Best.From.ShouldBe(new Money(0.2m, new("BTC")));
        look.Opportunities.Select(opportunity => opportunity.Passes).ShouldBe([true, false]);
    }

    [Fact]
    public void Look_PairNobodyQuotes_GoesOverTheNumeraire()
    {
        PortfolioOptimizer optimizer = new(new PortfolioBotSettings(), [TradingPair.Parse("BTC-USD"), TradingPair.Parse("ETH-USD")]);
        PortfolioLook look = null!;
        for (int i = 0; i < 10; i++)
        {
            look = optimizer.Look(new(At(5 * i), [Quote("BTC", 100, 5 * i), Quote("ETH", Mid(i), 5 * i)], [new(2, new("BTC"))]));
        }

        look.Best!.Route.ToString().ShouldBe("BTC>USD>ETH");
        look.Best.Cost.ShouldBe(1 - (0.9995 / 1.0005), 1e-9);
    }

    [Fact]
    public void Look_LowerPriority_IsLookedAtLessOften()
    {
        PortfolioOptimizer optimizer = new(new PortfolioBotSettings(), [TradingPair.Parse("BTC-USD", 100), TradingPair.Parse("ETH-USD", 90)]);
        for (int i = 0; i < 6; i++)
        {
            optimizer.Look(new(At(5 * i), [Quote("BTC", 100 + i, 5 * i), Quote("ETH", 50 + i, 5 * i)], []));
        }

        optimizer.HistoryOf(new("BTC"), Usd)!.Count.ShouldBe(6);
        optimizer.HistoryOf(Usd, new("ETH"))!.Prices.ToArray().ShouldBe([50, 52, 54]);
        optimizer.HistoryOf(new("BTC"), new("ETH"))!.Count.ShouldBe(3);
    }

    [Fact]
    public void Look_Predictor_TakesItsOpinionInStandardDeviations()
    {
        PairPredictor predictor = new(new Opinion(Recommendation.StrongBuy), new Dictionary<(Asset Base, Asset Quote), InstrumentId> { [(new("BTC"), Usd)] = new(0) });
        PortfolioBotSettings settings = new() { Model = ReturnModel.Predictor, VolatilityWindow = 4 };
        PortfolioOptimizer optimizer = new(settings, BtcOnly, predictor);
        decimal[] mids = [100, 101, 100, 101];
        PortfolioLook look = null!;
        for (int i = 0; i < mids.Length; i++)
        {
            look = optimizer.Look(new(At(5 * i), [Quote("BTC", mids[i], 5 * i, 0)], [new(1_000, Usd), new(1, new("BTC"))]));
        }

        look.Best!.Direction.ShouldBe(TradeDirection.Buy);
        Math.Log(1 + look.Best.GrossReturn).ShouldBe(2.5 * look.Best.Volatility, 1e-12);
        look.Opportunities[1].GrossReturn.ShouldBeLessThan(0);
    }

    [Fact]
    public void Restore_InTheMiddle_GoesOnAsIfNothingHadHappened()
    {
        PortfolioOptimizer whole = new(new PortfolioBotSettings(), BtcOnly);
        PortfolioOptimizer first = new(new PortfolioBotSettings(), BtcOnly);
        Rise(whole, 10);
        Rise(first, 6);
        byte[] state = Saved(first);
        PortfolioOptimizer second = new(new PortfolioBotSettings(), BtcOnly);
        StateReader reader = new(state);
        second.Restore(ref reader);

        reader.Remaining.ShouldBe(0);
        Rise(second, 10, from: 6);
        Saved(second).ShouldBe(Saved(whole));
        second.Iteration.ShouldBe(10);
    }

    [Fact]
    public void Configure_OtherPairs_ForgetsWhatNobodyLooksAt()
    {
        PortfolioOptimizer optimizer = new(new PortfolioBotSettings(), BtcOnly);
        Rise(optimizer, 5);
        optimizer.Configure(new PortfolioBotSettings { VolatilityWindow = 3 }, BtcOnly);
        optimizer.HistoryOf(new("BTC"), Usd)!.IsReady.ShouldBeTrue();
        Should.Throw<PortfolioInputException>(() => optimizer.Configure(new PortfolioBotSettings(), [BtcOnly[0], TradingPair.Parse("USD-BTC")])).Field.ShouldBe("pair");
        optimizer.Settings.VolatilityWindow.ShouldBe(3);
        optimizer.Configure(new PortfolioBotSettings(), [TradingPair.Parse("ETH-USD")]);
        optimizer.HistoryOf(new("BTC"), Usd).ShouldBeNull();
    }

    private static PortfolioLook Rise(PortfolioOptimizer optimizer, int looks, int from = 0)
    {
        PortfolioLook look = null!;
        for (int i = from; i < looks; i++)
        {
            look = optimizer.Look(new(At(5 * i), [Quote("BTC", Mid(i), 5 * i)], [new(1_000, Usd)]));
        }

        return look;
    }

    private static byte[] Saved(PortfolioOptimizer optimizer)
    {
        ArrayBufferWriter<byte> output = new();
        StateWriter writer = new(output);
        optimizer.Save(ref writer);
        return output.WrittenSpan.ToArray();
    }

    private static decimal Mid(int step) => (decimal)(100 * Math.Pow(1.01, step));

    private static Timestamp At(int seconds) => Timestamp.FromUnixSeconds(1_700_000_000 + seconds);

    private static PairQuote Quote(string asset, decimal mid, int seconds, decimal halfSpread = 0.0005m) =>
        new(new(asset), Usd, mid * (1 - halfSpread), mid * (1 + halfSpread), At(seconds));

    private sealed class Opinion(Recommendation always) : IPredictor
    {
        public Recommendation Recommend(InstrumentId instrument, Timestamp now) => always;
    }
}
