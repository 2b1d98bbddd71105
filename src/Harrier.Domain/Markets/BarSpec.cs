namespace Harrier.Domain;

/// <summary>What closes a bar.</summary>
public enum BarKind : byte
{
    /// <summary>A fixed span of time, aligned to the UTC day.</summary>
    Time = 0,
}

/// <summary>Where a bar was made.</summary>
public enum BarSource : byte
{
    /// <summary>The venue's own closed kline.</summary>
    Venue = 0,

    /// <summary>Aggregated by Harrier from finer data.</summary>
    Aggregated = 1,

    /// <summary>A synthetic market.</summary>
    Synthetic = 2,
}

/// <summary>The kind, length and origin of a bar series.</summary>
/// <param name="IntervalNanos">Length of a bar in nanoseconds, above 0.</param>
/// <param name="Kind">What closes a bar.</param>
/// <param name="Source">Where the bars were made.</param>
public readonly record struct BarSpec(long IntervalNanos, BarKind Kind, BarSource Source)
{
    /// <summary>The length of a bar.</summary>
    public TimeSpan Interval => new(IntervalNanos / 100);

    /// <summary>A series of time bars of the venue with the length written as 1s, 5m, 1h, 1d, 1w.</summary>
    /// <returns>False when the text is not a positive number and one of s, m, h, d, w.</returns>
    public static bool TryParse(string text, out BarSpec spec)
    {
        spec = default;
        if (string.IsNullOrEmpty(text) || !int.TryParse(text.AsSpan(0, text.Length - 1), out int count) || count <= 0)
        {
            return false;
        }

        long seconds = text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, 'w' => 604_800, _ => 0 };
        spec = new BarSpec(count * seconds * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue);
        return seconds > 0;
    }

    /// <summary>
    /// The start of the bar that holds an instant. Bars count from 1970-01-01T00:00Z, so that every length that divides a day is aligned to the
    /// UTC day; whole weeks start on Mondays.
    /// </summary>
    public Timestamp BucketStart(Timestamp time)
    {
        // 1970-01-05 was a Monday.
        long anchor = IntervalNanos % (7 * Timestamp.NanosPerDay) == 0 ? 4 * Timestamp.NanosPerDay : 0;
        long offset = (time.Nanos - anchor) % IntervalNanos;
        return new Timestamp(time.Nanos - (offset < 0 ? offset + IntervalNanos : offset));
    }

    /// <summary>The length with the largest unit that divides it: 1m, 4h, 1d.</summary>
    public override string ToString()
    {
        long seconds = IntervalNanos / Timestamp.NanosPerSecond;
        return seconds switch
        {
            _ when seconds % 86_400 == 0 => $"{seconds / 86_400}d",
            _ when seconds % 3600 == 0 => $"{seconds / 3600}h",
            _ when seconds % 60 == 0 => $"{seconds / 60}m",
            _ => $"{seconds}s",
        };
    }
}
