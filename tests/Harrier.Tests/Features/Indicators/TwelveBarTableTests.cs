using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

/// <summary>
/// Every row of the twelve-bar table against the kernel, 1e-10 relative or the last digit of the printed value. The row that is wrong for
/// a MACD is right for the oscillator whose averages start apart.
/// </summary>
public sealed class TwelveBarTableTests
{
    private static readonly Dictionary<string, (Func<IIndicator> Create, Func<IIndicator, double> Read)> Kernels = new()
    {
        ["SMA 3"] = (() => new Sma(3), k => k.Value),
        ["EMA 3"] = (() => new Ema(3), k => k.Value),
        ["RSI 3"] = (() => new Rsi(3), k => k.Value),
        ["(wrong) MACD seeded apart"] = (() => new AbsolutePriceOscillator(2, 4), k => k.Value),
        ["MACD 2,4,3 line"] = (() => new AbsolutePriceOscillator(2, 4, FastSeed.WithSlow), k => k.Value),
        ["MACD 2,4,3 signal"] = (() => new Macd(2, 4, 3), k => k.Output(1)),
        ["MACD 2,4,3 histogram"] = (() => new Macd(2, 4, 3), k => k.Output(2)),
        ["variance 3 (/n)"] = (() => new StandardDeviation(3), k => k.Value * k.Value),
        ["BB 3,2 upper"] = (() => new BollingerBands(3, 2), k => k.Output(0)),
        ["BB 3,2 lower"] = (() => new BollingerBands(3, 2), k => k.Output(2)),
        ["%B 3,2"] = (() => new BollingerBands(3, 2), k => ((BollingerBands)k).PercentB),
        ["TR"] = (() => new TrueRange(), k => k.Value),
        ["ATR 3"] = (() => new Atr(3), k => k.Value),
        ["+DI 3"] = (() => new DirectionalMovement(3), k => k.Output(0)),
        ["-DI 3"] = (() => new DirectionalMovement(3), k => k.Output(1)),
        ["DX 3"] = (() => new DirectionalMovement(3), k => ((DirectionalMovement)k).Dx),
        ["ADX 3"] = (() => new Adx(3), k => k.Value),
        ["fast %K 3"] = (() => new Stochastic(3, 1, 1), k => k.Output(0)),
        ["slow %K 3,2"] = (() => new Stochastic(3, 2, 1), k => k.Output(0)),
        ["slow %D 2"] = (() => new Stochastic(3, 2, 2), k => k.Output(1)),
        ["CCI 3"] = (() => new Cci(3), k => k.Value),
        ["MFI 3"] = (() => new Mfi(3), k => k.Value),
        ["OBV"] = (() => new Obv(), k => k.Value),
        ["VWAP session"] = (() => new SessionVwap(), k => k.Value),
        ["VWAP rolling 3"] = (() => new RollingVwap(3), k => k.Value),
        ["Supertrend 3,1"] = (() => new Supertrend(3, 1), k => k.Output(0)),
        ["Supertrend 3,1 direction"] = (() => new Supertrend(3, 1), k => k.Output(1)),
        ["Supertrend 3,0.5"] = (() => new Supertrend(3, 0.5), k => k.Output(0)),
        ["Supertrend 3,0.5 direction"] = (() => new Supertrend(3, 0.5), k => k.Output(1)),
        ["Keltner EMA3,ATR3,2 upper"] = (() => new KeltnerChannel(3, 3, 2), k => k.Output(0)),
        ["Keltner lower"] = (() => new KeltnerChannel(3, 3, 2), k => k.Output(2)),
        ["Donchian 3 upper, prior bars"] = (() => new DonchianChannel(3), k => k.Output(0)),
        ["Donchian 3 lower, prior bars"] = (() => new DonchianChannel(3), k => k.Output(2)),
        ["Donchian 3 upper, incl. current"] = (() => new DonchianChannel(3, DonchianWindow.IncludingCurrent), k => k.Output(0)),
        ["Donchian 3 lower, incl. current"] = (() => new DonchianChannel(3, DonchianWindow.IncludingCurrent), k => k.Output(2)),
        ["Chandelier 3,2 long"] = (() => new ChandelierExit(3, 2), k => k.Output(0)),
        ["Chandelier 3,2 short"] = (() => new ChandelierExit(3, 2), k => k.Output(1)),
        ["Z-score 3 (/n)"] = (() => new ZScore(3), k => k.Value),
        ["Z-score 3 (/(n-1))"] = (() => new ZScore(3, Deviation.Sample), k => k.Value),
    };

    public static TheoryData<string> SeriesNames => [.. Kernels.Keys];

    [Theory]
    [MemberData(nameof(SeriesNames))]
    public void Update_TwelveBars_MeetsTheTable(string series)
    {
        (Func<IIndicator> create, Func<IIndicator, double> read) = Kernels[series];
        double[] expected = TwelveBarTable.Expected(series);
        IIndicator kernel = create();
        for (int i = 0; i < expected.Length; i++)
        {
            kernel.Update(TwelveBarTable.Bars[i]);
            double actual = read(kernel);
            if (double.IsNaN(expected[i]))
            {
                actual.ShouldBe(double.NaN, $"bar {i}");
            }
            else
            {
                actual.ShouldBe(expected[i], Math.Max(1e-10 * Math.Abs(expected[i]), 1e-12), $"bar {i}");
            }
        }
    }

    [Fact]
    public void Macd_TwelveBars_ShowsNothingBeforeItsSignal()
    {
        Macd macd = new(2, 4, 3);
        int first = Array.FindIndex(TwelveBarTable.Bars, bar => !double.IsNaN(macd.Update(bar)));
        first.ShouldBe(5);
    }

    [Fact]
    public void Stochastic_TwelveBars_ShowsNothingBeforeItsSignal()
    {
        Stochastic stochastic = new(3, 2, 2);
        int first = Array.FindIndex(TwelveBarTable.Bars, bar => !double.IsNaN(stochastic.Update(bar)));
        first.ShouldBe(4);
    }
}
