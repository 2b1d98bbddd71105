using Harrier.Domain;

namespace Harrier.Engine.Reconciliation;

/// <summary>What the reconciler may conclude, and when.</summary>
public sealed record ReconciliationPolicy
{
    /// <summary>What we learned this shortly before the question is not compared: the venue's copies may lag behind.</summary>
    /// <value>3 seconds.</value>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>A position or balance that differs without a reason must be read twice, this far apart, with the same value: venues have shown wrong ones for seconds.</summary>
    /// <value>5 seconds; 0 believes the first reading.</value>
    public TimeSpan ConfirmAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>An order told to have traded, whose executions stay out of a complete list for this long, gets one that is concluded from its cumulative numbers.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan InferAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// An order that was sent this long ago, and that the venue twice does not know when asked for it alone, is over: it never existed, or, when it had
    /// been shown, the venue has forgotten it.
    /// </summary>
    /// <value>10 minutes, far beyond any quiet time; younger ones are left to the protocol of unknown outcomes.</value>
    public TimeSpan AbsentAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Largest difference of a position's size, in base currency, that is none.</summary>
    /// <value>0: sizes are exact.</value>
    public decimal SizeTolerance { get; init; }

    /// <summary>Largest relative difference of an entry price that is none.</summary>
    /// <value>0.0001, venues round averages.</value>
    public decimal EntryTolerance { get; init; } = 0.0001m;

    /// <summary>Largest difference of a balance that is none.</summary>
    /// <value>0.00000001, the last digit that venues settle.</value>
    public decimal BalanceTolerance { get; init; } = 0.00000001m;

    /// <summary>
    /// Largest relative difference of the balance of an account with contracts that is none: venues round average entry prices and realized profit, each
    /// in its own way.
    /// </summary>
    /// <value>0.000000001.</value>
    public decimal SettlementTolerance { get; init; } = 0.000000001m;

    /// <summary>True when a confirmed difference of positions and balances is resolved by taking over the venue's; false when a person has to.</summary>
    public bool TrustVenue { get; init; } = true;

    /// <summary>True when entries stop after a position was taken over that no execution explains.</summary>
    public bool HaltOnUnexplained { get; init; } = true;

    /// <summary>Tells ids that our own naming makes from others. An order named so that the book does not know was sent by another run, or the book lost it.</summary>
    public Func<string, bool> IsOwnName { get; init; } = static id => ClientOrderId.TryParse(id, out _);
}
