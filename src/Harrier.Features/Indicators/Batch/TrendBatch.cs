using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Harrier.Features.Indicators.Batch;

/// <summary>ADX over whole columns; equals the kernel within 1e-10 on its scale of 0 to 100.</summary>
public static class TrendBatch
{
    // Halved at every bar of a chunk, the fastest decay there is (n = 2), this is still above the smallest number.
    private const double CannotVanishInAChunk = 1e-150;

    /// <summary>
    /// Average directional index with Wilder's smoothing, see <see cref="Indicators.Adx"/>. DX is the ratio of two movements, from which
    /// the true range cancels, so it is not computed.
    /// </summary>
    /// <param name="bars">Oldest first; every close lies within its bar.</param>
    /// <param name="period">n, 2 or more.</param>
    /// <param name="output">One per bar; NaN while warming up.</param>
    public static void Adx(HighLowClose bars, int period, Span<double> output)
    {
        BatchChecks.SameLength(bars.Length, output.Length);
        Adx kernel = new(period);
        int start = Math.Min(kernel.WarmUp, bars.Length);
        for (int i = 0; i < start; i++)
        {
            output[i] = kernel.Update(bars[i]);
        }

        double weight = 1.0 / period;
        double rise = kernel.Rises;
        double fall = kernel.Falls;
        double index = kernel.Value;
        Span<double> buffer = stackalloc double[BatchChecks.ChunkLength];
        for (; start < bars.Length; start += BatchChecks.ChunkLength)
        {
            int length = Math.Min(BatchChecks.ChunkLength, bars.Length - start);
            Span<double> rises = output.Slice(start, length);
            Span<double> falls = buffer[..length];
            Movements(bars.High.Slice(start - 1, length + 1), bars.Low.Slice(start - 1, length + 1), rises, falls);
            bool movesAllAlong = rise + fall > CannotVanishInAChunk;
            rise = ExponentialScan.Run(rises, weight, rise, rises);
            fall = ExponentialScan.Run(falls, weight, fall, falls);
            index = movesAllAlong
                ? Average(rises, falls, weight, index)
                : AverageWithGaps(rises, falls, weight, index);
        }
    }

    /// <summary>Turns rises into ADX where DX is defined throughout.</summary>
    private static double Average(Span<double> rises, Span<double> falls, double weight, double last)
    {
        Span<double> totals = stackalloc double[BatchChecks.ChunkLength];
        totals = totals[..rises.Length];
        TensorPrimitives.Add(rises, falls, totals);
        TensorPrimitives.Subtract(rises, falls, rises);
        TensorPrimitives.Abs(rises, rises);
        TensorPrimitives.Divide(rises, totals, rises);
        TensorPrimitives.Multiply(rises, 100, rises);
        return ExponentialScan.Run(rises, weight, last, rises);
    }

    /// <summary>The same where nothing has moved for so long that DX is undefined: the average stays.</summary>
    private static double AverageWithGaps(Span<double> rises, Span<double> falls, double weight, double last)
    {
        for (int i = 0; i < rises.Length; i++)
        {
            double total = rises[i] + falls[i];
            last += total > 0 ? weight * ((100 * (Math.Abs(rises[i] - falls[i]) / total)) - last) : 0;
            rises[i] = last;
        }

        return last;
    }

    /// <summary>Directional movements; the columns begin one bar early.</summary>
    private static void Movements(ReadOnlySpan<double> high, ReadOnlySpan<double> low, Span<double> rises, Span<double> falls)
    {
        TensorPrimitives.Subtract(high[1..], high[..^1], rises);
        TensorPrimitives.Subtract(low[..^1], low[1..], falls);
        Span<Vector256<double>> riseBlocks = MemoryMarshal.Cast<double, Vector256<double>>(rises);
        Span<Vector256<double>> fallBlocks = MemoryMarshal.Cast<double, Vector256<double>>(falls);
        for (int i = 0; i < riseBlocks.Length; i++)
        {
            Vector256<double> up = riseBlocks[i];
            Vector256<double> down = fallBlocks[i];
            riseBlocks[i] = Vector256.BitwiseAnd(Vector256.Max(up, Vector256<double>.Zero), Vector256.GreaterThan(up, down));
            fallBlocks[i] = Vector256.BitwiseAnd(Vector256.Max(down, Vector256<double>.Zero), Vector256.GreaterThan(down, up));
        }

        for (int i = riseBlocks.Length * Vector256<double>.Count; i < rises.Length; i++)
        {
            double up = rises[i];
            double down = falls[i];
            rises[i] = up > down && up > 0 ? up : 0;
            falls[i] = down > up && down > 0 ? down : 0;
        }
    }
}
