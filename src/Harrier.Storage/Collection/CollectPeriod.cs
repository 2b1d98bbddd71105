using Harrier.Domain;
using Harrier.Storage.Market;

namespace Harrier.Storage.Collection;

/// <summary>The time that is wanted: some calendar months back from now, or days. All of it in UTC, and now is the venue's now.</summary>
public sealed record CollectPeriod
{
    /// <summary>Calendar months back from the day of now.</summary>
    /// <value>10; disregarded when there is a first day.</value>
    public int Months { get; init; } = 10;

    /// <summary>Days back from the day of now, instead of months.</summary>
    /// <value>Null: by <see cref="Months"/>.</value>
    public int? Days { get; init; }

    /// <summary>First day.</summary>
    /// <value>Null: by <see cref="Months"/>.</value>
    public DateOnly? From { get; init; }

    /// <summary>Last day, included.</summary>
    /// <value>Null: until now.</value>
    public DateOnly? To { get; init; }

    /// <summary>The span that is meant; empty when it lies in the future.</summary>
    /// <param name="now">The venue's time.</param>
    /// <param name="end">End of what can be had, itself excluded: what is later is not final yet.</param>
    public TimeRange Until(Timestamp now, Timestamp end)
    {
        DateTime today = now.ToDateTimeOffset().UtcDateTime.Date;
        Timestamp from = From is { } first ? StartOf(first) : Timestamp.From(new DateTimeOffset(Days is { } days ? today.AddDays(-days) : today.AddMonths(-Months), TimeSpan.Zero));
        Timestamp to = To is { } last && last < DateOnly.MaxValue ? StartOf(last.AddDays(1)) : end;
        return new TimeRange(from, to < end ? to : end);
    }

    private static Timestamp StartOf(DateOnly day) => Timestamp.From(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
}
