using Harrier.Domain;
using Harrier.Engine.Strategies;

namespace Harrier.Hosting.Supervision;

/// <summary>Notices a strategy that does not come back. Asked from a thread of its own, because the account's is the one that hangs.</summary>
/// <param name="current">The call that has not returned.</param>
/// <param name="longest">How long a call may take.</param>
public sealed class StrategyWatch(Func<StrategyCall?> current, TimeSpan longest)
{
    private StrategyCall? _seen;
    private Timestamp _since;

    /// <summary>Looks.</summary>
    /// <param name="now">The wall clock.</param>
    /// <returns>The call that hangs; null when none does.</returns>
    public StrategyCall? Look(Timestamp now)
    {
        StrategyCall? call = current();
        if (call != _seen)
        {
            (_seen, _since) = (call, now);
            return null;
        }

        return call is not null && now - _since >= longest ? call : null;
    }
}
