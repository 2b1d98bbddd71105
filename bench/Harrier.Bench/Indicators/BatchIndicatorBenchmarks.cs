using BenchmarkDotNet.Attributes;

namespace Harrier.Bench.Indicators;

/// <summary>One batch computation over 100,000 bars.</summary>
[MemoryDiagnoser]
public class BatchIndicatorBenchmarks
{
    private Action _work = () => { };

    [Params("sma_20", "ema_20", "rsi_14", "macd_12_26_9", "bbands_20_2", "atr_14", "adx_14", "stoch_14_3_3")]
    public string Id { get; set; } = string.Empty;

    [GlobalSetup]
    public void Setup() => _work = new BatchWork(new AnchorSeries(100_000)).For(Id);

    [Benchmark(OperationsPerInvoke = 100_000)]
    public void Batch() => _work();
}
