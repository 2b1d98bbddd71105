using Harrier.Domain;
using Harrier.Engine.History;

namespace Harrier.Exchanges.History;

/// <summary>Checks answers to questions for trades and funding as <see cref="BarPages"/> does for bars. Pure.</summary>
public static class RowPages
{
    /// <summary>Checks trades, which go by their ids.</summary>
    /// <param name="rows">The answer's rows; the list is put into order.</param>
    /// <param name="query">What was asked for.</param>
    /// <param name="limit">The most rows that were asked for.</param>
    public static HistoryAnswer<HistoryPage<HistoricalTrade>> Check(List<HistoricalTrade> rows, TradeHistoryQuery query, int limit)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(query);
        HistoricalTrade? wrong = rows.Select(static row => (HistoricalTrade?)row).FirstOrDefault(static row => row is { } trade && (trade.Id < 0 || trade.Price <= 0 || trade.Quantity <= 0));
        if (wrong is { } trade)
        {
            return HistoryFaults.Malformed<HistoryPage<HistoricalTrade>>($"the trade {trade.Id} of {query.Symbol} has a price, a size or an id that is none");
        }

        bool Inside(HistoricalTrade row) => query.FromId is { } id ? row.Id >= id : row.Time >= query.From;
        (List<HistoricalTrade>? kept, int repairs) = Once(rows, static row => row.Id, Inside);
        return kept is not null
            ? HistoryAnswer<HistoryPage<HistoricalTrade>>.Of(
                new HistoryPage<HistoricalTrade>(kept, kept.Count > 0 ? kept[^1].Time : query.From, rows.Count >= limit) { Repairs = repairs })
            : HistoryFaults.Malformed<HistoryPage<HistoricalTrade>>($"trades of {query.Symbol} came twice with different values, or none is of those that were asked for");
    }

    /// <summary>Checks funding payments.</summary>
    /// <param name="rows">The answer's rows; the list is put into order.</param>
    /// <param name="query">What was asked for.</param>
    /// <param name="limit">The most rows that were asked for.</param>
    /// <param name="until">End of the time that was asked about, where that was less than the query; null otherwise.</param>
    public static HistoryAnswer<HistoryPage<HistoricalFunding>> Check(List<HistoricalFunding> rows, FundingHistoryQuery query, int limit, Timestamp? until = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(query);
        bool Inside(HistoricalFunding row) => row.Time >= query.From && row.Time < query.To;
        (List<HistoricalFunding>? kept, int repairs) = Once(rows, static row => row.Time.Nanos, Inside);
        if (kept is null)
        {
            return HistoryFaults.Malformed<HistoryPage<HistoricalFunding>>($"funding of {query.Symbol} came twice with different values, or none is from {query.From} to {query.To}");
        }

        bool isFull = rows.Count >= limit;
        Timestamp end = until ?? (isFull ? new Timestamp(kept[^1].Time.Nanos + 1) : query.To);
        return HistoryAnswer<HistoryPage<HistoricalFunding>>.Of(new HistoryPage<HistoricalFunding>(kept, end, isFull) { Repairs = repairs });
    }

    // Null where a row came twice with different values, or where nothing of a full answer is of use.
    private static (List<T>? Kept, int Repairs) Once<T>(List<T> rows, Func<T, long> keyOf, Func<T, bool> isInside)
        where T : struct, IEquatable<T>
    {
        int repairs = Enumerable.Range(1, Math.Max(0, rows.Count - 1)).Count(i => keyOf(rows[i]) < keyOf(rows[i - 1]));
        List<T> kept = new(rows.Count);
        foreach (T row in repairs > 0 ? rows.OrderBy(keyOf).ToList() : rows)
        {
            bool isTwice = kept.Count > 0 && keyOf(kept[^1]) == keyOf(row);
            if (isTwice && !kept[^1].Equals(row))
            {
                return (null, 0);
            }

            if (isInside(row) && !isTwice)
            {
                kept.Add(row);
            }
            else
            {
                repairs++;
            }
        }

        return (kept.Count == 0 && rows.Count > 0 ? null : kept, repairs);
    }
}
