namespace Harrier.Features.Indicators.Batch;

/// <summary>Any indicator over whole series: the loop over its kernel.</summary>
public static class IndicatorBatch
{
    /// <summary>Feeds all bars and collects one output.</summary>
    /// <param name="indicator">The kernel; it keeps its state, so a series may come in parts.</param>
    /// <param name="bars">Oldest first.</param>
    /// <param name="values">One value per bar; NaN while warming up.</param>
    /// <param name="output">Which output of the indicator.</param>
    public static void Run(IIndicator indicator, ReadOnlySpan<Ohlcv> bars, Span<double> values, int output = 0)
    {
        BatchChecks.SameLength(bars.Length, values.Length);
        for (int i = 0; i < bars.Length; i++)
        {
            indicator.Update(bars[i]);
            values[i] = indicator.Output(output);
        }
    }
}
