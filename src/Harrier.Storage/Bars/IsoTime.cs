using Harrier.Domain;

namespace Harrier.Storage.Bars;

/// <summary>
/// Reads <c>2024-01-31</c>, <c>20240131</c>, either followed by <c>T</c> or a space and <c>hh:mm[:ss[.fraction]]</c> and an optional
/// <c>Z</c>, <c>UTC</c> or offset. No offset means UTC.
/// </summary>
internal static class IsoTime
{
    /// <summary>The instant as nanoseconds since 1970.</summary>
    /// <returns>False when the text has another shape, or a part is out of its range.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out long nanos)
    {
        nanos = 0;
        int position = 0;
        if (!TryDate(text, ref position, out long days))
        {
            return false;
        }

        nanos = days * Timestamp.NanosPerDay;
        if (position == text.Length)
        {
            return true;
        }

        if ((text[position] | 0x20) is not ((byte)'t' or (byte)' '))
        {
            return false;
        }

        position++;
        if (!TryClock(text, ref position, out long ofDay) || !TryOffset(text[position..], out long offset))
        {
            return false;
        }

        nanos += ofDay - offset;
        return true;
    }

    private static bool TryDate(ReadOnlySpan<byte> text, ref int position, out long days)
    {
        days = 0;
        if (!TryNumber(text, ref position, 4, out int year))
        {
            return false;
        }

        bool separated = position < text.Length && text[position] is (byte)'-' or (byte)'/';
        byte separator = separated ? text[position] : (byte)0;
        position += separated ? 1 : 0;
        if (!TryNumber(text, ref position, 2, out int month))
        {
            return false;
        }

        if (separated && (position >= text.Length || text[position++] != separator))
        {
            return false;
        }

        if (!TryNumber(text, ref position, 2, out int day) || year < 1970 || year > 2200 || month is < 1 or > 12 || day < 1
            || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        days = DaysSince1970(year, month, day);
        return true;
    }

    private static bool TryClock(ReadOnlySpan<byte> text, ref int position, out long nanos)
    {
        nanos = 0;
        int second = 0;
        if (!TryNumber(text, ref position, 2, out int hour) || !Take(text, ref position, (byte)':')
            || !TryNumber(text, ref position, 2, out int minute))
        {
            return false;
        }

        long fraction = 0;
        if (Take(text, ref position, (byte)':'))
        {
            if (!TryNumber(text, ref position, 2, out second) || (Take(text, ref position, (byte)'.') && !TryFraction(text, ref position, out fraction)))
            {
                return false;
            }
        }

        nanos = ((((hour * 60L) + minute) * 60) + second) * Timestamp.NanosPerSecond + fraction;
        return hour < 24 && minute < 60 && second < 60;
    }

    private static bool TryFraction(ReadOnlySpan<byte> text, ref int position, out long nanos)
    {
        nanos = 0;
        int digits = 0;
        while (position < text.Length && (uint)(text[position] - '0') <= 9)
        {
            if (digits < 9)
            {
                nanos = (nanos * 10) + (text[position] - '0');
                digits++;
            }

            position++;
        }

        nanos *= DecimalDigits.PowerOfTen(9 - digits);
        return digits > 0;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out long nanos)
    {
        nanos = 0;
        text = text.Trim((byte)' ');
        if (text.IsEmpty || text.SequenceEqual("Z"u8) || text.SequenceEqual("z"u8) || text.SequenceEqual("UTC"u8))
        {
            return true;
        }

        if (text[0] is not ((byte)'+' or (byte)'-'))
        {
            return false;
        }

        int position = 1;
        int minutes = 0;
        if (!TryNumber(text, ref position, 2, out int hours))
        {
            return false;
        }

        if (position < text.Length)
        {
            _ = Take(text, ref position, (byte)':');
            if (!TryNumber(text, ref position, 2, out minutes))
            {
                return false;
            }
        }

        long span = ((hours * 60L) + minutes) * 60 * Timestamp.NanosPerSecond;
        nanos = text[0] == '-' ? -span : span;
        return position == text.Length && hours <= 15 && minutes < 60;
    }

    private static bool Take(ReadOnlySpan<byte> text, ref int position, byte symbol)
    {
        bool found = position < text.Length && text[position] == symbol;
        position += found ? 1 : 0;
        return found;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, ref int position, int digits, out int value)
    {
        value = 0;
        if (position + digits > text.Length)
        {
            return false;
        }

        for (int end = position + digits; position < end; position++)
        {
            uint digit = (uint)(text[position] - '0');
            if (digit > 9)
            {
                return false;
            }

            value = (value * 10) + (int)digit;
        }

        return true;
    }

    // Counts years from March, so that the leap day is the last of its year.
    private static long DaysSince1970(int year, int month, int day)
    {
        int y = month <= 2 ? year - 1 : year;
        int dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5) + day - 1;
        return (y * 365L) + (y / 4) - (y / 100) + (y / 400) + dayOfYear - 719_468;
    }
}
