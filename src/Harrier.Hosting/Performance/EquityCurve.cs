using Harrier.Domain;
using Harrier.Research.Metrics;
using Harrier.Storage.Records.Rows;

namespace Harrier.Hosting.Performance;

/// <summary>
/// What bots were worth together, made of the minutes that were kept of each. A bot that is not heard of yet counts with what was paid in, so that one that
/// begins later is no profit, and one that was not heard of for a while stays where it was.
/// </summary>
internal sealed class EquityCurve
{
    private EquityCurve(decimal paidIn, IReadOnlyList<(Timestamp Time, decimal Equity)> points) => (PaidIn, Points) = (paidIn, points);

    /// <summary>What was paid in, in quote currency.</summary>
    public decimal PaidIn { get; }

    /// <summary>The worth after each minute that changed it, oldest first, at the mark.</summary>
    public IReadOnlyList<(Timestamp Time, decimal Equity)> Points { get; }

    /// <summary>What they are worth now.</summary>
    public decimal Equity => Points is [.., (_, var last)] ? last : PaidIn;

    /// <summary>The largest fall from a peak so far, and the present one, as fractions of the peak.</summary>
    public (decimal Largest, decimal Present) Drawdown
    {
        get
        {
            decimal peak = PaidIn;
            decimal largest = 0;
            decimal present = 0;
            foreach ((_, decimal equity) in Points)
            {
                peak = Math.Max(peak, equity);
                present = peak > 0 ? (peak - equity) / peak : 0;
                largest = Math.Max(largest, present);
            }

            return (largest, present);
        }
    }

    /// <summary>The curve of the minutes of any bots.</summary>
    /// <param name="rows">Their minutes, oldest first.</param>
    public static EquityCurve Of(IReadOnlyList<EquityRow> rows)
    {
        Dictionary<(string Account, string Bot), decimal> paid = [];
        foreach (EquityRow row in rows)
        {
            paid[(row.Account, row.Bot)] = row.Equity - row.Pnl;
        }

        decimal paidIn = paid.Values.Sum();
        Dictionary<(string Account, string Bot), decimal> pnl = [];
        decimal sum = 0;
        List<(Timestamp, decimal)> points = [];
        for (int i = 0; i < rows.Count; i++)
        {
            (string, string) bot = (rows[i].Account, rows[i].Bot);
            sum += rows[i].Pnl - pnl.GetValueOrDefault(bot);
            pnl[bot] = rows[i].Pnl;
            if (i + 1 == rows.Count || rows[i + 1].Time != rows[i].Time)
            {
                points.Add((rows[i].Time, paidIn + sum));
            }
        }

        return new EquityCurve(paidIn, points);
    }

    /// <summary>One simple return for each UTC day from the first to the last; days without a minute are returns of 0.</summary>
    public double[] DailyReturns()
    {
        if (Points.Count == 0 || PaidIn <= 0)
        {
            return [];
        }

        long first = DayOf(Points[0].Time);
        double[] closes = new double[DayOf(Points[^1].Time) - first + 1];
        double last = (double)PaidIn;
        int next = 0;
        for (int day = 0; day < closes.Length; day++)
        {
            for (; next < Points.Count && DayOf(Points[next].Time) == first + day; next++)
            {
                last = (double)Points[next].Equity;
            }

            closes[day] = last;
        }

        return new DailyEquity((double)PaidIn, first, closes).Returns();
    }

    private static long DayOf(Timestamp time) => time.Nanos / (Timestamp.NanosPerSecond * 86_400);
}
