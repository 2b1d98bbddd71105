using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Simulation.Fills;
using Harrier.Tests.Support;

namespace Harrier.Tests.Engine.Strategies;

/// <summary>Sizes of positions, capped by what is free.</summary>
public sealed class PositionSizingTests
{
    private static readonly Instrument Instrument = new(new InstrumentId(0), new InstrumentDefinition
    {
        Venue = new VenueId("sim-test"),
        Symbol = "BTCUSDT",
        Base = new Asset("BTC"),
        Quote = new Asset("USDT"),
        TickSize = 0.01m,
        LotSize = 0.001m,
    });

    [Theory]
    [InlineData(SizingMethod.FractionOfEquity, 0.5, 50)]
    [InlineData(SizingMethod.QuoteAmount, 1234.5, 12.345)]
    [InlineData(SizingMethod.BaseAmount, 0.12345, 0.123)]
    public void Size_ByMethod_IsRoundedDownToLots(SizingMethod method, double amount, double expected) =>
        Instrument.ToDecimal(Size(method, (decimal)amount, free: 10_000m)).ShouldBe((decimal)expected);

    [Fact]
    public void Size_ByRisk_IsTheVectorOfQuantSection3()
    {
        // E 10,000, f 1 %, entry 60,000, stop 58,500, fee 0.055 %, slippage 0.05 %: 1,594.425 a unit, 0.0627... rounded down. It needs 3,720, so all is free.
        PositionSizing sizing = new(SizingMethod.RiskOfEquity, 0.01m);
        SizeLots size = sizing.Size(Instrument, new PositionSizing.Basis(10_000m, 10_000m, 60_000m, 0.025m, 0.00055m, 1m, 0.0005m));
        Instrument.ToDecimal(size).ShouldBe(0.062m);
        (Instrument.ToDecimal(size) * 1_594.425m).ShouldBe(98.85435m);
    }

    [Fact]
    public void Size_ByRiskOfAShort_CountsTheHigherExit()
    {
        PositionSizing sizing = new(SizingMethod.RiskOfEquity, 0.01m);
        SizeLots size = sizing.Size(Instrument, new PositionSizing.Basis(10_000m, 10_000m, 100m, 0.5m, 0.1m, 1m, 0m, IsShort: true));

        // 100 / (50 + 10 + 15) = 1.333
        Instrument.ToDecimal(size).ShouldBe(1.333m);
    }

    [Fact]
    public void Size_ByRiskWithoutStop_IsAnError() =>
        Should.Throw<InvalidOperationException>(() => Size(SizingMethod.RiskOfEquity, 0.01m, 10_000m)).Message.ShouldContain("stop-loss");

    [Fact]
    public void Size_BeyondWhatIsFree_IsCapped()
    {
        SizeLots size = Size(SizingMethod.QuoteAmount, 50_000m, free: 1_000m);
        (Instrument.ToDecimal(size) * 100m * 1.005m * 1.001m).ShouldBeLessThanOrEqualTo(1_000m);
        Instrument.ToDecimal(size).ShouldBe(9.94m, 0.001m);
    }

    [Fact]
    public void WholeBalance_IsInvestedInSpiteOfSlippageAndFees()
    {
        BacktestScenario run = new()
        {
            Balance = 10_000,
            Lot = 0.001m,
            Tick = 0.01m,
            Sizing = new PositionSizing(SizingMethod.FractionOfEquity, 1m),
            Fills = new FillOptions { MaxVolumeShare = null },
        };
        run.Run([(100, 100, 100, 100, 1e6), (100.1m, 100.1m, 100.1m, 100.1m, 1e6)], (s, i) =>
        {
            if (i == 0)
            {
                s.Signal(SignalSide.Buy);
            }
        });
        run.Engine.Orders.Rejections.Total.ShouldBe(0);
        run.AllFills.ShouldHaveSingleItem().Size.Value.ShouldBeGreaterThan(99_000);
    }

    [Fact]
    public void StoppedStrategy_SendingFromOnStop_IsRefused()
    {
        BacktestScenario run = new();
        LastWord strategy = new();
        run.Prepare([(100, 100, 100, 100, 1e6)], strategy);
        run.Loop.Play(1);
        run.Loop.CloseOut();
        run.Engine.Denials.Total.ShouldBe(1);
        run.Engine.Orders.Submitted.ShouldBe(0);
    }

    private static SizeLots Size(SizingMethod method, decimal amount, decimal free) =>
        new PositionSizing(method, amount).Size(Instrument, new PositionSizing.Basis(10_000m, free, 100m, null, 0.001m, 1m));

    private sealed class LastWord : Strategy
    {
        protected override void OnBar(in Bar bar, in Ohlcv values)
        {
        }

        protected override void OnStop() => Buy(new SizeLots(1));
    }
}
