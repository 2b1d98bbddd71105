using System.Numerics;

namespace Harrier.Storage.Recording;

/// <summary>
/// What both directions of the codec know about numbers: for each place in a text, told by the four bytes before it, the last number there, and whether its
/// difference to the one before it is usually shorter than itself. Times and ids grow by little; sizes jump.
/// </summary>
internal sealed class FieldContexts
{
    /// <summary>Stands for a whole number.</summary>
    public const byte Whole = 0x01;

    /// <summary>Begins a text that is kept as it is.</summary>
    public const byte Verbatim = 0x02;

    /// <summary>Ends a text.</summary>
    public const byte End = 0x00;

    /// <summary>Most digits of a number, and most of them behind the point; longer ones stay text.</summary>
    public const int MostDigits = 18;

    /// <summary>Most digits behind the point.</summary>
    public const int MostDecimals = 14;

    private const int FirstDecimal = 0x80;
    private const int Count = 4096;
    private const int ScoreWeight = 8;

    private static readonly (byte Decimals, byte Zeros)[] _forms = Forms();

    private readonly long[] _last = new long[Count];
    private readonly int[] _scores = new int[Count];

    /// <summary>Powers of ten from 10^0.</summary>
    public static long[] Powers { get; } = PowersOfTen();

    /// <summary>The byte that stands for a number with so many digits behind the point, so many of them zeros at the end.</summary>
    public static byte Mark(int decimals, int zeros) => (byte)(FirstDecimal + (decimals * (decimals + 1) / 2) - 1 + zeros);

    /// <summary>What a mark stands for.</summary>
    /// <returns>False when it stands for nothing.</returns>
    public static bool TryForm(byte mark, out int decimals, out int zeros)
    {
        (decimals, zeros) = (0, 0);
        if (mark == Whole)
        {
            return true;
        }

        if (mark < FirstDecimal || mark - FirstDecimal >= _forms.Length)
        {
            return false;
        }

        (decimals, zeros) = _forms[mark - FirstDecimal];
        return true;
    }

    /// <summary>The place that follows these four bytes.</summary>
    public static int PlaceAfter(uint four) => (int)((four * 2654435761u) >> 20);

    /// <summary>Forgets everything: each block is read alone.</summary>
    public void Reset()
    {
        Array.Clear(_last);
        Array.Clear(_scores);
    }

    /// <summary>What is written for a number.</summary>
    /// <param name="place">Its place.</param>
    /// <param name="value">The number, without its point.</param>
    /// <param name="zeros">Zeros at its end, which its mark tells.</param>
    public ulong Fold(int place, long value, int zeros)
    {
        long shortened = value / Powers[zeros];
        long difference = shortened - (_last[place] / Powers[zeros]);
        ulong folded = (ulong)((difference << 1) ^ (difference >> 63));
        ulong written = _scores[place] > 0 ? (ulong)shortened : folded;
        Learn(place, value, shortened, folded);
        return written;
    }

    /// <summary>The number, without its point, for which this was written.</summary>
    public long Unfold(int place, ulong written, int zeros)
    {
        long before = _last[place] / Powers[zeros];
        long shortened = _scores[place] > 0 ? (long)written : before + ((long)(written >> 1) ^ -(long)(written & 1));
        long difference = shortened - before;
        long value = shortened * Powers[zeros];
        Learn(place, value, shortened, (ulong)((difference << 1) ^ (difference >> 63)));
        return value;
    }

    private void Learn(int place, long value, long shortened, ulong folded)
    {
        int longer = BitOperations.Log2(folded | 1) - BitOperations.Log2((ulong)shortened | 1);
        _scores[place] += (longer * ScoreWeight) - (_scores[place] >> 3);
        _last[place] = value;
    }

    private static long[] PowersOfTen()
    {
        long[] powers = new long[MostDigits + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.Length; i++)
        {
            powers[i] = powers[i - 1] * 10;
        }

        return powers;
    }

    private static (byte Decimals, byte Zeros)[] Forms()
    {
        List<(byte, byte)> forms = [];
        for (int decimals = 1; decimals <= MostDecimals; decimals++)
        {
            for (int zeros = 0; zeros <= decimals; zeros++)
            {
                forms.Add(((byte)decimals, (byte)zeros));
            }
        }

        return [.. forms];
    }
}
