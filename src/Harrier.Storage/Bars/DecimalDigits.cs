using System.Globalization;
using System.Runtime.CompilerServices;

namespace Harrier.Storage.Bars;

/// <summary>A decimal number as written: <paramref name="Mantissa"/> / 10^<paramref name="Scale"/>, exact.</summary>
/// <param name="Mantissa">All digits as an integer of at most 18 digits.</param>
/// <param name="Scale">Number of decimals, 0 to 18.</param>
internal readonly record struct DecimalDigits(long Mantissa, int Scale)
{
    /// <summary>The most digits that a mantissa holds.</summary>
    public const int MaxDigits = 18;

    private const long MaxExactDouble = 1L << 53;

    // A double within this relative distance of a shorter decimal was that decimal before it passed through floating point.
    private const double DustTolerance = 1e-12;

    private static readonly long[] Powers = CreatePowers();
    private static readonly UInt128 MostDigitsRead = (UInt128)Powers[MaxDigits] * (UInt128)Powers[MaxDigits];
    private static readonly double[] DoublePowers = [.. Powers.Select(power => (double)power)];

    /// <summary>10^<paramref name="exponent"/> for 0 to 18.</summary>
    public static long PowerOfTen(int exponent) => Powers[exponent];

    /// <summary>Reads digits with optional sign, point and exponent; digits beyond the 18th are rounded.</summary>
    /// <returns>False when the text is not a number, or one too large or too fine to hold.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out DecimalDigits digits)
    {
        digits = default;
        int exponent = 0;
        int mark = text.IndexOfAny((byte)'e', (byte)'E');
        if (mark >= 0)
        {
            if (!int.TryParse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || Math.Abs(exponent) > 40)
            {
                return false;
            }

            text = text[..mark];
        }

        bool negative = text.Length > 0 && text[0] == '-';
        if (negative || (text.Length > 0 && text[0] == '+'))
        {
            text = text[1..];
        }

        if (!TryReadDigits(text, out UInt128 mantissa, out int scale))
        {
            return false;
        }

        return TryNormalize(mantissa, scale - exponent, out digits) && (!negative || Negate(ref digits));
    }

    /// <summary>
    /// The shortest decimal within 1e-12 of the value, relative, when the value has at least <paramref name="minDigits"/> significant digits;
    /// otherwise the value without trailing zeros.
    /// </summary>
    public DecimalDigits WithoutDust(int minDigits)
    {
        DecimalDigits trimmed = Trimmed();
        long mantissa = Math.Abs(trimmed.Mantissa);
        if (mantissa < Powers[minDigits - 1])
        {
            return trimmed;
        }

        double tolerance = mantissa * DustTolerance;
        for (int removed = trimmed.Scale; removed > 0; removed--)
        {
            long power = Powers[removed];
            long rounded = (mantissa + (power / 2)) / power;
            if (rounded > 0 && Math.Abs((rounded * power) - mantissa) <= tolerance)
            {
                return new DecimalDigits(Math.Sign(trimmed.Mantissa) * rounded, trimmed.Scale - removed).Trimmed();
            }
        }

        return trimmed;
    }

    /// <summary>The same number without zeros behind the last decimal.</summary>
    public DecimalDigits Trimmed()
    {
        long mantissa = Mantissa;
        int scale = Scale;
        while (scale > 0 && mantissa % 10 == 0)
        {
            mantissa /= 10;
            scale--;
        }

        return new DecimalDigits(mantissa, scale);
    }

    /// <summary>The nearest double: the same bits however many zeros the text had.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double ToDouble()
    {
        if (Math.Abs(Mantissa) <= MaxExactDouble)
        {
            // Both operands are exact, so the quotient is the correctly rounded value (Clinger 1990).
            return Mantissa / DoublePowers[Scale];
        }

        DecimalDigits trimmed = Trimmed();
        return Math.Abs(trimmed.Mantissa) <= MaxExactDouble
            ? trimmed.Mantissa / DoublePowers[trimmed.Scale]
            : double.Parse(FormattableString.Invariant($"{trimmed.Mantissa}e-{trimmed.Scale}"), CultureInfo.InvariantCulture);
    }

    private static bool Negate(ref DecimalDigits digits)
    {
        digits = digits with { Mantissa = -digits.Mantissa };
        return true;
    }

    private static bool TryReadDigits(ReadOnlySpan<byte> text, out UInt128 mantissa, out int scale)
    {
        mantissa = 0;
        scale = 0;
        bool point = false;
        int count = 0;
        foreach (byte symbol in text)
        {
            if (symbol == '.' && !point)
            {
                point = true;
                continue;
            }

            uint digit = (uint)(symbol - '0');
            if (digit > 9)
            {
                return false;
            }

            count++;
            if (mantissa < MostDigitsRead)
            {
                mantissa = (mantissa * 10) + digit;
                scale += point ? 1 : 0;
            }
            else if (!point)
            {
                return false;
            }
        }

        return count > 0;
    }

    // Brings any number to at most 18 digits and 0 to 18 decimals.
    private static bool TryNormalize(UInt128 mantissa, int scale, out DecimalDigits digits)
    {
        digits = default;
        if (mantissa == 0)
        {
            return true;
        }

        while (scale > 0 && mantissa % 10 == 0)
        {
            mantissa /= 10;
            scale--;
        }

        while (scale > 0 && (scale > MaxDigits || mantissa >= (UInt128)Powers[MaxDigits]))
        {
            mantissa = (mantissa + 5) / 10;
            scale--;
        }

        while (scale < 0 && mantissa < (UInt128)Powers[MaxDigits])
        {
            mantissa *= 10;
            scale++;
        }

        if (scale < 0 || mantissa >= (UInt128)Powers[MaxDigits])
        {
            return false;
        }

        digits = new DecimalDigits((long)mantissa, scale);
        return true;
    }

    private static long[] CreatePowers()
    {
        long[] powers = new long[MaxDigits + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.Length; i++)
        {
            powers[i] = powers[i - 1] * 10;
        }

        return powers;
    }
}
