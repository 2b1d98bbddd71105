using System.Buffers;
using System.Numerics.Tensors;

namespace Harrier.Features.Indicators.Batch;

/// <summary>ATR and stochastic oscillator over whole columns; they equal the kernels within 1e-12 of the largest price and 1e-10 of 100.</summary>
public static class RangeBatch
{
    /// <summary>Average true range with Wilder's smoothing, see <see cref="Indicators.Atr"/>.</summary>
    /// <param name="bars">Oldest first.</param>
    /// <param name="period">n.</param>
    /// <param name="output">One per bar; NaN while warming up.</param>
    public static void Atr(HighLowClose bars, int period, Span<double> output)
    {
        BatchChecks.SameLength(bars.Length, output.Length);
        Atr kernel = new(period);
        int start = Math.Min(kernel.WarmUp, bars.Length);
        for (int i = 0; i < start; i++)
        {
            output[i] = kernel.Update(bars[i]);
        }

        double range = kernel.Value;
        Span<double> buffer = stackalloc double[BatchChecks.ChunkLength];
        for (; start < bars.Length; start += BatchChecks.ChunkLength)
        {
            int length = Math.Min(BatchChecks.ChunkLength, bars.Length - start);
            ReadOnlySpan<double> previous = bars.Close.Slice(start - 1, length);
            Span<double> ranges = output.Slice(start, length);
            Span<double> lows = buffer[..length];
            TensorPrimitives.Max(bars.High.Slice(start, length), previous, ranges);
            TensorPrimitives.Min(bars.Low.Slice(start, length), previous, lows);
            TensorPrimitives.Subtract(ranges, lows, ranges);
            range = ExponentialScan.Run(ranges, 1.0 / period, range, ranges);
        }
    }

    /// <summary>Stochastic oscillator, see <see cref="Indicators.Stochastic"/>.</summary>
    /// <param name="bars">Oldest first.</param>
    /// <param name="periods">The three lengths.</param>
    /// <param name="output">One value of each per bar; NaN while warming up.</param>
    public static void Stochastic(HighLowClose bars, StochasticPeriods periods, StochasticColumns output)
    {
        BatchChecks.SameLength(bars.Length, output.K.Length);
        BatchChecks.SameLength(bars.Length, output.D.Length);
        int range = IndicatorParameterException.RequirePeriod(periods.Range, 1, "range");
        int slowing = IndicatorParameterException.RequirePeriod(periods.Slowing, 1, "slowing");
        int signal = IndicatorParameterException.RequirePeriod(periods.Signal, 1, "signal");
        int warmUp = Math.Min(range + slowing + signal - 3, bars.Length);
        output.K[..warmUp].Fill(double.NaN);
        output.D[..warmUp].Fill(double.NaN);
        int lead = slowing + signal - 2;
        int chunk = Math.Max(2 * BatchChecks.ChunkLength, range + lead);
        double[] scratch = ArrayPool<double>.Shared.Rent(2 * (chunk + lead));
        for (int at = warmUp; at < bars.Length; at += chunk)
        {
            // A chunk begins as many bars early as the two means look back.
            int length = Math.Min(chunk, bars.Length - at);
            Span<double> raw = scratch.AsSpan(0, length + lead);
            Span<double> low = scratch.AsSpan(chunk + lead, length + lead);
            RawK(bars, at - lead, range, raw, low);
            Span<double> slow = low[..(length + signal - 1)];
            AverageBatch.Means(raw, slowing, slow);
            slow[(signal - 1)..].CopyTo(output.K[at..]);
            AverageBatch.Means(slow, signal, output.D.Slice(at, length));
        }

        ArrayPool<double>.Shared.Return(scratch);
    }

    /// <summary>Place of the close in its range, in percent, from bar <paramref name="from"/> on.</summary>
    private static void RawK(HighLowClose bars, int from, int range, Span<double> raw, Span<double> low)
    {
        int first = from - range + 1;
        int length = raw.Length + range - 1;
        SlidingFold<Maximum>.Run(bars.High.Slice(first, length), range, raw);
        SlidingFold<Minimum>.Run(bars.Low.Slice(first, length), range, low);
        TensorPrimitives.Subtract(raw, low, raw);

        // A flat range puts 0 over the smallest number there is, which makes the 0 of the definition.
        TensorPrimitives.Max(raw, double.Epsilon, raw);
        TensorPrimitives.Subtract(bars.Close.Slice(from, raw.Length), low, low);
        TensorPrimitives.Divide(low, raw, raw);
        TensorPrimitives.Multiply(raw, 100, raw);
    }
}
