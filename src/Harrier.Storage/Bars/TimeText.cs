using Harrier.Domain;

namespace Harrier.Storage.Bars;

/// <summary>The ways in which files write a time; several bits when a file mixes them.</summary>
[Flags]
internal enum TimeUnits : byte
{
    /// <summary>No time read yet.</summary>
    None = 0,

    /// <summary>Seconds since 1970.</summary>
    Seconds = 1,

    /// <summary>Milliseconds since 1970.</summary>
    Milliseconds = 2,

    /// <summary>Microseconds since 1970.</summary>
    Microseconds = 4,

    /// <summary>Nanoseconds since 1970.</summary>
    Nanoseconds = 8,

    /// <summary>Date and time as text, UTC unless an offset is written.</summary>
    Text = 16,
}

/// <summary>Reads open times. The unit of a number follows from its size: the ranges of 2001-09-09 to 2103 do not overlap.</summary>
internal static class TimeText
{
    /// <summary>What the reader accepts, for messages.</summary>
    public const string Allowed =
        "an ISO 8601 time, or seconds, milliseconds, microseconds or nanoseconds since 1970 between the years 2001 and 2103";

    private const long Lowest = 1_000_000_000;
    private const long Highest = 4_200_000_000;

    /// <summary>Reads any accepted form.</summary>
    /// <returns>False when the text is no time, or one before 2001-09-09 or after 2103.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out long nanos, out TimeUnits unit)
    {
        nanos = 0;
        unit = TimeUnits.None;
        if (DecimalDigits.TryParse(text, out DecimalDigits number) || TryParseLong(text, ref number))
        {
            return TryFromCompactDate(text, out nanos, out unit) || TryFromNumber(number, out nanos, out unit);
        }

        unit = TimeUnits.Text;
        return IsoTime.TryParse(text, out nanos) && IsInRange(nanos);
    }

    /// <summary>The instant that a whole number stands for.</summary>
    /// <returns>False when the number is in none of the ranges.</returns>
    public static bool TryFromNumber(long value, out long nanos, out TimeUnits unit)
    {
        (long factor, unit) = value switch
        {
            >= Lowest and < Highest => (1_000_000_000L, TimeUnits.Seconds),
            >= Lowest * 1000 and < Highest * 1000 => (1_000_000L, TimeUnits.Milliseconds),
            >= Lowest * 1_000_000 and < Highest * 1_000_000 => (1000L, TimeUnits.Microseconds),
            >= Lowest * 1_000_000_000 and < Highest * 1_000_000_000 => (1L, TimeUnits.Nanoseconds),
            _ => (0L, TimeUnits.None),
        };
        nanos = value * factor;
        return factor > 0;
    }

    /// <summary>The units in words.</summary>
    public static string Describe(TimeUnits units)
    {
        List<string> words = [];
        foreach (TimeUnits unit in Enum.GetValues<TimeUnits>())
        {
            if (unit != TimeUnits.None && units.HasFlag(unit))
            {
                words.Add(unit == TimeUnits.Text ? "ISO 8601 text" : unit.ToString().ToLowerInvariant());
            }
        }

        return string.Join(" and ", words);
    }

    // 1700000000.5 and 1.7e12 occur where a spreadsheet or a data frame held the times as floating point.
    private static bool TryFromNumber(DecimalDigits number, out long nanos, out TimeUnits unit)
    {
        long power = DecimalDigits.PowerOfTen(number.Scale);
        if (!TryFromNumber(number.Mantissa / power, out nanos, out unit))
        {
            return false;
        }

        long perUnit = unit switch { TimeUnits.Seconds => 1_000_000_000, TimeUnits.Milliseconds => 1_000_000, TimeUnits.Microseconds => 1000, _ => 1 };
        nanos += (long)((Int128)(number.Mantissa % power) * perUnit / power);
        return true;
    }

    // Nanoseconds have 19 digits, one more than a price may have.
    private static bool TryParseLong(ReadOnlySpan<byte> text, ref DecimalDigits number)
    {
        bool valid = text.Length == 19 && long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _);
        number = valid ? new DecimalDigits(long.Parse(text, System.Globalization.CultureInfo.InvariantCulture), 0) : number;
        return valid;
    }

    private static bool TryFromCompactDate(ReadOnlySpan<byte> text, out long nanos, out TimeUnits unit)
    {
        nanos = 0;
        unit = TimeUnits.Text;
        return text.Length == 8 && IsoTime.TryParse(text, out nanos) && IsInRange(nanos);
    }

    private static bool IsInRange(long nanos) => nanos >= Lowest * Timestamp.NanosPerSecond && nanos < Highest * Timestamp.NanosPerSecond;
}
