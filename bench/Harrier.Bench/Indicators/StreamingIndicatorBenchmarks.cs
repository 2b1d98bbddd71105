using BenchmarkDotNet.Attributes;
using Harrier.Features;
using Harrier.Features.Indicators;

namespace Harrier.Bench.Indicators;

/// <summary>One update through <see cref="IIndicator"/>; must stay at 0 bytes.</summary>
[MemoryDiagnoser]
public class StreamingIndicatorBenchmarks
{
    private const int BarCount = 10_000;

    private readonly Ohlcv[] _bars = new AnchorSeries(BarCount).Bars;
    private IIndicator _kernel = new Sma(1);

    [Params("sma:20", "ema:20", "rsi:14", "macd:12:26:9", "bbands:20:2", "atr:14", "adx:14", "stoch:14:3:3", "cci:20", "mfi:14", "supertrend:10:3")]
    public string Text { get; set; } = string.Empty;

    [GlobalSetup]
    public void Setup() => _kernel = IndicatorCatalog.Parse(Text).Kernel;

    [Benchmark(OperationsPerInvoke = BarCount)]
    public double Update()
    {
        double sum = 0;
        for (int i = 0; i < _bars.Length; i++)
        {
            sum += _kernel.Update(_bars[i]);
        }

        return sum;
    }
}
