using Harrier.Features;
using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

/// <summary>
/// Values obtained by running the five systems' own implementations on the shared series (systems specification, sections 1.2, 2.5 and
/// 5.4): each system's convention is an option of one kernel.
/// </summary>
public sealed class SystemVectorTests
{
    [Fact]
    public void Lcg_Checks_MeetTheSpecification()
    {
        Ohlcv[] bars = SampleBars.Lcg(120);
        bars[0].Close.ShouldBe(100.16461517941207, 1e-12);
        bars[0].Volume.ShouldBe(1777.037258259952, 1e-10);
        bars[119].Close.ShouldBe(102.25671790296647, 1e-12);
        SampleBars.Lcg(600, 7, 0.03)[599].Close.ShouldBe(144.0287458792328, 1e-11);
    }

    [Fact]
    public void Rsi_WilderSeededWithFirstChange_MeetsTheCrossStrategy() =>
        Math.Round(Last(new Rsi(14, Smoothing.Wilder, Seeding.FirstValue), 60), 2).ShouldBe(60.92);

    [Fact]
    public void ZScore_SampleDeviation_MeetsMeanReversion()
    {
        Math.Round(Last(new ZScore(20, Deviation.Sample), 60), 3).ShouldBe(1.192);
        Math.Round(Last(new ZScore(10, Deviation.Sample), 60), 3).ShouldBe(1.272);
        BollingerBands bands = new(20, 2, Deviation.Sample);
        Last(bands, 60);
        Math.Round(bands.Upper, 2).ShouldBe(103.82);
        Math.Round(bands.Middle, 2).ShouldBe(101.24);
        Math.Round(bands.Lower, 2).ShouldBe(98.66);
    }

    [Fact]
    public void Donchian_PriorBars_MeetsBreakout()
    {
        DonchianChannel channel = new(20);
        Last(channel, 60);
        Math.Round(channel.Upper, 2).ShouldBe(103.14);
        Math.Round(channel.Lower, 2).ShouldBe(98.39);
    }

    [Fact]
    public void SessionVwap_WholeSeries_MeetsVwapStrategyAndLevelDetector()
    {
        Math.Round(Last(new SessionVwap(), 60), 2).ShouldBe(100.02);
        Last(new SessionVwap(), 120).ShouldBe(101.697555116, 1e-9);
    }

    [Fact]
    public void Atr_ExponentialFromTheFirstRange_MeetsLevelDetector() =>
        Last(LevelDetectorAtr(14), 120).ShouldBe(0.853994352896, 1e-12);

    [Fact]
    public void Chandelier_WithThatAtr_MeetsLevelDetector()
    {
        ChandelierExit exit = new(22, 3, LevelDetectorAtr(22));
        Last(exit, 120);
        exit.LongStop.ShouldBe(101.052333152, 1e-9);
        exit.ShortStop.ShouldBe(103.593031738, 1e-9);
    }

    [Fact]
    public void Ema_FromTheFirstValue_MeetsLevelDetectorAndCollector()
    {
        Last(new Ema(9, Seeding.FirstValue), 120).ShouldBe(102.727361317, 1e-9);
        Last(new Ema(20, Seeding.FirstValue), 120).ShouldBe(102.746976547, 1e-9);
        Last(new Ema(50, Seeding.FirstValue), 120).ShouldBe(102.798741898, 1e-9);
    }

    [Fact]
    public void Rsi_OneBarEarlier_IsTheLaggingValueOfLevelDetector() =>
        Last(new Rsi(14), 119).ShouldBe(47.0398101066, 1e-9);

    [Fact]
    public void Rsi_Cutler_MeetsTradingBot() => Last(new Rsi(14, Smoothing.Simple), 120).ShouldBe(44.8279035683, 1e-9);

    [Fact]
    public void Macd_FromTheFirstValue_MeetsTradingBot()
    {
        Macd macd = new(12, 26, 9, Seeding.FirstValue);
        Last(macd, 120).ShouldBe(-0.0507193182874, 1e-12);
        macd.Signal.ShouldBe(-0.0630986110753, 1e-12);
        macd.Histogram.ShouldBe(0.0123792927879, 1e-12);
    }

    [Fact]
    public void BollingerBands_Sample_MeetsTradingBot()
    {
        BollingerBands bands = new(20, 2, Deviation.Sample);
        Last(bands, 120);
        bands.Upper.ShouldBe(103.896938627, 1e-9);
        bands.Middle.ShouldBe(102.528984581, 1e-9);
        bands.Lower.ShouldBe(101.161030535, 1e-9);
        bands.Bandwidth.ShouldBe(0.0266842405864, 1e-12);
    }

    [Fact]
    public void Sma_20And50_MeetsTradingBot()
    {
        Last(new Sma(20), 120).ShouldBe(102.528984581, 1e-9);
        Last(new Sma(50), 120).ShouldBe(103.383081693, 1e-9);
    }

    [Fact]
    public void Atr_Simple_MeetsTradingBot() => Last(new Atr(14, Smoothing.Simple), 120).ShouldBe(0.877800681472, 1e-12);

    [Fact]
    public void Stochastic_Fast_MeetsTradingBot()
    {
        Stochastic stochastic = new(14, 1, 3);
        Last(stochastic, 120).ShouldBe(27.2988149778, 1e-9);
        stochastic.D.ShouldBe(39.9864234588, 1e-9);
    }

    [Fact]
    public void Adx_Simple_MeetsTradingBot() => Last(new Adx(14, Smoothing.Simple), 120).ShouldBe(31.8865061736, 1e-9);

    private static Atr LevelDetectorAtr(int period) =>
        new(period, Smoothing.Exponential, Seeding.FirstValue, FirstTrueRange.HighLow);

    private static double Last(IIndicator kernel, int bars)
    {
        foreach (Ohlcv bar in SampleBars.Lcg(bars))
        {
            kernel.Update(bar);
        }

        return kernel.Value;
    }
}
