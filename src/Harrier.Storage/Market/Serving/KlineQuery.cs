using Harrier.Domain;

namespace Harrier.Storage.Market.Serving;

/// <summary>Which bars are asked for.</summary>
public sealed record KlineRequest
{
    /// <summary>Whose.</summary>
    public required VenueId Venue { get; init; }

    /// <summary>The venue's symbol, as BTCUSDT.</summary>
    public required string Symbol { get; init; }

    /// <summary>Length of the bars, a length of time.</summary>
    public required BarSpec Interval { get; init; }

    /// <summary>The open times wanted.</summary>
    /// <value>All.</value>
    public TimeRange Range { get; init; } = TimeRange.Always;

    /// <summary>The most bars to give, above 0: the oldest of a range that has a start, else the newest.</summary>
    /// <value>500.</value>
    public int Limit { get; init; } = 500;
}

/// <summary>
/// Answers who asks for some bars of a store, every number as stored. Bars that are not stored are made of the longest stored ones that divide them; one
/// that is not complete is not given. Only the months that hold the answer are opened.
/// </summary>
/// <param name="store">The store.</param>
public sealed class KlineQuery(BarStore store)
{
    private const int Widening = 4;

    /// <summary>The bars, oldest first; none when the store has nothing of the symbol that divides the interval.</summary>
    /// <exception cref="ArgumentException">The limit is not above 0, or the interval is no length of time.</exception>
    /// <exception cref="StoreException">A file is damaged.</exception>
    public IReadOnlyList<HistoricalBar> Read(KlineRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Limit <= 0 || !request.Interval.IsTime || request.Interval.IntervalNanos <= 0)
        {
            throw new ArgumentException($"a limit above 0 and a length of time are needed, got {request}", nameof(request));
        }

        long wanted = request.Interval.IntervalNanos;
        SeriesKey? key = store.List()
            .Where(one => one.Venue == request.Venue && one.Symbol == request.Symbol && wanted % one.Interval!.Value.IntervalNanos == 0)
            .MaxBy(one => one.Interval!.Value.IntervalNanos);
        if (key is null || store.LastOf(key) is not { } last)
        {
            return [];
        }

        return request.Range.From > TimeRange.Always.From ? [.. Read(request, key, request.Range).Take(request.Limit)] : Newest(request, key, last);
    }

    // A longer stretch only where the bars are full of holes.
    private IReadOnlyList<HistoricalBar> Newest(KlineRequest request, SeriesKey key, Timestamp last)
    {
        long length = request.Interval.IntervalNanos;
        long end = Math.Min(request.Range.To.Nanos, last.Nanos + 1);
        Timestamp first = store.FirstMonthOf(key)!.Value;
        for (Int128 stretch = ((Int128)request.Limit + 1) * length; ; stretch *= Widening)
        {
            Int128 start = end - stretch;
            Timestamp from = start <= first.Nanos ? TimeRange.Always.From : request.Interval.BucketStart(new Timestamp((long)start));
            HistoricalBar[] found = [.. Read(request, key, new TimeRange(from, request.Range.To))];
            if (found.Length >= request.Limit || from == TimeRange.Always.From)
            {
                return found.Length > request.Limit ? found[^request.Limit..] : found;
            }
        }
    }

    private IEnumerable<HistoricalBar> Read(KlineRequest request, SeriesKey key, TimeRange range)
    {
        BarSpec stored = key.Interval!.Value;
        if (stored.IntervalNanos == request.Interval.IntervalNanos)
        {
            return store.Read(key, range);
        }

        // A bucket more at both ends: only between others is one known to be whole when its own first or last part is missing.
        long length = request.Interval.IntervalNanos;
        Timestamp from = range.From > TimeRange.Always.From ? new Timestamp(request.Interval.BucketStart(range.From).Nanos - length) : range.From;
        Timestamp to = range.To < TimeRange.Always.To ? new Timestamp(request.Interval.BucketStart(new Timestamp(range.To.Nanos - 1)).Nanos + (2 * length)) : range.To;
        return HistoricalResampler.Aggregate(store.Read(key, new TimeRange(from, to)), stored, request.Interval).Bars.Where(bar => range.Contains(bar.OpenTime));
    }
}
