using System.Globalization;

namespace Harrier.Domain;

/// <summary>An instant in UTC, as nanoseconds since the Unix epoch (1970-01-01T00:00:00Z).</summary>
/// <param name="Nanos">Nanoseconds since the epoch; the range of a <see cref="long"/> ends in the year 2262.</param>
public readonly record struct Timestamp(long Nanos) : IComparable<Timestamp>
{
    /// <summary>Nanoseconds in one second.</summary>
    public const long NanosPerSecond = 1_000_000_000;

    /// <summary>Nanoseconds in one UTC day; Unix time knows no leap seconds.</summary>
    public const long NanosPerDay = 86_400 * NanosPerSecond;

    private const long NanosPerMillisecond = 1_000_000;
    private const long NanosPerTick = 100;

    /// <summary>The instant <paramref name="milliseconds"/> after the epoch.</summary>
    public static Timestamp FromUnixMilliseconds(long milliseconds) => new(milliseconds * NanosPerMillisecond);

    /// <summary>The instant <paramref name="seconds"/> after the epoch.</summary>
    public static Timestamp FromUnixSeconds(long seconds) => new(seconds * NanosPerSecond);

    /// <summary>The same instant, whatever offset <paramref name="time"/> is written in.</summary>
    public static Timestamp From(DateTimeOffset time) => new((time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * NanosPerTick);

    /// <summary>Milliseconds since the epoch, rounded towards the past.</summary>
    public long UnixMilliseconds => Math.DivRem(Nanos, NanosPerMillisecond) is var (q, r) && r < 0 ? q - 1 : Nanos / NanosPerMillisecond;

    /// <summary>The number of whole UTC days since the epoch.</summary>
    public long UtcDay => Math.DivRem(Nanos, NanosPerDay) is var (q, r) && r < 0 ? q - 1 : Nanos / NanosPerDay;

    /// <summary>The same instant with .NET's resolution of 100 ns.</summary>
    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.UnixEpoch.AddTicks(Nanos / NanosPerTick);

    /// <inheritdoc/>
    public int CompareTo(Timestamp other) => Nanos.CompareTo(other.Nanos);

    /// <summary>ISO 8601 with Z and as many fractional digits as are not zero: <c>2024-01-01T00:00:00Z</c>.</summary>
    public override string ToString() =>
        ToDateTimeOffset().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>The instant a span later.</summary>
    public static Timestamp operator +(Timestamp time, TimeSpan span) => new(time.Nanos + (span.Ticks * NanosPerTick));

    /// <summary>The span from <paramref name="earlier"/> to <paramref name="later"/>.</summary>
    public static TimeSpan operator -(Timestamp later, Timestamp earlier) => new((later.Nanos - earlier.Nanos) / NanosPerTick);

    /// <summary>True when <paramref name="left"/> is earlier.</summary>
    public static bool operator <(Timestamp left, Timestamp right) => left.Nanos < right.Nanos;

    /// <summary>True when <paramref name="left"/> is later.</summary>
    public static bool operator >(Timestamp left, Timestamp right) => left.Nanos > right.Nanos;

    /// <summary>True when <paramref name="left"/> is not later.</summary>
    public static bool operator <=(Timestamp left, Timestamp right) => left.Nanos <= right.Nanos;

    /// <summary>True when <paramref name="left"/> is not earlier.</summary>
    public static bool operator >=(Timestamp left, Timestamp right) => left.Nanos >= right.Nanos;
}
