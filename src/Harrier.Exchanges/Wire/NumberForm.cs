using System.Runtime.Intrinsics;

namespace Harrier.Exchanges.Wire;

/// <summary>
/// How a quoted number is laid out: so many digits, a point, so many digits, the closing quote. Prices of one symbol nearly always have the
/// form of the one before, and then nothing has to be searched for.
/// </summary>
internal readonly struct NumberForm
{
    /// <summary>Most digits before and behind the point.</summary>
    public const int MostDigits = 8;

    /// <summary>Bytes of the number and its closing quote that are looked at together.</summary>
    public const int Width = 16;

    private const byte Blank = 0x80;
    private const byte Zero = (byte)'0';

    private static readonly NumberForm[] All = [.. Enumerable.Range(0, MostDigits * MostDigits).Select(Make)];

    /// <summary>Which byte of the text goes where, so that eight digits stand before the point and eight behind it.</summary>
    public required Vector128<byte> Order { get; init; }

    /// <summary>Where the point and the closing quote are.</summary>
    public required Vector128<byte> MarkPlaces { get; init; }

    /// <summary>The point and the quote, less the character 0, where they are.</summary>
    public required Vector128<byte> Marks { get; init; }

    /// <summary>Bytes of the number without its quotes; 0 where it does not fit.</summary>
    public required int Length { get; init; }

    /// <summary>The number of the form with so many digits, 1 to <see cref="MostDigits"/> each.</summary>
    public static byte IndexOf(int whole, int decimals) => (byte)(((whole - 1) * MostDigits) + decimals - 1);

    /// <summary>The form with a number.</summary>
    public static ref readonly NumberForm At(byte index) => ref All[index];

    private static NumberForm Make(int index)
    {
        int whole = (index / MostDigits) + 1;
        int decimals = (index % MostDigits) + 1;
        int length = whole + 1 + decimals;
        byte[] order = new byte[Width];
        byte[] places = new byte[Width];
        byte[] marks = new byte[Width];
        for (int i = 0; i < MostDigits; i++)
        {
            int from = whole - MostDigits + i;
            order[i] = from >= 0 ? (byte)from : Blank;
            order[MostDigits + i] = i < decimals && length < Width ? (byte)(whole + 1 + i) : Blank;
        }

        if (length < Width)
        {
            places[whole] = byte.MaxValue;
            marks[whole] = '.' ^ Zero;
            places[length] = byte.MaxValue;
            marks[length] = '"' ^ Zero;
        }

        return new NumberForm
        {
            Order = Vector128.Create(order),
            MarkPlaces = Vector128.Create(places),
            Marks = Vector128.Create(marks),
            Length = length < Width ? length : 0,
        };
    }
}
