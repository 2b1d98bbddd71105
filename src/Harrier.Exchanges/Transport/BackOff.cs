namespace Harrier.Exchanges.Transport;

/// <summary>
/// Exponential waits between attempts with full jitter: a wait is uniform between 0 and a bound that doubles with each failure. Without
/// jitter all clients that one outage cut would come back in the same instant.
/// </summary>
public sealed record BackOff
{
    /// <summary>Bound of the first wait.</summary>
    public TimeSpan Base { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>No bound is above this.</summary>
    public TimeSpan Cap { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Uniform numbers in [0, 1) from a seeded source; called from one connection at a time.</summary>
    public required Func<double> Jitter { get; init; }

    /// <summary>The bound after a number of consecutive failures: base, 2 base, 4 base, up to the cap.</summary>
    /// <param name="failures">0 for the first wait.</param>
    public TimeSpan Bound(int failures)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(failures);
        double ticks = Base.Ticks * Math.Pow(2, Math.Min(failures, 62));
        return ticks >= Cap.Ticks ? Cap : TimeSpan.FromTicks((long)ticks);
    }

    /// <summary>How long to wait now.</summary>
    /// <param name="failures">Consecutive failures so far, 0 for the first wait.</param>
    public TimeSpan Next(int failures) => Bound(failures) * Jitter();
}
