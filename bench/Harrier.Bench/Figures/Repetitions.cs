namespace Harrier.Bench.Figures;

/// <summary>Times a piece of work a number of times after warming up.</summary>
/// <param name="time">Source of the timestamps.</param>
public sealed class Repetitions(TimeProvider time)
{
    private const int Timed = 31;

    // The runtime replaces its quick first code only after 100 ms without new methods, and then compiles in the background.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.8);

    /// <summary>Returns the cost of one of <paramref name="count"/> items in nanoseconds.</summary>
    public Figure NanosecondsPer(string area, string name, string unit, int count, Action work) =>
        NanosecondsPer(new Figure(area, name, unit, 0, 0, 0), count, static () => { }, work);

    /// <summary>The same, of work that has to be prepared each time; what that costs is not counted.</summary>
    public Figure NanosecondsPer(Figure what, int count, Action prepare, Action work)
    {
        long begin = time.GetTimestamp();
        while (time.GetElapsedTime(begin) < WarmUp)
        {
            prepare();
            work();
        }

        double[] costs = new double[Timed];
        for (int i = 0; i < Timed; i++)
        {
            prepare();
            long start = time.GetTimestamp();
            work();
            costs[i] = time.GetElapsedTime(start).TotalNanoseconds / count;
        }

        Array.Sort(costs);
        return what with { Median = costs[Timed / 2], Least = costs[0], Most = costs[^1] };
    }
}
