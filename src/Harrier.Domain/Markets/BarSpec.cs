using System.Globalization;

namespace Harrier.Domain;

/// <summary>Where a bar was made.</summary>
public enum BarSource : byte
{
    /// <summary>The venue's own closed kline.</summary>
    Venue = 0,

    /// <summary>Aggregated by Harrier from finer data.</summary>
    Aggregated = 1,

    /// <summary>A synthetic market.</summary>
    Synthetic = 2,

    /// <summary>Made by Harrier of shorter bars, where only trades could tell exactly when it closes.</summary>
    Approximated = 3,
}

/// <summary>The kind, length and origin of a bar series. 16 bytes, a part of every bar.</summary>
/// <param name="IntervalNanos">
/// Length of a time bar in nanoseconds, above 0. Of any other kind: in a bar the time from its open to its close, in a series 0.
/// </param>
/// <param name="Kind">What closes a bar.</param>
/// <param name="Source">Where the bars were made.</param>
public readonly record struct BarSpec(long IntervalNanos, BarKind Kind, BarSource Source)
{
    private const int MaxSizeDecimals = 8;

    // The names in the text form, in the order of BarKind.
    private static readonly string[] Names = ["time", "tick", "volume", "dollar", "renko", "imbalance"];

    // A decimal would make every bar larger than what journals hold; these six bytes were padding and are 0 in time bars.
    private readonly byte _sizeDecimals;
    private readonly int _size;

    private BarSpec(BarKind kind, BarSource source, int size, byte decimals)
        : this(0, kind, source) => (_size, _sizeDecimals) = (size, decimals);

    /// <summary>How much closes a bar of a kind other than time, in the unit of <see cref="BarKind"/>; 0 for time bars.</summary>
    public decimal Size => new(_size, 0, 0, false, _sizeDecimals);

    /// <summary>True when time closes the bars.</summary>
    public bool IsTime => Kind == BarKind.Time;

    /// <summary>The length of a bar.</summary>
    public TimeSpan Interval => new(IntervalNanos / 100);

    /// <summary>A series of bars that something else than time closes.</summary>
    /// <param name="kind">What.</param>
    /// <param name="size">How much; whole except for volume and dollar bars, see <see cref="IsSize"/>.</param>
    /// <param name="source">Where the bars are made.</param>
    /// <exception cref="ArgumentException">The kind is time, or the size is not allowed.</exception>
    public static BarSpec Of(BarKind kind, decimal size, BarSource source = BarSource.Aggregated)
    {
        if (kind == BarKind.Time || !IsSize(kind, size))
        {
            throw new ArgumentException($"bars of kind {kind} have no size {size.ToString(CultureInfo.InvariantCulture)}", nameof(size));
        }

        // Trailing zeros say nothing: 50 and 50.0 are one series.
        decimal shortest = size / 1.0000000000000000000000000000m;
        return new BarSpec(kind, source, (int)(shortest * PowerOfTen(shortest.Scale)), shortest.Scale);
    }

    /// <summary>
    /// True for a size that bars of a kind can have: above 0, with at most 9 significant digits, 8 decimals and below 2^31 without the point;
    /// whole for ticks, bricks and trades; an imbalance bar expects at least 2 trades.
    /// </summary>
    public static bool IsSize(BarKind kind, decimal size)
    {
        bool whole = kind is BarKind.Tick or BarKind.Renko or BarKind.Imbalance;
        if (size <= 0 || size > int.MaxValue || (whole && size != decimal.Truncate(size)) || (kind == BarKind.Imbalance && size < 2))
        {
            return false;
        }

        decimal shortest = size / 1.0000000000000000000000000000m;
        return shortest.Scale <= MaxSizeDecimals && shortest * PowerOfTen(shortest.Scale) <= int.MaxValue;
    }

    /// <summary>
    /// A series as text: the length of time bars of the venue as 1s, 5m, 1h, 1d, 1w; other kinds, aggregated, as tick:1000 (trades), volume:50 (base
    /// currency), dollar:1000000 (quote currency), renko:100 (ticks of the price), imbalance:100 (trades expected in a bar at first).
    /// </summary>
    /// <returns>False when the text is none of these.</returns>
    public static bool TryParse(string text, out BarSpec spec)
    {
        spec = default;
        int colon = string.IsNullOrEmpty(text) ? -1 : text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? TryParseLength(text, out spec) : TryParseSize(text[..colon], text.AsSpan(colon + 1), out spec);
    }

    /// <summary>
    /// The start of the time bar that holds an instant. Bars count from 1970-01-01T00:00Z, so that every length that divides a day is aligned to the
    /// UTC day; whole weeks start on Mondays.
    /// </summary>
    public Timestamp BucketStart(Timestamp time)
    {
        // 1970-01-05 was a Monday.
        long anchor = IntervalNanos % (7 * Timestamp.NanosPerDay) == 0 ? 4 * Timestamp.NanosPerDay : 0;
        long offset = (time.Nanos - anchor) % IntervalNanos;
        return new Timestamp(time.Nanos - (offset < 0 ? offset + IntervalNanos : offset));
    }

    /// <summary>The length with the largest unit that divides it, as 1m, 4h, 1d, or kind and size as tick:1000.</summary>
    public override string ToString()
    {
        if (!IsTime)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Names[(int)Kind]}:{Size}");
        }

        long seconds = IntervalNanos / Timestamp.NanosPerSecond;
        return seconds switch
        {
            _ when seconds % 86_400 == 0 => $"{seconds / 86_400}d",
            _ when seconds % 3600 == 0 => $"{seconds / 3600}h",
            _ when seconds % 60 == 0 => $"{seconds / 60}m",
            _ => $"{seconds}s",
        };
    }

    private static bool TryParseLength(string text, out BarSpec spec)
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

    private static bool TryParseSize(string name, ReadOnlySpan<char> text, out BarSpec spec)
    {
        BarKind kind = (BarKind)Math.Max(0, Array.IndexOf(Names, name));
        bool valid = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal size) && kind != BarKind.Time && IsSize(kind, size);
        spec = valid ? Of(kind, size) : default;
        return valid;
    }

    private static decimal PowerOfTen(int exponent)
    {
        decimal power = 1;
        for (int i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }
}
