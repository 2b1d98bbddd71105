using System.Globalization;
using Harrier.Features;
using Harrier.Features.Indicators;

namespace Harrier.Tests.Features.Indicators;

/// <summary>Every column of TA-Lib's golden values that belongs to one of our kernels: same first index, same numbers.</summary>
public sealed class TalibGoldenTests
{
    private static readonly Dictionary<string, (Func<IIndicator> Create, Func<IIndicator, double> Read)> Kernels = new()
    {
        ["sma_20"] = (() => new Sma(20), k => k.Value),
        ["sma_200"] = (() => new Sma(200), k => k.Value),
        ["ema_20"] = (() => new Ema(20), k => k.Value),
        ["wma_20"] = (() => new Wma(20), k => k.Value),
        ["dema_20"] = (() => new Dema(20), k => k.Value),
        ["tema_20"] = (() => new Tema(20), k => k.Value),
        ["kama_10"] = (() => new Kama(10), k => k.Value),
        ["bbands_upper"] = (() => new BollingerBands(20, 2), k => k.Output(0)),
        ["bbands_middle"] = (() => new BollingerBands(20, 2), k => k.Output(1)),
        ["bbands_lower"] = (() => new BollingerBands(20, 2), k => k.Output(2)),
        ["sar_002_02"] = (() => new ParabolicSar(0.02, 0.2), k => k.Value),
        ["rsi_14"] = (() => new Rsi(14), k => k.Value),
        ["macd"] = (() => new Macd(12, 26, 9), k => k.Output(0)),
        ["macd_signal"] = (() => new Macd(12, 26, 9), k => k.Output(1)),
        ["macd_hist"] = (() => new Macd(12, 26, 9), k => k.Output(2)),
        ["stoch_slowk"] = (() => new Stochastic(14, 3, 3), k => k.Output(0)),
        ["stoch_slowd"] = (() => new Stochastic(14, 3, 3), k => k.Output(1)),
        ["stochf_fastk"] = (() => new Stochastic(14, 1, 3), k => k.Output(0)),
        ["stochf_fastd"] = (() => new Stochastic(14, 1, 3), k => k.Output(1)),
        ["stochrsi_fastk"] = (() => new StochasticRsi(14, 14, 3), k => k.Output(0)),
        ["stochrsi_fastd"] = (() => new StochasticRsi(14, 14, 3), k => k.Output(1)),
        ["adx_14"] = (() => new Adx(14), k => k.Value),
        ["dx_14"] = (() => new DirectionalMovement(14), k => ((DirectionalMovement)k).Dx),
        ["plus_di_14"] = (() => new DirectionalMovement(14), k => k.Output(0)),
        ["minus_di_14"] = (() => new DirectionalMovement(14), k => k.Output(1)),
        ["cci_20"] = (() => new Cci(20), k => k.Value),
        ["willr_14"] = (() => new WilliamsR(14), k => k.Value),
        ["roc_10"] = (() => new RateOfChange(10), k => k.Value),
        ["mom_10"] = (() => new Momentum(10), k => k.Value),
        ["cmo_14"] = (() => new Cmo(14), k => k.Value),
        ["ppo_12_26_ema"] = (() => new PercentagePriceOscillator(12, 26), k => k.Value),
        ["apo_12_26_ema"] = (() => new AbsolutePriceOscillator(12, 26), k => k.Value),
        ["trix_15"] = (() => new Trix(15), k => k.Value),
        ["ultosc_7_14_28"] = (() => new UltimateOscillator(7, 14, 28), k => k.Value),
        ["aroon_up"] = (() => new Aroon(14), k => k.Output(0)),
        ["aroon_down"] = (() => new Aroon(14), k => k.Output(1)),
        ["aroonosc_14"] = (() => new Aroon(14), k => k.Value),
        ["mfi_14"] = (() => new Mfi(14), k => k.Value),
        ["atr_14"] = (() => new Atr(14), k => k.Value),
        ["natr_14"] = (() => new Natr(14), k => k.Value),
        ["trange"] = (() => new TrueRange(), k => k.Value),
        ["obv"] = (() => new Obv(), k => k.Value),
        ["stddev_20_1"] = (() => new StandardDeviation(20, 1), k => k.Value),
        ["var_20"] = (() => new StandardDeviation(20), k => k.Value * k.Value),
        ["linearreg_14"] = (() => new LinearRegression(14), k => ((LinearRegression)k).EndPoint),
        ["linearreg_slope_14"] = (() => new LinearRegression(14), k => k.Value),
        ["tsf_14"] = (() => new LinearRegression(14), k => ((LinearRegression)k).Forecast),
    };

    public static TheoryData<string> Columns => [.. Kernels.Keys];

    [Theory]
    [MemberData(nameof(Columns))]
    public void Update_GoldenBars_EqualsTalib(string column)
    {
        (Func<IIndicator> create, Func<IIndicator, double> read) = Kernels[column];
        (string[] values, double noise) = Golden(column);
        Ohlcv[] bars = Bars();
        bars.Length.ShouldBe(400);
        IIndicator kernel = create();
        for (int i = 0; i < bars.Length; i++)
        {
            kernel.Update(bars[i]);
            double actual = read(kernel);
            if (values[i].Length == 0)
            {
                actual.ShouldBe(double.NaN, $"bar {i}");
                continue;
            }

            double expected = double.Parse(values[i], CultureInfo.InvariantCulture);
            actual.ShouldBe(expected, (1e-9 * Math.Max(1, Math.Abs(expected))) + (4 * noise), $"bar {i}");
        }
    }

    private static (string[] Values, double Noise) Golden(string column)
    {
        string[] lines = File.ReadAllLines(SharedData.Require("data/golden/talib/values.csv"));
        int at = Array.IndexOf(lines[0].Split(','), column);
        at.ShouldBePositive();
        string noise = File.ReadLines(SharedData.Require("data/golden/talib/columns.csv"))
            .Single(line => line.StartsWith($"values.csv,{column},", StringComparison.Ordinal))
            .Split(',')[^1];
        return ([.. lines.Skip(1).Select(line => line.Split(',')[at])], noise.Length == 0 ? 0 : double.Parse(noise, CultureInfo.InvariantCulture));
    }

    private static Ohlcv[] Bars() => [.. File.ReadLines(SharedData.Require("data/golden/talib/bars.csv")).Skip(1).Select(Parse)];

    private static Ohlcv Parse(string line)
    {
        double[] cells = [.. line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
        return new Ohlcv(cells[1], cells[2], cells[3], cells[4], cells[5]);
    }
}
