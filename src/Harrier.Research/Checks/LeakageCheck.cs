using Harrier.Domain;
using Harrier.Research.Backtests;

namespace Harrier.Research.Checks;

/// <summary>
/// Proves on the run itself that no decision knew the future: at sampled moments the run is repeated with every later bar
/// corrupted, and all decisions up to the moment must be the same. What a strategy keeps outside of its instance (static
/// fields, files) is caught by this; what it reads from the engine cannot leak, as the engine never sees a later bar.
/// </summary>
public sealed class LeakageCheck
{
    private readonly List<(long Bars, Timestamp Moment, string Decisions)> _samples = [];

    /// <summary>Moments to sample, as numbers of bars played, ascending; chosen by the seed, at a cost of at most about two more runs.</summary>
    public static IReadOnlyList<long> Moments(long bars, long seed)
    {
        int count = bars < 50_000 ? 8 : 3;
        SortedSet<long> moments = [];
        ulong state = unchecked((ulong)seed + 0x9E3779B97F4A7C15UL);
        for (int i = 0; i < count && bars > 1; i++)
        {
            // One moment in each equal part of the run, so that early and late decisions are both covered.
            state = unchecked((state * 6364136223846793005UL) + 1442695040888963407UL);
            double within = (i + ((state >> 11) * (1.0 / (1UL << 53)))) / count;
            moments.Add(Math.Clamp((long)(bars * within), 1, bars - 1));
        }

        return [.. moments];
    }

    /// <summary>Remembers the decisions of the real run at a moment.</summary>
    /// <param name="barsPlayed">Number of bars played until then.</param>
    /// <param name="moment">When the last of them closed.</param>
    /// <param name="decisionHash">The hash of all decisions until then.</param>
    public void Sample(long barsPlayed, Timestamp moment, string decisionHash) => _samples.Add((barsPlayed, moment, decisionHash));

    /// <summary>Repeats the run up to each sampled moment on data whose future is corrupted.</summary>
    public CheckResult Run(BacktestSettings settings, BacktestInput input, string configHash)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(input);
        foreach ((long bars, Timestamp moment, string expected) in _samples)
        {
            using BacktestSession session = BacktestSession.Create(settings, [.. input.Series.Select(series => new CorruptedHistory(series, moment))], configHash);
            session.Loop.Play(bars);
            if (session.Engine.DecisionHash != expected)
            {
                return new CheckResult("leakage", false, $"decisions up to {moment} change when only later bars are corrupted: the strategy knows the future");
            }
        }

        return _samples.Count == 0
            ? new CheckResult("leakage", true, "too few bars to sample a moment: nothing was tested")
            : new CheckResult("leakage", true, $"decisions up to {_samples.Count} sampled moments do not change when all later bars are corrupted");
    }
}
