namespace Harrier.Storage.Recording;

/// <summary>
/// Takes texts apart: what stays the same from message to message goes one way, the numbers in it another, as differences where these are shorter. A general
/// compressor then finds little but repetition in the first and has nothing left to do in the second.
/// </summary>
internal sealed class FieldEncoder
{
    private readonly FieldContexts _contexts = new();

    /// <summary>The texts with a mark for each number.</summary>
    public ByteList Skeleton { get; } = new();

    /// <summary>The numbers.</summary>
    public ByteList Numbers { get; } = new();

    /// <summary>Begins a block.</summary>
    public void Reset()
    {
        _contexts.Reset();
        Skeleton.Clear();
        Numbers.Clear();
    }

    /// <summary>Adds a text; any bytes are allowed, printable ASCII becomes small.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        Span<byte> skeleton = Skeleton.Room(text.Length + 1);
        if (text.ContainsAnyExceptInRange((byte)0x20, (byte)0x7F))
        {
            skeleton[0] = FieldContexts.Verbatim;
            text.CopyTo(skeleton[1..]);
            Skeleton.Advance(text.Length + 1);
            Numbers.AddNumber((ulong)text.Length);
            return;
        }

        // Between two numbers there is at least one other byte, and a number takes at most ten.
        Span<byte> numbers = Numbers.Room((text.Length * 5) + 10);
        Skeleton.Advance(Split(text, skeleton, numbers, out int used));
        Numbers.Advance(used);
    }

    private int Split(ReadOnlySpan<byte> text, Span<byte> skeleton, Span<byte> numbers, out int numbersUsed)
    {
        int used = 0;
        numbersUsed = 0;
        uint before = 0;
        int i = 0;
        while (i < text.Length)
        {
            byte letter = text[i];
            if (!IsDigit(letter))
            {
                skeleton[used++] = letter;
                before = (before << 8) | letter;
                i++;
                continue;
            }

            Number number = ReadNumber(text, i);
            if (number.Mark == 0)
            {
                for (int end = i + number.Length; i < end; i++)
                {
                    skeleton[used++] = text[i];
                    before = (before << 8) | text[i];
                }

                continue;
            }

            i += number.Length;
            skeleton[used++] = number.Mark;
            numbersUsed += ByteList.WriteNumber(numbers[numbersUsed..], _contexts.Fold(FieldContexts.PlaceAfter(before), number.Value, number.Zeros));
            before = (before << 8) | FieldContexts.Whole;
        }

        skeleton[used++] = FieldContexts.End;
        return used;
    }

    /// <summary>A number as it can be written again from its value alone; otherwise a run of digits with mark 0, which stays text.</summary>
    private static Number ReadNumber(ReadOnlySpan<byte> text, int start)
    {
        long value = 0;
        int end = Digits(text, start, FieldContexts.MostDigits, ref value, out _);
        int wholeDigits = end - start;
        bool isCanonical = (text[start] != '0' || wholeDigits == 1) && !IsDigitAt(text, end);
        if (!isCanonical)
        {
            while (IsDigitAt(text, end))
            {
                end++;
            }

            return new Number(0, 0, 0, end - start);
        }

        if (end < text.Length && text[end] == '.' && IsDigitAt(text, end + 1))
        {
            long whole = value;
            int most = Math.Min(FieldContexts.MostDecimals, FieldContexts.MostDigits - wholeDigits);
            int decimalEnd = Digits(text, end + 1, most, ref value, out int zeros);
            int decimals = decimalEnd - end - 1;
            if (decimals > 0 && !IsDigitAt(text, decimalEnd))
            {
                return new Number(FieldContexts.Mark(decimals, zeros), value, zeros, decimalEnd - start);
            }

            value = whole;
        }

        return new Number(FieldContexts.Whole, value, 0, wholeDigits);
    }

    private static int Digits(ReadOnlySpan<byte> text, int start, int most, ref long value, out int zeros)
    {
        int end = start;
        int limit = Math.Min(text.Length, start + most);
        zeros = 0;
        while (end < limit && IsDigit(text[end]))
        {
            int digit = text[end] - '0';
            value = (value * 10) + digit;
            zeros = digit == 0 ? zeros + 1 : 0;
            end++;
        }

        return end;
    }

    private static bool IsDigit(byte letter) => (uint)(letter - '0') <= 9;

    private static bool IsDigitAt(ReadOnlySpan<byte> text, int index) => index < text.Length && IsDigit(text[index]);

    private readonly record struct Number(byte Mark, long Value, int Zeros, int Length);
}
