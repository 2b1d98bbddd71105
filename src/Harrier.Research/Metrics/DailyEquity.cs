namespace Harrier.Research.Metrics;

/// <summary>The account value on a grid of UTC days: what daily and monthly returns are computed on.</summary>
public sealed class DailyEquity
{
    private readonly double[] _closes;
    private readonly double _initial;

    /// <summary>Wraps closes without copying them.</summary>
    /// <param name="initial">Account value before the first day, above 0.</param>
    /// <param name="firstDay">The first day as days since 1970-01-01.</param>
    /// <param name="closes">Account value at the end of each day, no day left out.</param>
    public DailyEquity(double initial, long firstDay, double[] closes)
    {
        _initial = initial;
        FirstDay = firstDay;
        _closes = closes;
    }

    /// <summary>The first day as days since 1970-01-01.</summary>
    public long FirstDay { get; }

    /// <summary>Account value at the end of each day in the numeraire.</summary>
    public ReadOnlySpan<double> Closes => _closes;

    /// <summary>
    /// One simple return per day, the first against the initial equity; days without change are returns of 0 and stay in.
    /// After a close of 0 or less there is nothing left to earn on: returns from there on are 0.
    /// </summary>
    public double[] Returns()
    {
        double[] returns = new double[_closes.Length];
        double before = _initial;
        for (int i = 0; i < returns.Length; i++)
        {
            returns[i] = Return(before, _closes[i]);
            before = _closes[i];
        }

        return returns;
    }

    /// <summary>
    /// The return of each UTC month, oldest first: last close of the month against the last close before it. The first and last month
    /// may be partial.
    /// </summary>
    public IReadOnlyList<MonthlyReturn> MonthlyReturns()
    {
        List<MonthlyReturn> months = [];
        double before = _initial;
        for (int i = 0; i < _closes.Length; i++)
        {
            DateOnly day = DayAt(i);
            if (i == _closes.Length - 1 || DayAt(i + 1).Month != day.Month)
            {
                months.Add(new MonthlyReturn(day.Year, day.Month, Return(before, _closes[i])));
                before = _closes[i];
            }
        }

        return months;
    }

    private static double Return(double before, double close) => before > 0 ? (close / before) - 1 : 0;

    private DateOnly DayAt(int index) => DateOnly.FromDayNumber((int)(FirstDay + index) + DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber);
}

/// <summary>The return of one UTC month.</summary>
/// <param name="Year">Year: 2024.</param>
/// <param name="Month">Month, 1 to 12.</param>
/// <param name="Return">Simple return as a fraction.</param>
public readonly record struct MonthlyReturn(int Year, int Month, double Return);
