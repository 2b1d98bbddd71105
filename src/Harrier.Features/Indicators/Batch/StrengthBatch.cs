using System.Numerics.Tensors;

namespace Harrier.Features.Indicators.Batch;

/// <summary>RSI over whole columns; equals the kernel within 1e-10 on its scale of 0 to 100.</summary>
public static class StrengthBatch
{
    /// <summary>Relative strength index with Wilder's smoothing, see <see cref="Indicators.Rsi"/>.</summary>
    /// <param name="values">Oldest first.</param>
    /// <param name="period">n, 2 or more.</param>
    /// <param name="output">One per value; NaN while warming up.</param>
    public static void Rsi(ReadOnlySpan<double> values, int period, Span<double> output)
    {
        BatchChecks.SameLength(values.Length, output.Length);
        Rsi kernel = new(period);
        int start = Math.Min(kernel.WarmUp, values.Length);
        for (int i = 0; i < start; i++)
        {
            output[i] = kernel.Update(values[i]);
        }

        double weight = 1.0 / period;
        double gain = kernel.AverageGain;
        double loss = kernel.AverageLoss;
        Span<double> buffer = stackalloc double[BatchChecks.ChunkLength];
        for (; start < values.Length; start += BatchChecks.ChunkLength)
        {
            int length = Math.Min(BatchChecks.ChunkLength, values.Length - start);
            Span<double> gains = output.Slice(start, length);
            Span<double> losses = buffer[..length];
            TensorPrimitives.Subtract(values.Slice(start, length), values.Slice(start - 1, length), losses);
            TensorPrimitives.Max(losses, 0, gains);
            TensorPrimitives.Subtract(gains, losses, losses);
            gain = ExponentialScan.Run(gains, weight, gain, gains);
            loss = ExponentialScan.Run(losses, weight, loss, losses);
            TensorPrimitives.Add(gains, losses, losses);

            // 0 over the smallest number there is makes the 0 that stands for no change at all; any other total is at least that large.
            TensorPrimitives.Max(losses, double.Epsilon, losses);
            TensorPrimitives.Divide(gains, losses, gains);
            TensorPrimitives.Multiply(gains, 100, gains);
        }
    }
}
