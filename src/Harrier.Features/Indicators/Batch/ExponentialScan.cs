using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Harrier.Features.Indicators.Batch;

/// <summary>
/// The recurrence y = y' + a (x - y') over many values. Written as y = q y' + a x, four steps at once depend on the last y' only through
/// its product with a power of q (Kogge and Stone, 1973), so the chain that limits the plain loop is four times shorter.
/// </summary>
internal static class ExponentialScan
{
    /// <summary>Computes <paramref name="output"/> from <paramref name="input"/>, which may be the same memory.</summary>
    /// <param name="input">x.</param>
    /// <param name="alpha">a.</param>
    /// <param name="last">y before the first x.</param>
    /// <param name="output">y, as many as x.</param>
    /// <returns>The last y.</returns>
    public static double Run(ReadOnlySpan<double> input, double alpha, double last, Span<double> output)
    {
        output = output[..input.Length];
        double keep = 1 - alpha;
        double keep2 = keep * keep;
        Vector256<double> weights = Vector256.Create(alpha);
        Vector256<double> keeps = Vector256.Create(keep);
        Vector256<double> keeps2 = Vector256.Create(keep2);
        Vector256<double> keeps4 = Vector256.Create(keep2 * keep2);
        Vector256<double> powers = Vector256.Create(keep, keep2, keep2 * keep, keep2 * keep2);
        Vector256<double> carried = Vector256.Create(last);
        ReadOnlySpan<Vector256<double>> inputs = MemoryMarshal.Cast<double, Vector256<double>>(input);
        Span<Vector256<double>> outputs = MemoryMarshal.Cast<double, Vector256<double>>(output);
        for (int i = 0; i < inputs.Length; i++)
        {
            Vector256<double> sums = weights * inputs[i];

            // Lanes outside the vector shuffle in as 0.
            sums = Vector256.FusedMultiplyAdd(keeps, Vector256.Shuffle(sums, Vector256.Create(-1L, 0, 1, 2)), sums);
            sums = Vector256.FusedMultiplyAdd(keeps2, Vector256.Shuffle(sums, Vector256.Create(-1L, -1, 0, 1)), sums);
            outputs[i] = Vector256.FusedMultiplyAdd(powers, carried, sums);
            carried = Vector256.FusedMultiplyAdd(keeps4, carried, Vector256.Shuffle(sums, Vector256.Create(3L, 3, 3, 3)));
        }

        double value = carried[0];
        for (int i = inputs.Length * Vector256<double>.Count; i < input.Length; i++)
        {
            value += alpha * (input[i] - value);
            output[i] = value;
        }

        return value;
    }
}
