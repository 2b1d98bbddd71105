using Harrier.Domain;

namespace Harrier.Engine.Risk.Rules;

/// <summary>A limit of the account that is measured with every input that moves the equity or ends a position, and bars every entry while it is reached.</summary>
internal abstract class AccountLimit : IStateful
{
    /// <summary>The rule by which it refuses.</summary>
    public abstract DenyRule Rule { get; }

    /// <summary>False when it is not set.</summary>
    public abstract bool IsOn { get; }

    /// <summary>What is measured now, in the unit of the rule.</summary>
    public abstract decimal Value(Timestamp now);

    /// <summary>What is allowed, in the same unit; 0 when it is not set.</summary>
    public abstract decimal Limit { get; }

    /// <summary>True while it bars entries.</summary>
    public abstract bool IsReached(Timestamp now);

    /// <summary>True once 80 % of it are used up.</summary>
    public abstract bool IsNear(Timestamp now);

    /// <summary>When it ends to bar entries by itself; null when only the operator ends it, or it does not bar any.</summary>
    public virtual Timestamp? EndsAt(Timestamp now) => null;

    /// <summary>The value by which it refuses: the one at which it was reached, where that lasts.</summary>
    public virtual decimal RefusedAt(Timestamp now) => Value(now);

    /// <summary>Takes the equity at the mark.</summary>
    public virtual void Measure(Timestamp now, decimal equity)
    {
    }

    /// <summary>Takes the end of a position.</summary>
    public virtual void OnRoundTrip(decimal pnl, Timestamp now)
    {
    }

    /// <summary>Money came or went: a loss stays the same fraction of what is there now.</summary>
    public virtual void Rescale(decimal factor)
    {
    }

    public DenyReason Check(Timestamp now) => IsOn && IsReached(now) ? new DenyReason(Rule, RefusedAt(now), Limit) : default;

    public abstract void Save(ref StateWriter writer);

    public abstract void Restore(ref StateReader reader);
}
