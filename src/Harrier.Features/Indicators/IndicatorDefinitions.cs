using static Harrier.Features.Indicators.IndicatorParameter;

namespace Harrier.Features.Indicators;

/// <summary>The entries of the catalog, grouped as in textbooks.</summary>
internal static class IndicatorDefinitions
{
    private static readonly IndicatorParameter Period10 = Whole("period", 10);
    private static readonly IndicatorParameter Period14 = Whole("period", 14);
    private static readonly IndicatorParameter Period20 = Whole("period", 20);
    private static readonly IndicatorParameter Smoothed = Word("smoothing", "wilder", "simple", "exponential");
    private static readonly IndicatorParameter Divisor = Word("deviation", "population", "sample");
    private static readonly IndicatorParameter Seeded = Word("seeding", "mean", "first");

    public static IReadOnlyList<IndicatorDefinition> All { get; } =
        [.. Averages(), .. Oscillators(), .. Channels(), .. Trends(), .. Volumes(), .. Statistics()];

    private static IndicatorDefinition[] Averages() =>
    [
        new("sma", [Period20], ["sma*"], a => new Sma(a.Whole(0))),
        new("ema", [Period20, Seeded], ["ema*"], a => new Ema(a.Whole(0), (Seeding)a.Word(1))),
        new("wma", [Period20], ["wma*"], a => new Wma(a.Whole(0))),
        new("dema", [Period20], ["dema*"], a => new Dema(a.Whole(0))),
        new("tema", [Period20], ["tema*"], a => new Tema(a.Whole(0))),
        new("hma", [Period20], ["hma*"], a => new Hma(a.Whole(0))),
        new("kama", [Period10, Whole("fast", 2), Whole("slow", 30)], ["kama*"], a => new Kama(a.Whole(0), a.Whole(1), a.Whole(2))),
    ];

    private static IndicatorDefinition[] Oscillators() =>
    [
        new("rsi", [Period14, Smoothed, Seeded], ["rsi*"], a => new Rsi(a.Whole(0), (Smoothing)a.Word(1), (Seeding)a.Word(2))),
        new("cmo", [Period14, Smoothed, Seeded], ["cmo*"], a => new Cmo(a.Whole(0), (Smoothing)a.Word(1), (Seeding)a.Word(2))),
        new(
            "macd",
            [Whole("fast", 12), Whole("slow", 26), Whole("signal", 9), Seeded],
            ["macd*", "macd*_signal", "macd*_hist"],
            a => new Macd(a.Whole(0), a.Whole(1), a.Whole(2), (Seeding)a.Word(3))),
        new("apo", [Whole("fast", 12), Whole("slow", 26)], ["apo*"], a => new AbsolutePriceOscillator(a.Whole(0), a.Whole(1))),
        new("ppo", [Whole("fast", 12), Whole("slow", 26)], ["ppo*"], a => new PercentagePriceOscillator(a.Whole(0), a.Whole(1))),
        new("trix", [Whole("period", 15)], ["trix*"], a => new Trix(a.Whole(0))),
        new("mom", [Period10], ["mom*"], a => new Momentum(a.Whole(0))),
        new("roc", [Period10], ["roc*"], a => new RateOfChange(a.Whole(0))),
        new(
            "stoch",
            [Period14, Whole("slowing", 3), Whole("signal", 3)],
            ["stoch*_k", "stoch*_d"],
            a => new Stochastic(a.Whole(0), a.Whole(1), a.Whole(2))),
        new(
            "stochrsi",
            [Period14, Whole("fastk", 5), Whole("fastd", 3)],
            ["stochrsi*_k", "stochrsi*_d"],
            a => new StochasticRsi(a.Whole(0), a.Whole(1), a.Whole(2))),
        new("willr", [Period14], ["willr*"], a => new WilliamsR(a.Whole(0))),
        new("cci", [Period20], ["cci*"], a => new Cci(a.Whole(0))),
        new(
            "ultosc",
            [Whole("shortest", 7), Whole("middle", 14), Whole("longest", 28)],
            ["ultosc*"],
            a => new UltimateOscillator(a.Whole(0), a.Whole(1), a.Whole(2))),
    ];

    private static IndicatorDefinition[] Channels() =>
    [
        new(
            "bbands",
            [Period20, Number("multiplier", 2), Divisor],
            ["bbands*_upper", "bbands*_middle", "bbands*_lower"],
            a => new BollingerBands(a.Whole(0), a.Number(1), (Deviation)a.Word(2))),
        new(
            "donchian",
            [Period20, Word("window", "prior", "current")],
            ["donchian*_upper", "donchian*_middle", "donchian*_lower"],
            a => new DonchianChannel(a.Whole(0), (DonchianWindow)a.Word(1))),
        new(
            "keltner",
            [Period20, Whole("atrperiod", 10), Number("multiplier", 2)],
            ["keltner*_upper", "keltner*_middle", "keltner*_lower"],
            a => new KeltnerChannel(a.Whole(0), a.Whole(1), a.Number(2))),
        new(
            "chandelier",
            [Whole("period", 22), Number("multiplier", 3)],
            ["chandelier*_long", "chandelier*_short"],
            a => new ChandelierExit(a.Whole(0), a.Number(1))),
        new(
            "ichimoku",
            [Whole("conversion", 9), Whole("base", 26), Whole("spanb", 52)],
            ["ichimoku*_conversion", "ichimoku*_base", "ichimoku*_span_a", "ichimoku*_span_b"],
            a => new Ichimoku(a.Whole(0), a.Whole(1), a.Whole(2))),
        new(
            "pivots",
            [],
            ["pivots_p", "pivots_r1", "pivots_s1", "pivots_r2", "pivots_s2", "pivots_r3", "pivots_s3"],
            _ => new PivotPoints())
        {
            NeedsTimes = true,
        },
    ];

    private static IndicatorDefinition[] Trends() =>
    [
        new("trange", [], ["trange"], _ => new TrueRange()),
        new("atr", [Period14, Smoothed, Seeded], ["atr*"], a => new Atr(a.Whole(0), (Smoothing)a.Word(1), (Seeding)a.Word(2))),
        new("natr", [Period14, Smoothed], ["natr*"], a => new Natr(a.Whole(0), (Smoothing)a.Word(1))),
        new("di", [Period14, Smoothed], ["plus_di*", "minus_di*"], a => new DirectionalMovement(a.Whole(0), (Smoothing)a.Word(1))),
        new("adx", [Period14, Smoothed], ["adx*"], a => new Adx(a.Whole(0), (Smoothing)a.Word(1))),
        new("aroon", [Period14], ["aroon*_up", "aroon*_down"], a => new Aroon(a.Whole(0))),
        new(
            "supertrend",
            [Period10, Number("multiplier", 3)],
            ["supertrend*", "supertrend*_direction"],
            a => new Supertrend(a.Whole(0), a.Number(1))),
        new(
            "sar",
            [Number("acceleration", 0.02), Number("maximum", 0.2)],
            ["sar*"],
            a => new ParabolicSar(a.Number(0), a.Number(1))),
    ];

    private static IndicatorDefinition[] Volumes() =>
    [
        new("mfi", [Period14], ["mfi*"], a => new Mfi(a.Whole(0))),
        new("cmf", [Period20], ["cmf*"], a => new ChaikinMoneyFlow(a.Whole(0))),
        new("obv", [Word("start", "volume", "zero")], ["obv*"], a => new Obv((ObvStart)a.Word(0))),

        // No parameter: vwap:20 would be read as a window by one person and as a width of the bands by another.
        new("vwap", [], ["vwap", "vwap_upper", "vwap_lower"], _ => new SessionVwap()) { NeedsTimes = true },
        new("rvwap", [Period20], ["rvwap*"], a => new RollingVwap(a.Whole(0))),
    ];

    private static IndicatorDefinition[] Statistics() =>
    [
        new(
            "stddev",
            [Period20, Number("multiplier", 1), Divisor],
            ["stddev*"],
            a => new StandardDeviation(a.Whole(0), a.Number(1), (Deviation)a.Word(2))),
        new("zscore", [Period20, Divisor], ["zscore*"], a => new ZScore(a.Whole(0), (Deviation)a.Word(1))),
        new("linearreg_slope", [Period14], ["linearreg_slope*"], a => new LinearRegression(a.Whole(0))),
    ];
}
