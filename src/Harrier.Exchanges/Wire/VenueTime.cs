using Harrier.Domain;

namespace Harrier.Exchanges.Wire;

/// <summary>Times that venues write as whole numbers since the Unix epoch.</summary>
public static class VenueTime
{
    private const long FirstMicroseconds = 100_000_000_000_000;
    private const long NanosPerMicrosecond = 1_000;
    private const long LastMicrosecond = long.MaxValue / NanosPerMicrosecond;
    private const long LastMillisecond = LastMicrosecond / 1_000;

    /// <summary>Reads milliseconds or microseconds; the size tells which, as milliseconds stay below 10^14 until the year 5138.</summary>
    /// <returns>False for a time below 0 or after the year 2262.</returns>
    public static bool TryRead(long value, out Timestamp time)
    {
        time = default;
        bool isMicroseconds = value >= FirstMicroseconds;
        if (value < 0 || value > (isMicroseconds ? LastMicrosecond : LastMillisecond))
        {
            return false;
        }

        time = isMicroseconds ? new Timestamp(value * NanosPerMicrosecond) : Timestamp.FromUnixMilliseconds(value);
        return true;
    }
}
