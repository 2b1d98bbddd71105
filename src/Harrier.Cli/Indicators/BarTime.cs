using System.Globalization;
using Harrier.Domain;

namespace Harrier.Cli.Indicators;

/// <summary>Reads the times found in bar files.</summary>
internal static class BarTime
{
    // Largest whole numbers taken as seconds, milliseconds and microseconds since 1970 (year 2255); larger ones are nanoseconds.
    private const long LargestSeconds = 9_000_000_000;
    private const int LastYear = 2255;
    private const long LargestMilliseconds = LargestSeconds * 1000;
    private const long LargestMicroseconds = LargestMilliseconds * 1000;

    /// <summary>What is accepted, for messages.</summary>
    public const string Allowed = "an ISO 8601 time (UTC unless it says otherwise) or Unix seconds, milliseconds, microseconds or nanoseconds";

    /// <summary>Reads an ISO 8601 time, or a Unix time whose unit follows from its size.</summary>
    public static bool TryParse(string text, out Timestamp time)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            time = number switch
            {
                < LargestSeconds => Timestamp.FromUnixSeconds(number),
                < LargestMilliseconds => Timestamp.FromUnixMilliseconds(number),
                < LargestMicroseconds => new Timestamp(number * 1000),
                _ => new Timestamp(number),
            };
            return true;
        }

        bool read = DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTimeOffset moment);
        bool fits = read && moment.Year <= LastYear;
        time = fits ? Timestamp.From(moment) : default;
        return fits;
    }
}
