using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Harrier.Features.Indicators.Batch;

/// <summary>Bollinger bands over whole columns; they equal the kernel within 1e-12 of the largest price.</summary>
public static class BandBatch
{
    /// <summary>Bollinger bands with the population deviation, see <see cref="BollingerBands"/>.</summary>
    /// <param name="values">Oldest first.</param>
    /// <param name="period">Length of the window, 2 or more.</param>
    /// <param name="multiplier">Half width in standard deviations.</param>
    /// <param name="output">One value of each per input; NaN while warming up.</param>
    public static void Bollinger(ReadOnlySpan<double> values, int period, double multiplier, BandColumns output)
    {
        IndicatorParameterException.RequirePeriod(period, 2);
        IndicatorParameterException.RequirePositive(multiplier);
        output.Check(values.Length);
        int first = Math.Min(period - 1, values.Length);
        output.Upper[..first].Fill(double.NaN);
        output.Middle[..first].Fill(double.NaN);
        output.Lower[..first].Fill(double.NaN);
        int done = first == values.Length ? first : Vectors(values, period, multiplier, output);
        FinishOneByOne(values, done, new BollingerBands(period, multiplier), output);
    }

    /// <summary>
    /// Bands of eight neighboring windows at a time, in two vectors that fill each other's waiting times. Distances from each window's
    /// newest value keep the squares small: the newest value is at most sqrt(n) deviations from the mean, so the difference of the two
    /// sums loses at most a factor n + 1. References instead of slices: copying slices costs more here than the arithmetic.
    /// </summary>
    /// <returns>How many bars are done, those warming up included.</returns>
    private static int Vectors(ReadOnlySpan<double> values, int period, double multiplier, BandColumns output)
    {
        const int lanes = 4;
        ref double input = ref MemoryMarshal.GetReference(values);
        ref double upper = ref MemoryMarshal.GetReference(output.Upper);
        ref double middle = ref MemoryMarshal.GetReference(output.Middle);
        ref double lower = ref MemoryMarshal.GetReference(output.Lower);
        double share = 1.0 / period;
        int before = period - 1;
        int at = before;
        for (; at <= values.Length - (2 * lanes); at += 2 * lanes)
        {
            ref double newest = ref Unsafe.Add(ref input, at);
            Vector256<double> newest1 = Vector256.LoadUnsafe(ref newest);
            Vector256<double> newest2 = Vector256.LoadUnsafe(ref newest, lanes);
            Vector256<double> sums1 = Vector256<double>.Zero;
            Vector256<double> sums2 = Vector256<double>.Zero;
            Vector256<double> squares1 = Vector256<double>.Zero;
            Vector256<double> squares2 = Vector256<double>.Zero;
            for (int i = at - before; i < at; i++)
            {
                Vector256<double> distance1 = Vector256.LoadUnsafe(ref input, (nuint)i) - newest1;
                Vector256<double> distance2 = Vector256.LoadUnsafe(ref input, (nuint)(i + lanes)) - newest2;
                sums1 += distance1;
                sums2 += distance2;
                squares1 = Vector256.FusedMultiplyAdd(distance1, distance1, squares1);
                squares2 = Vector256.FusedMultiplyAdd(distance2, distance2, squares2);
            }

            Vector256<double> halfWidth1 = HalfWidth(sums1 * share, squares1 * share, multiplier);
            Vector256<double> halfWidth2 = HalfWidth(sums2 * share, squares2 * share, multiplier);
            Store(newest1 + (sums1 * share), halfWidth1, ref Unsafe.Add(ref upper, at), ref Unsafe.Add(ref middle, at), ref Unsafe.Add(ref lower, at));
            int next = at + lanes;
            Store(newest2 + (sums2 * share), halfWidth2, ref Unsafe.Add(ref upper, next), ref Unsafe.Add(ref middle, next), ref Unsafe.Add(ref lower, next));
        }

        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> HalfWidth(Vector256<double> offset, Vector256<double> meanSquare, double multiplier) =>
        Vector256.Sqrt(Vector256.MaxNative(meanSquare - (offset * offset), Vector256<double>.Zero)) * multiplier;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<double> mean, Vector256<double> halfWidth, ref double upper, ref double middle, ref double lower)
    {
        (mean + halfWidth).StoreUnsafe(ref upper);
        mean.StoreUnsafe(ref middle);
        (mean - halfWidth).StoreUnsafe(ref lower);
    }

    private static void FinishOneByOne(ReadOnlySpan<double> values, int start, BollingerBands kernel, BandColumns output)
    {
        int first = Math.Max(0, start - kernel.WarmUp + 1);
        for (int i = first; i < values.Length; i++)
        {
            kernel.Update(values[i]);
            if (i >= start)
            {
                output.Upper[i] = kernel.Upper;
                output.Middle[i] = kernel.Middle;
                output.Lower[i] = kernel.Lower;
            }
        }
    }
}
