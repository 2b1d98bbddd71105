using Harrier.Domain;
using Harrier.Research.Backtests;

namespace Harrier.Research.Replays;

/// <summary>
/// Proves on the run itself that no decision knew the future: at sampled moments the run is repeated with all events corrupted that the venue had not seen yet, and
/// all decisions up to the moment must be the same.
/// </summary>
internal sealed class ReplayLeakageCheck
{
    private readonly List<(long Events, Timestamp Moment, string Decisions)> _samples = [];

    /// <summary>Remembers the decisions of the real run at a moment.</summary>
    public void Sample(ReplaySession session) => _samples.Add((session.Loop.EventsPlayed, session.Engine.Time.Now, session.Engine.DecisionHash));

    /// <summary>Repeats the run up to each sampled moment.</summary>
    public CheckResult Run(BacktestSettings settings, ReplayInput input, string configHash)
    {
        foreach ((long events, Timestamp moment, string expected) in _samples)
        {
            using ReplaySession session = ReplaySession.Create(settings, input with { Tape = new CorruptedTape(input.Tape, events) }, configHash);
            session.Loop.Play(events);
            if (session.Engine.DecisionHash != expected)
            {
                return new CheckResult("leakage", false, $"decisions up to {moment} change when only later events are corrupted: the strategy knows the future");
            }
        }

        return _samples.Count == 0
            ? new CheckResult("leakage", true, "too few events to sample a moment: nothing was tested")
            : new CheckResult("leakage", true, $"decisions up to {_samples.Count} sampled moments do not change when all later events are corrupted");
    }
}
