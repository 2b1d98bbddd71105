using Harrier.Domain;
using Harrier.Engine.Reconciliation;

namespace Harrier.Exchanges.Trading;

/// <summary>How an account is compared with its venue.</summary>
public sealed record AccountSessionOptions
{
    /// <summary>What may be concluded, and when.</summary>
    public ReconciliationPolicy Policy { get; init; } = new();

    /// <summary>The engine's instruments: the symbols whose executions are read.</summary>
    public IReadOnlyList<Instrument> Instruments { get; init; } = [];

    /// <summary>The venue's clock less ours.</summary>
    public Func<TimeSpan> ClockOffset { get; init; } = static () => TimeSpan.Zero;

    /// <summary>True where orders that wait for a trigger live apart.</summary>
    public bool SeparateConditionals { get; init; }
}

/// <summary>What came of reading an account again.</summary>
/// <param name="IsComplete">True when everything could be read; otherwise what is missing is read at the next attempt.</param>
/// <param name="Error">What could not be read.</param>
public readonly record struct ReconcileOutcome(bool IsComplete, Results.VenueError? Error)
{
    /// <summary>True when something has to be looked at again soon: it is on its way, or one reading proves nothing.</summary>
    public bool IsPending { get; init; }
}
