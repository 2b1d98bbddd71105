using Harrier.Domain;
using Harrier.Engine.History;

namespace Harrier.Exchanges.History;

/// <summary>
/// Checks a venue's answer to a question for bars. What is harmless is repaired and counted: rows in another order, rows that came twice and are equal, rows from outside
/// of what was asked for. Whatever else is wrong makes the whole answer unbelievable. Pure.
/// </summary>
public static class BarPages
{
    /// <summary>Checks an answer.</summary>
    /// <param name="rows">Its rows; the list is put into order.</param>
    /// <param name="query">What was asked for.</param>
    /// <param name="limit">The most rows that were asked for.</param>
    /// <param name="until">End of the time that was asked about, where that was less than the query; null otherwise.</param>
    public static HistoryAnswer<HistoryPage<HistoricalBar>> Check(List<HistoricalBar> rows, BarHistoryQuery query, int limit, Timestamp? until = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(query);
        int repairs = PutInOrder(rows);
        List<HistoricalBar> kept = new(rows.Count);
        foreach (HistoricalBar row in rows)
        {
            bool isInside = row.OpenTime >= query.From && row.OpenTime < query.To;
            bool isTwice = isInside && kept.Count > 0 && kept[^1].OpenTime == row.OpenTime;
            if (FaultOf(row, query.Interval) is { } fault)
            {
                return HistoryFaults.Malformed<HistoryPage<HistoricalBar>>($"the bar of {query.Symbol} at {row.OpenTime} {fault}");
            }

            if (isTwice && kept[^1] != row)
            {
                return HistoryFaults.Malformed<HistoryPage<HistoricalBar>>($"the bar of {query.Symbol} at {row.OpenTime} came twice with different values");
            }

            if (isInside && !isTwice)
            {
                kept.Add(row);
            }
            else
            {
                repairs++;
            }
        }

        if (kept.Count == 0 && rows.Count > 0)
        {
            return HistoryFaults.Malformed<HistoryPage<HistoricalBar>>($"none of the {rows.Count} bars of {query.Symbol} is from {query.From} to {query.To}, which was asked for");
        }

        bool isFull = rows.Count >= limit;
        Timestamp end = until ?? (isFull ? new Timestamp(kept[^1].OpenTime.Nanos + query.Interval.IntervalNanos) : query.To);
        return HistoryAnswer<HistoryPage<HistoricalBar>>.Of(new HistoryPage<HistoricalBar>(kept, end, isFull) { Repairs = repairs });
    }

    private static int PutInOrder(List<HistoricalBar> rows)
    {
        int turned = 0;
        for (int i = 1; i < rows.Count; i++)
        {
            turned += rows[i].OpenTime < rows[i - 1].OpenTime ? 1 : 0;
        }

        if (turned > 0)
        {
            rows.Sort(static (left, right) => left.OpenTime.CompareTo(right.OpenTime));
        }

        return turned;
    }

    private static string? FaultOf(in HistoricalBar bar, BarSpec interval)
    {
        bool isSound = bar.Low > 0 && bar.Low <= bar.Open && bar.Low <= bar.Close && bar.High >= bar.Open && bar.High >= bar.Close;
        bool hasVolumes = bar.Volume >= 0 && bar.QuoteVolume is null or >= 0 && bar.TradeCount is null or >= 0 && bar.TakerBuyVolume is null or >= 0 && bar.TakerBuyQuoteVolume is null or >= 0;
        return interval.BucketStart(bar.OpenTime) != bar.OpenTime ? $"does not begin where bars of {interval} begin"
            : !isSound ? "has prices that contradict each other"
            : !hasVolumes ? "has a volume below 0"
            : null;
    }
}
