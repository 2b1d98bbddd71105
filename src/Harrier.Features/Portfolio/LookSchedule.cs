namespace Harrier.Features.Portfolio;

/// <summary>
/// How often pairs are looked at. The enabled pair of the highest priority is looked at in every iteration; each ten points below it make the interval one
/// iteration longer, up to <see cref="LongestInterval"/>. A pair is due in the iterations, counted from 0, whose number its interval divides.
/// </summary>
public static class LookSchedule
{
    /// <summary>No enabled pair waits longer than this many iterations.</summary>
    public const int LongestInterval = 60;

    /// <summary>Points of priority that one more iteration of waiting stands for.</summary>
    public const int PointsPerIteration = 10;

    /// <summary>Iterations from one look at a pair to the next.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="pairs">All pairs.</param>
    /// <returns>1 to <see cref="LongestInterval"/>; 0 for a pair that is not enabled.</returns>
    public static int IntervalOf(TradingPair pair, IReadOnlyList<TradingPair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(pairs);
        if (!pair.IsEnabled)
        {
            return 0;
        }

        int highest = pairs.Where(other => other.IsEnabled).Select(other => other.Priority).Append(pair.Priority).Max();
        return Math.Min(1 + ((highest - pair.Priority) / PointsPerIteration), LongestInterval);
    }

    /// <summary>The enabled pairs to look at in an iteration, highest priority first, then by symbol.</summary>
    public static IReadOnlyList<TradingPair> Due(IReadOnlyList<TradingPair> pairs, long iteration)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return [.. pairs.Where(pair => pair.IsEnabled && iteration % IntervalOf(pair, pairs) == 0)
            .OrderByDescending(pair => pair.Priority)
            .ThenBy(pair => pair.Symbol, StringComparer.Ordinal)];
    }
}
