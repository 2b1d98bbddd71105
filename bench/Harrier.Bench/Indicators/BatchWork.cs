using Harrier.Features.Indicators.Batch;

namespace Harrier.Bench.Indicators;

/// <summary>The eight batch computations that are compared with TA-Lib, by the names its timing program uses.</summary>
public sealed class BatchWork
{
    private readonly Dictionary<string, Action> _work;
    private readonly double[] _first;
    private readonly double[] _second;
    private readonly double[] _third;

    public BatchWork(AnchorSeries series)
    {
        Series = series;
        int length = series.Close.Length;
        _first = new double[length];
        _second = new double[length];
        _third = new double[length];
        _work = new()
        {
            ["sma_20"] = () => AverageBatch.Sma(series.Close, 20, _first),
            ["ema_20"] = () => AverageBatch.Ema(series.Close, 20, _first),
            ["rsi_14"] = () => StrengthBatch.Rsi(series.Close, 14, _first),
            ["macd_12_26_9"] = () => AverageBatch.Macd(series.Close, new MacdPeriods(), new MacdColumns(_first, _second, _third)),
            ["bbands_20_2"] = () => BandBatch.Bollinger(series.Close, 20, 2, new BandColumns(_first, _second, _third)),
            ["atr_14"] = () => RangeBatch.Atr(Prices, 14, _first),
            ["adx_14"] = () => TrendBatch.Adx(Prices, 14, _first),
            ["stoch_14_3_3"] = () => RangeBatch.Stochastic(Prices, new StochasticPeriods(), new StochasticColumns(_first, _second)),
        };
    }

    public AnchorSeries Series { get; }

    public IReadOnlyCollection<string> Ids => _work.Keys;

    private HighLowClose Prices => new(Series.High, Series.Low, Series.Close);

    public Action For(string id) => _work[id];
}
