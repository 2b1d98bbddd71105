using Harrier.Domain;

namespace Harrier.Testnet.Markets;

/// <summary>
/// A length of candle that the venues offer: 1s to 1M. Lengths up to three days count from 1970-01-01T00:00Z, weeks begin on Mondays at 00:00 UTC,
/// months on their first day.
/// </summary>
public sealed class CandleInterval
{
    // 1970-01-05 was a Monday.
    private const long FirstMonday = 4 * Timestamp.NanosPerDay;
    private const long Month = 0;
    private readonly long _anchor;

    private CandleInterval(string name, int index, long nanos)
    {
        Name = name;
        Index = index;
        Nanos = nanos;
        _anchor = nanos == 7 * Timestamp.NanosPerDay ? FirstMonday : 0;
    }

    /// <summary>All intervals, shortest first.</summary>
    public static IReadOnlyList<CandleInterval> All { get; } = Make();

    /// <summary>One second.</summary>
    public static CandleInterval Second => All[0];

    /// <summary>One minute.</summary>
    public static CandleInterval Minute => All[1];

    /// <summary>One hour.</summary>
    public static CandleInterval Hour => All[6];

    /// <summary>One day.</summary>
    public static CandleInterval Day => All[12];

    /// <summary>As in requests and streams: 1m is a minute, 1M a month.</summary>
    public string Name { get; }

    /// <summary>Position in <see cref="All"/>.</summary>
    public int Index { get; }

    /// <summary>Length in nanoseconds; 0 for a month.</summary>
    public long Nanos { get; }

    /// <summary>The interval of a name, null when there is none. Upper and lower case differ.</summary>
    public static CandleInterval? Find(string name)
    {
        foreach (CandleInterval interval in All)
        {
            if (interval.Name == name)
            {
                return interval;
            }
        }

        return null;
    }

    /// <summary>Open time of the candle that holds an instant.</summary>
    public Timestamp Start(Timestamp time)
    {
        if (Nanos == Month)
        {
            DateTimeOffset date = time.ToDateTimeOffset();
            return Timestamp.From(new DateTimeOffset(date.Year, date.Month, 1, 0, 0, 0, TimeSpan.Zero));
        }

        long offset = (time.Nanos - _anchor) % Nanos;
        return new Timestamp(time.Nanos - (offset < 0 ? offset + Nanos : offset));
    }

    /// <summary>Open time of the candle after the one that opens at <paramref name="start"/>.</summary>
    public Timestamp Next(Timestamp start) =>
        Nanos == Month ? Timestamp.From(start.ToDateTimeOffset().AddMonths(1)) : new Timestamp(start.Nanos + Nanos);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static CandleInterval[] Make()
    {
        const long second = Timestamp.NanosPerSecond;
        const long minute = 60 * second;
        const long hour = 60 * minute;
        const long day = 24 * hour;
        (string Name, long Nanos)[] lengths =
        [
            ("1s", second), ("1m", minute), ("3m", 3 * minute), ("5m", 5 * minute), ("15m", 15 * minute), ("30m", 30 * minute),
            ("1h", hour), ("2h", 2 * hour), ("4h", 4 * hour), ("6h", 6 * hour), ("8h", 8 * hour), ("12h", 12 * hour),
            ("1d", day), ("3d", 3 * day), ("1w", 7 * day), ("1M", Month),
        ];
        return [.. lengths.Select((length, index) => new CandleInterval(length.Name, index, length.Nanos))];
    }
}
