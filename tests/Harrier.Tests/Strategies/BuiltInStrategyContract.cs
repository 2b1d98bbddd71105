using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Research.Backtests;
using Harrier.Research.Checks;
using Harrier.Strategies;
using Harrier.Tests.Features.Indicators;
using Harrier.Tests.Support;

namespace Harrier.Tests.Strategies;

/// <summary>What holds for every strategy that the catalog finds, new ones included.</summary>
public sealed class BuiltInStrategyContract
{
    private const int BarCount = 2400;

    private static readonly StrategyCatalog Catalog = new(typeof(MeanReversion).Assembly);

    public static TheoryData<string, string> Configurations
    {
        get
        {
            TheoryData<string, string> all = Settling;
            all.Add("VWAP", "anchor=cumulative");
            return all;
        }
    }

    /// <summary>Without the one whose values depend on the start of the data by definition.</summary>
    public static TheoryData<string, string> Settling
    {
        get
        {
            TheoryData<string, string> all = new() { { "VWAP", "anchor=rolling" } };
            foreach (StrategyDescriptor strategy in Catalog.Strategies)
            {
                all.Add(strategy.Key, "");
            }

            return all;
        }
    }

    [Fact]
    public void Catalog_BuiltInStrategies_AreListedInOrder() => Catalog.Strategies.Select(strategy => strategy.Key).ShouldBe(
        [
            "BREAKOUT", "BREAKOUT_MOMENTUM", "BREAKOUT_RETEST", "BUY_AND_HOLD", "DENSITY_BREAKOUT", "DONCHIAN_TREND", "EMA_CROSS", "HYBRID", "MEAN_REVERSION", "ORDER_FLOW",
            "PRELEVEL_LIMIT", "RSI_CROSS", "SMA_CROSS", "SUPPLY_DEMAND", "VWAP", "WYCKOFF",
        ]);

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Restore_AtAnyBar_ContinuesBitEqual(string key, string parameters)
    {
        Ohlcv[] bars = SampleBars.Lcg(BarCount, 7, 0.03);
        Random cuts = new(20260101);
        EngineHarness whole = Create(key, parameters).Feed(bars);
        for (int i = 0; i < 8; i++)
        {
            int cut = cuts.Next(1, i < 4 ? 60 : BarCount);
            EngineHarness before = Create(key, parameters).Feed(bars.AsSpan(0, cut));
            EngineHarness after = Create(key, parameters);
            after.Engine.Restore(before.Engine.Save());
            after.Feed(bars.AsSpan(cut));

            after.Engine.StateHash().ShouldBe(whole.Engine.StateHash(), $"cut at {cut}");
            Texts(before.Signals.Concat(after.Signals)).ShouldBe(Texts(whole.Signals));
        }
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void OnBar_DataCutAnywhere_GivesTheSignalsOfTheFullData(string key, string parameters)
    {
        Ohlcv[] bars = SampleBars.Rough(400);
        EngineHarness full = Create(key, parameters).Feed(bars);
        for (int cut = 1; cut < bars.Length; cut += 13)
        {
            List<ObservedSignal> signals = Create(key, parameters).Feed(bars.AsSpan(0, cut)).Signals;
            Texts(signals).ShouldBe(Texts(full.Signals.Take(signals.Count)), $"cut at {cut}");
            full.Signals.Skip(signals.Count).All(signal => signal.Time > full.ToBar(in bars[cut - 1]).CloseTime).ShouldBeTrue($"cut at {cut}");
        }
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void OnBar_NobodyWatches_AllocatesNothing(string key, string parameters)
    {
        long bytes = Allocation.Least(() =>
        {
            EngineHarness harness = Create(key, parameters, isObserved: false);
            Harrier.Domain.Bar[] bars = [.. SampleBars.Lcg(BarCount, 7, 0.03).Select(bar => harness.ToBar(in bar))];
            Process(harness, bars.AsSpan(0, 1000));
            return () => Process(harness, bars.AsSpan(1000));
        });
        bytes.ShouldBe(0);

        static void Process(EngineHarness harness, ReadOnlySpan<Harrier.Domain.Bar> bars)
        {
            foreach (ref readonly Harrier.Domain.Bar bar in bars)
            {
                harness.Engine.Process(in bar);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void OnBar_RoughData_GivesConfidencesFrom0To1AndNoNaN(string key, string parameters)
    {
        EngineHarness harness = Create(key, parameters).Feed(SampleBars.Rough(600));
        harness.Signals.ShouldNotBeEmpty();
        harness.Signals.ShouldAllBe(signal => signal.Confidence >= 0 && signal.Confidence <= 1);
    }

    [Theory]
    [MemberData(nameof(Settling))]
    public void WarmUp_Over_ReadingsNoLongerDependOnTheStart(string key, string parameters)
    {
        const int Later = 700;
        Ohlcv[] bars = SampleBars.Lcg(BarCount, 7, 0.03);
        int warmUp = Catalog.Create(key, Parse(parameters)).Strategy.WarmUpOn(TimeSpan.FromMinutes(5));
        List<ObservedSignal> early = Create(key, parameters).Feed(bars).Signals;
        List<ObservedSignal> late = Create(key, parameters).Feed(bars.AsSpan(Later)).Signals;
        DateTimeOffset settled = bars[Later + Math.Max(warmUp, 1)].OpenTime.ToDateTimeOffset();
        foreach ((ObservedSignal one, ObservedSignal other) in early.TakeLast(late.Count).Zip(late).Where(pair => pair.First.Time.ToDateTimeOffset() > settled))
        {
            (one.Time == other.Time).ShouldBeTrue();
            foreach ((string name, object? value) in one.Meta)
            {
                if (value is double number)
                {
                    Math.Abs(other.Number(name) - number).ShouldBeLessThanOrEqualTo(1e-4 * Math.Max(1, Math.Abs(number)), name);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Settling))]
    public void WarmUp_CheckOfTheBacktest_Passes(string key, string parameters)
    {
        EngineHarness harness = Create(key, parameters);
        Harrier.Domain.Bar[] bars = [.. SampleBars.Lcg(BarCount, 7, 0.03).Select(bar => harness.ToBar(in bar))];
        ConfiguredStrategy configured = Catalog.Create(key, Parse(parameters));
        BacktestSettings settings = new() { StrategyKey = key, Parameters = [], CreateStrategy = configured.CreateAnother };
        CheckResult result = WarmUpCheck.Run(settings, new Harrier.Domain.BarSeries(harness.Instrument, bars[0].Spec, bars, bars.Length));
        result.Passed.ShouldBeTrue(result.Detail);
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void OnBar_BarOfAnotherInstrument_IsIgnored(string key, string parameters)
    {
        EngineHarness harness = new(
            Catalog.Create(key, Parse(parameters)).Strategy, new HarnessOptions { InstrumentCount = 2, Vetoes = [new NoEntries()] });
        Ohlcv[] other = SampleBars.Lcg(300);
        Ohlcv[] own = SampleBars.Lcg(300, 7, 0.03);
        for (int i = 0; i < own.Length; i++)
        {
            harness.Engine.Process(harness.ToBar(in other[i], 1));
            harness.Engine.Process(harness.ToBar(in own[i]));
        }

        Texts(harness.Signals).ShouldBe(Texts(Create(key, parameters).Feed(own).Signals));
    }

    private static EngineHarness Create(string key, string parameters, bool isObserved = true) =>
        new(Catalog.Create(key, Parse(parameters)).Strategy, new HarnessOptions { IsObserved = isObserved, Vetoes = [new NoEntries()] });

    private static IEnumerable<KeyValuePair<string, string>> Parse(string parameters) =>
        parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => KeyValuePair.Create(pair.Split('=')[0], pair.Split('=')[1]));

    private static string Texts(IEnumerable<ObservedSignal> signals) => string.Join('\n', signals);
}
