using Harrier.Domain;

namespace Harrier.Storage.Market;

/// <summary>A span of time.</summary>
/// <param name="From">Its start.</param>
/// <param name="To">Its end, itself excluded.</param>
public readonly record struct TimeRange(Timestamp From, Timestamp To)
{
    /// <summary>All of time.</summary>
    public static TimeRange Always => new(new Timestamp(long.MinValue), new Timestamp(long.MaxValue));

    /// <summary>True when no instant lies in it.</summary>
    public bool IsEmpty => To <= From;

    /// <summary>True when an instant lies in it.</summary>
    public bool Contains(Timestamp time) => From <= time && time < To;

    /// <summary>The fewest ranges that cover the same time, in order.</summary>
    public static IReadOnlyList<TimeRange> Union(IEnumerable<TimeRange> ranges)
    {
        List<TimeRange> union = [];
        foreach (TimeRange range in ranges.Where(range => !range.IsEmpty).OrderBy(range => range.From.Nanos))
        {
            if (union.Count > 0 && range.From <= union[^1].To)
            {
                union[^1] = new TimeRange(union[^1].From, range.To > union[^1].To ? range.To : union[^1].To);
            }
            else
            {
                union.Add(range);
            }
        }

        return union;
    }

    /// <summary>What of this range none of the others covers, in order: what is still to be asked for.</summary>
    public IReadOnlyList<TimeRange> Except(IEnumerable<TimeRange> covered)
    {
        List<TimeRange> rest = [];
        Timestamp start = From;
        foreach (TimeRange range in Union(covered))
        {
            if (range.To <= start || range.From >= To)
            {
                continue;
            }

            if (range.From > start)
            {
                rest.Add(new TimeRange(start, range.From));
            }

            start = range.To;
        }

        if (start < To)
        {
            rest.Add(new TimeRange(start, To));
        }

        return rest;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{From} to {To}";
}
