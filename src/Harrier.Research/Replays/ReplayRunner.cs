using Harrier.Engine.Journal;
using Harrier.Research.Backtests;
using Harrier.Research.Checks;

namespace Harrier.Research.Replays;

/// <summary>Runs a backtest on recorded trades and books with its honesty checks and gathers the result.</summary>
public static class ReplayRunner
{
    // Small enough that a slow strategy can be stopped between two steps.
    private const int ProgressStep = 20_000;

    /// <summary>Runs to the end of the tape.</summary>
    /// <param name="settings">What to run.</param>
    /// <param name="input">What to run it on.</param>
    /// <param name="progress">Told the number of events played; null for nobody.</param>
    /// <param name="journal">Remembers inputs and decisions; null for none.</param>
    public static BacktestResult Run(BacktestSettings settings, ReplayInput input, IProgress<long>? progress = null, IJournal? journal = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(input);
        IReadOnlyList<KeyValuePair<string, object?>> assumptions = ReplayAssumptions.Describe(settings, input);
        string configHash = BacktestAssumptions.Hash(settings, assumptions);
        using ReplaySession session = ReplaySession.Create(settings, input, configHash, journal);
        EquityObserver equity = new(session.Engine, input.Bars.Series, settings.InitialBalance);
        session.Loop.Observer = equity;
        session.Engine.DecisionObserver = settings.Decisions;
        ReplayLeakageCheck leakage = new();
        Play(session, (settings, input), leakage, progress);
        List<CheckResult> checks = [.. input.Bars.DataChecks];
        if (settings.RunChecks)
        {
            checks.Add(leakage.Run(settings, input, configHash));
            checks.Add(WarmUpCheck.Run(settings, input.Bars.Series[0]));
        }

        checks.Add(BooksCheck.Run(session.Engine, session.Venue, settings.InitialBalance));
        return BacktestRunner.ResultOf(session.Engine, (settings, input.Bars), configHash, equity.Recorder) with
        {
            Checks = checks,
            Assumptions = [.. assumptions, .. input.Bars.Provenance],
            Execution = session.Meter.Quality,
        };
    }

    private static void Play(
        ReplaySession session, (BacktestSettings Settings, ReplayInput Input) run, ReplayLeakageCheck leakage, IProgress<long>? progress)
    {
        Queue<long> moments = new(run.Settings.RunChecks ? LeakageCheck.Moments(run.Input.Events, run.Settings.Seed) : []);
        bool more = true;
        while (more)
        {
            long played = session.Loop.EventsPlayed;
            long next = Math.Min(played + ProgressStep, moments.TryPeek(out long moment) ? moment : long.MaxValue);
            more = BacktestRunner.PlayOrName(session.Engine, run.Settings, () => session.Loop.Play(next - played));
            while (moments.TryPeek(out moment) && session.Loop.EventsPlayed >= moment)
            {
                leakage.Sample(session);
                moments.Dequeue();
            }

            progress?.Report(session.Loop.EventsPlayed);
        }

        session.Loop.CloseOut();
    }
}
