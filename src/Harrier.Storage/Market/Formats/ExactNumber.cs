using System.Globalization;
using System.Runtime.CompilerServices;
using Harrier.Domain;

namespace Harrier.Storage.Market.Formats;

/// <summary>
/// Between exact decimals and the doubles of the columns. A decimal of at most 15 significant digits is given back by the shortest text of its nearest
/// double (C's DBL_DIG); for the few with more digits, that is tried out.
/// </summary>
internal static class ExactNumber
{
    private const long SafeMantissa = 1_000_000_000_000_000;
    private const int MostSafeDecimals = 22;

    // Powers of ten up to 22 are exact as doubles, so that a quotient by one of them is rounded once and is the nearest double (Clinger 1990).
    private static readonly double[] Powers = [.. Enumerable.Range(0, MostSafeDecimals + 1).Select(power => double.Parse($"1e{power}", CultureInfo.InvariantCulture))];

    /// <summary>The nearest double.</summary>
    /// <param name="value">The exact number.</param>
    /// <param name="nearest">The nearest double.</param>
    /// <returns>True when the double's shortest text is the same number, so that nothing is lost.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryToDouble(decimal value, out double nearest)
    {
        if (TryGetSmall(value, out long mantissa, out int scale))
        {
            nearest = mantissa / Powers[scale];
            return true;
        }

        decimal trimmed = ExactDecimal.Trim(value);
        nearest = double.Parse(trimmed.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return TryGetSmall(trimmed, out _, out _) || (TryToDecimal(nearest, out decimal back) && back == value);
    }

    /// <summary>The number that the shortest text of a double shows.</summary>
    /// <returns>False when it is beyond what a decimal holds, or not a number.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryToDecimal(double value, out decimal exact)
    {
        int hint = 0;
        return TryToDecimal(value, ref hint, out exact);
    }

    /// <summary>As <see cref="TryToDecimal(double, out decimal)"/>, trying first the decimals that the numbers before had.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryToDecimal(double value, ref int decimals, out decimal exact)
    {
        for (int scale = decimals; scale <= decimals + 2 && scale <= MostSafeDecimals; scale++)
        {
            double scaled = Math.Round(value * Powers[scale]);
            if (Math.Abs(scaled) < SafeMantissa && scaled / Powers[scale] == value)
            {
                // No other decimal of at most 15 digits has the same nearest double, so this is the one that the shortest text shows.
                decimals = scale;
                long mantissa = (long)Math.Abs(scaled);
                exact = new decimal((int)mantissa, (int)(mantissa >> 32), 0, scaled < 0, (byte)scale);
                return true;
            }
        }

        bool valid = decimal.TryParse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out exact);
        decimals = valid && exact.Scale <= MostSafeDecimals ? exact.Scale : decimals;
        return valid;
    }

    /// <summary>The decimals that a number needs.</summary>
    public static int DecimalsOf(decimal value)
    {
        int scale = value.Scale;
        return scale == 0 || (scale > 0 && TryGetSmall(value, out long mantissa, out _) && mantissa % 10 != 0) ? scale : ExactDecimal.Trim(value).Scale;
    }

    /// <summary>The most decimals that the shortest text of any number of some columns needs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int MostDecimals(params ReadOnlySpan<ReadOnlyMemory<double>> columns)
    {
        int most = 0;
        foreach (ReadOnlyMemory<double> column in columns)
        {
            foreach (double value in column.Span)
            {
                if (Math.Round(value * Powers[most]) / Powers[most] != value)
                {
                    most = Math.Min(MostSafeDecimals, Math.Max(most, TryToDecimal(value, out decimal exact) ? ExactDecimal.Trim(exact).Scale : most));
                }
            }
        }

        return most;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryGetSmall(decimal value, out long mantissa, out int scale)
    {
        Span<int> bits = stackalloc int[4];
        _ = decimal.GetBits(value, bits);
        scale = (bits[3] >> 16) & 0xFF;
        mantissa = (uint)bits[0] | ((long)(uint)bits[1] << 32);
        bool small = bits[2] == 0 && (ulong)mantissa < SafeMantissa && scale <= MostSafeDecimals;
        mantissa = bits[3] < 0 ? -mantissa : mantissa;
        return small;
    }
}
