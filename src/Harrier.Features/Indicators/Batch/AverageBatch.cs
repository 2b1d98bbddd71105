using System.Numerics.Tensors;

namespace Harrier.Features.Indicators.Batch;

/// <summary>
/// SMA, EMA and MACD over whole columns. They equal the kernels within 1e-12 of the largest price: the sums are formed in another order.
/// </summary>
public static class AverageBatch
{
    private const int MeansAtOnce = 2 * BatchChecks.ChunkLength;

    /// <summary>Simple moving average, see <see cref="Indicators.Sma"/>.</summary>
    /// <param name="values">Oldest first.</param>
    /// <param name="period">Length of the window.</param>
    /// <param name="output">One per value, in other memory; NaN while warming up.</param>
    public static void Sma(ReadOnlySpan<double> values, int period, Span<double> output)
    {
        IndicatorParameterException.RequirePeriod(period);
        BatchChecks.SameLength(values.Length, output.Length);
        int warmUp = Math.Min(period - 1, values.Length);
        output[..warmUp].Fill(double.NaN);
        if (warmUp == period - 1 && warmUp < values.Length)
        {
            Means(values, period, output[warmUp..]);
        }
    }

    /// <summary>Exponential moving average, see <see cref="Indicators.Ema"/>.</summary>
    /// <param name="values">Oldest first.</param>
    /// <param name="period">n.</param>
    /// <param name="output">One per value; NaN while warming up.</param>
    /// <param name="seeding">Where the average starts.</param>
    public static void Ema(ReadOnlySpan<double> values, int period, Span<double> output, Seeding seeding = Seeding.SimpleMean)
    {
        BatchChecks.SameLength(values.Length, output.Length);
        Ema kernel = new(period, seeding);
        int warmUp = Math.Min(kernel.WarmUp, values.Length);
        for (int i = 0; i < warmUp; i++)
        {
            output[i] = kernel.Update(values[i]);
        }

        ExponentialScan.Run(values[warmUp..], 2.0 / (period + 1), kernel.Value, output[warmUp..]);
    }

    /// <summary>Moving average convergence divergence, see <see cref="Indicators.Macd"/>.</summary>
    /// <param name="values">Oldest first.</param>
    /// <param name="periods">The three periods.</param>
    /// <param name="output">One value of each per input; NaN while warming up.</param>
    public static void Macd(ReadOnlySpan<double> values, MacdPeriods periods, MacdColumns output)
    {
        output.Check(values.Length);
        Macd kernel = new(periods.Fast, periods.Slow, periods.Signal);
        int start = Math.Min(kernel.WarmUp, values.Length);
        for (int i = 0; i < start; i++)
        {
            output.Line[i] = kernel.Update(values[i]);
            output.Signal[i] = kernel.Signal;
            output.Histogram[i] = kernel.Histogram;
        }

        if (!kernel.IsReady)
        {
            return;
        }

        double fastWeight = 2.0 / (Math.Min(periods.Fast, periods.Slow) + 1);
        double slowWeight = 2.0 / (Math.Max(periods.Fast, periods.Slow) + 1);
        double signalWeight = 2.0 / (periods.Signal + 1);
        double fast = kernel.FastAverage;
        double slow = kernel.SlowAverage;
        double signal = kernel.Signal;
        Span<double> slows = stackalloc double[BatchChecks.ChunkLength];
        for (; start < values.Length; start += BatchChecks.ChunkLength)
        {
            int length = Math.Min(BatchChecks.ChunkLength, values.Length - start);
            ReadOnlySpan<double> chunk = values.Slice(start, length);
            Span<double> line = output.Line.Slice(start, length);
            Span<double> signals = output.Signal.Slice(start, length);
            fast = ExponentialScan.Run(chunk, fastWeight, fast, line);
            slow = ExponentialScan.Run(chunk, slowWeight, slow, slows);
            TensorPrimitives.Subtract(line, slows[..length], line);
            signal = ExponentialScan.Run(line, signalWeight, signal, signals);
            TensorPrimitives.Subtract(line, signals, output.Histogram.Slice(start, length));
        }
    }

    /// <summary>Means of all windows; as many as there are windows.</summary>
    internal static void Means(ReadOnlySpan<double> values, int period, Span<double> output)
    {
        int windows = values.Length - period + 1;
        for (int start = 0; start < windows; start += MeansAtOnce)
        {
            // Scaled chunk by chunk, while the sums are still in the cache.
            int length = Math.Min(MeansAtOnce, windows - start);
            Span<double> means = output.Slice(start, length);
            SlidingFold<Summation>.Run(values.Slice(start, length + period - 1), period, means);
            TensorPrimitives.Multiply(means, 1.0 / period, means);
        }
    }
}
