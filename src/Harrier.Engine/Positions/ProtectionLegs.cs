using Harrier.Domain;
using Harrier.Engine.Execution;

namespace Harrier.Engine.Positions;

/// <summary>The protective orders of one position, and what is remembered of their losses. Written to saved state as it lies in memory: no gaps between fields.</summary>
internal struct ProtectionLegs
{
    /// <summary>The stop order; the default when none works.</summary>
    public ClientOrderId Stop;
    public ClientOrderId Target;
    public ClientOrderId Trail;
    public long Covered;

    /// <summary>The order that closes the position; the default when none was sent.</summary>
    public ClientOrderId Exit;

    /// <summary>The stop placed for one that was lost, until the venue confirms it.</summary>
    public ClientOrderId Unguarded;
    public Timestamp LostAt;
    public int Losses;

    /// <summary>1 once the owner took the position over.</summary>
    public int IsLeft;

    /// <summary>Trigger of the stop of a planned entry, in place of that of the settings; 0 without a plan.</summary>
    public PriceTicks Planned;

    /// <summary>Why that stop is where it is, an <see cref="OrderPurpose"/>.</summary>
    public long PlannedPurpose;

    public readonly bool HasAny => Stop.Sequence != 0 || Trail.Sequence != 0;

    public void Confirm(in OrderEvent news)
    {
        if (news.Kind == OrderEventKind.Accepted && news.Order == Unguarded)
        {
            Unguarded = default;
        }
    }

    /// <summary>Forgets one of the protective orders.</summary>
    /// <returns>False when the order is none of them.</returns>
    public bool Drop(ClientOrderId order)
    {
        bool isStop = order == Stop;
        bool isTarget = order == Target;
        bool isTrail = order == Trail;
        Stop = isStop ? default : Stop;
        Target = isTarget ? default : Target;
        Trail = isTrail ? default : Trail;
        return isStop || isTarget || isTrail;
    }
}
