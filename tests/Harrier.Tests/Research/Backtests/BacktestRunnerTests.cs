using System.Runtime.CompilerServices;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Features.Bars;
using Harrier.Research.Backtests;
using Harrier.Research.Checks;
using Harrier.Research.Reports;
using Harrier.Simulation.Synthetic;
using Harrier.Strategies;
using Harrier.Tests.Support;

namespace Harrier.Tests.Research.Backtests;

/// <summary>Whole backtests on the synthetic market: determinism, honesty checks, several symbols.</summary>
public sealed class BacktestRunnerTests
{
    private static readonly IReadOnlyList<BarSeries> Market = SyntheticMarket.Generate(new SyntheticMarketSettings { Count = 3000, Seed = 5 });

    [Fact]
    public void Run_Twice_GivesTheSameHashesAndTheSameResult()
    {
        BacktestResult first = Run(() => new MeanReversion(new MeanReversionSettings()));
        BacktestResult second = Run(() => new MeanReversion(new MeanReversionSettings()));
        second.Manifest.StateHash.ShouldBe(first.Manifest.StateHash);
        ResultJson.ToText(second).ShouldBe(ResultJson.ToText(first));
        first.Trades.Count.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Run_WithAnotherParameter_ChangesConfigAndStateHash()
    {
        BacktestResult first = Run(() => new MeanReversion(new MeanReversionSettings()));
        BacktestResult second = Run(() => new MeanReversion(new MeanReversionSettings { Window = 30 }), parameters: [new("window", 30)]);
        second.Manifest.ConfigHash.ShouldNotBe(first.Manifest.ConfigHash);
        second.Manifest.StateHash.ShouldNotBe(first.Manifest.StateHash);
        second.Manifest.DataHash.ShouldBe(first.Manifest.DataHash);
    }

    [Fact]
    public void Run_InitialEquityPlusProfits_IsFinalEquityExactly()
    {
        BacktestResult result = Run(() => new SmaCross(new SmaCrossSettings()), symbols: 3);
        (result.InitialEquity + result.Trades.Sum(t => t.Pnl)).ShouldBe(result.FinalEquity);
        result.Checks.Single(c => c.Name == "books").Passed.ShouldBeTrue();
        result.Trades.Select(t => t.Instrument.Index).Distinct().Count().ShouldBe(3);
        result.Equity.Points[^1].Equity.ShouldBe(result.FinalEquity);
        result.Trades[^1].ExitReason.ShouldBe(OrderPurpose.EndOfData);
    }

    [Fact]
    public void Run_OneRowPerBar_IsKeptAndEndsAfterTheCloseOut()
    {
        BacktestResult result = Run(() => new BuyAndHold());
        result.Equity.Points.Length.ShouldBe(3000);
        result.Equity.Points[^1].Position.ShouldBe(0m);
        result.Equity.Points[^2].Position.ShouldBeGreaterThan(0m);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 700)]
    [InlineData(3, 64)]
    public void Run_BarsInBlocks_EqualsTheRunInMemory(int symbols, int blockLength)
    {
        BacktestSettings settings = Settings(() => new SmaCross(new SmaCrossSettings()));
        BlockHistory[] blocks = [.. Market.Take(symbols).Select(series => new BlockHistory(series, blockLength))];
        BarSurvey survey = BarSurvey.Of(blocks, []);
        BacktestResult streamed = BacktestRunner.Run(settings, new BacktestInput { Series = blocks, DataHash = survey.DataHash, DataChecks = [DataCheckReport.Combine(survey.Reports)] });

        BarSeries[] series = [.. Market.Take(symbols)];
        CheckResult data = DataCheckReport.Combine([.. series.Select(one => DataCheck.Run(one))]);
        BacktestResult inMemory = BacktestRunner.Run(settings, new BacktestInput { Series = series, DataHash = BarSeriesHash.Compute(series), DataChecks = [data] });
        ResultJson.ToText(streamed).ShouldBe(ResultJson.ToText(inMemory));
        HtmlReport.ToText(streamed).ShouldBe(HtmlReport.ToText(inMemory));
        streamed.Checks.ShouldAllBe(check => check.Passed);
        survey.Lowest.ShouldBe(series.Select(one => one.Bars.ToArray().Min(bar => bar.Low)));
        blocks.ShouldAllBe(one => one.Open == 0);
    }

    [Fact]
    public void LeakageCheck_StrategyThatReadsBeyondItsBar_IsCaught()
    {
        CheckResult leakage = Run(() => new MemoryReader()).Checks.Single(c => c.Name == "leakage");
        leakage.Passed.ShouldBeFalse();
        leakage.Detail.ShouldContain("knows the future");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void LeakageCheck_StrategyThatKnowsTheFuture_IsCaught(int symbols)
    {
        FutureReader.Closes.Clear();
        BacktestResult result = Run(() => new FutureReader(), symbols);
        CheckResult leakage = result.Checks.Single(c => c.Name == "leakage");
        leakage.Passed.ShouldBeFalse();
        leakage.Detail.ShouldContain("knows the future");
    }

    [Fact]
    public void WarmUpCheck_StrategyThatDeclaresTooLittle_IsCaught()
    {
        CheckResult check = Run(() => new LongMemory()).Checks.Single(c => c.Name == "warm_up");
        check.Passed.ShouldBeFalse();
        check.Detail.ShouldContain("declared warm-up is 5 bars");
    }

    [Fact]
    public void WarmUpCheck_FewerBarsThanTheWarmUp_Fails()
    {
        BarSeries few = new(Market[0].Instrument, Market[0].Spec, Market[0].Bars[..20].ToArray(), 20);
        WarmUpCheck.Run(Settings(() => new SmaCross(new SmaCrossSettings())), few).Passed.ShouldBeFalse();
    }

    [Fact]
    public void Result_AsJson_HasNoNumberThatJsonCannotHold()
    {
        using JsonDocument document = JsonDocument.Parse(ResultJson.ToText(Run(() => new RsiCross(new RsiCrossSettings()))));
        document.RootElement.GetProperty("metrics").GetProperty("trades").GetInt32().ShouldBeGreaterThan(0);
    }

    private static BacktestResult Run(Func<Strategy> create, int symbols = 1, IReadOnlyList<KeyValuePair<string, object?>>? parameters = null)
    {
        List<BarSeries> series = [.. Market.Take(symbols)];
        return BacktestRunner.Run(
            Settings(create) with { Parameters = parameters ?? [] }, new BacktestInput { Series = series, DataHash = BarSeriesHash.Compute(series) });
    }

    private static BacktestSettings Settings(Func<Strategy> create) => new() { StrategyKey = "TEST", Parameters = [], CreateStrategy = create };

    /// <summary>Remembers in a static list what came, and in the next run trades on what comes later.</summary>
    private sealed class FutureReader : Strategy
    {
        internal static readonly Dictionary<long, double> Closes = [];

        protected override void OnBar(in Bar bar, in Ohlcv values)
        {
            long key = bar.OpenTime.Nanos + bar.Instrument.Index;
            bool rises = Closes.TryGetValue(key + bar.Spec.IntervalNanos, out double next) && next > values.Close;
            Closes[key] = values.Close;
            Emit(rises ? SignalSide.Buy : SignalSide.Exit, 1);
        }
    }

    /// <summary>Looks at the bar that lies behind its own in memory, where both are on one page: behind the last bar there may be no memory at all.</summary>
    private sealed class MemoryReader : Strategy
    {
        private const int PageSize = 4096;

        protected override void OnBar(in Bar bar, in Ohlcv values)
        {
            ref Bar own = ref Unsafe.AsRef(in bar);
            nint place = Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref Unsafe.As<Bar, byte>(ref own));
            bool rises = (place % PageSize) + (2 * Unsafe.SizeOf<Bar>()) <= PageSize && Unsafe.Add(ref own, 1).Close > bar.Close;
            Emit(rises ? SignalSide.Buy : SignalSide.Exit, 1);
        }
    }

    /// <summary>Says that it needs 5 bars, but decides on the mean of everything it ever saw.</summary>
    private sealed class LongMemory : Strategy
    {
        private double _sum;
        private int _count;

        public override int WarmUp => 5;

        protected override void OnBar(in Bar bar, in Ohlcv values)
        {
            _sum += values.Close;
            _count++;
            Emit(values.Close > _sum / _count ? SignalSide.Buy : SignalSide.Exit, 1);
        }
    }
}
