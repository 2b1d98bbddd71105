using Harrier.Domain;

namespace Harrier.Strategies.Setups;

/// <summary>
/// Chooses where a trade has failed. A public implementation of these setups took the nearer of two candidates without asking on which side of the
/// entry it was, and placed stops of long trades above their entries; here a candidate on the wrong side is no candidate, and without any the trade
/// is refused.
/// </summary>
public static class StopChoice
{
    /// <summary>The farther of the candidates that are strictly on the losing side of the entry.</summary>
    /// <param name="side">Side of the entry.</param>
    /// <param name="entry">Price of the entry.</param>
    /// <param name="first">A candidate; NaN for none.</param>
    /// <param name="second">Another one; NaN for none.</param>
    /// <returns>NaN when none is.</returns>
    public static double Of(OrderSide side, double entry, double first, double second = double.NaN)
    {
        double one = IsLosing(side, entry, first) ? first : double.NaN;
        double other = IsLosing(side, entry, second) ? second : double.NaN;
        return double.IsNaN(one) ? other
            : double.IsNaN(other) ? one
            : side == OrderSide.Buy ? Math.Min(one, other) : Math.Max(one, other);
    }

    /// <summary>True when a price is strictly on the losing side of an entry, and above 0.</summary>
    public static bool IsLosing(OrderSide side, double entry, double stop) => stop > 0 && (side == OrderSide.Buy ? stop < entry : stop > entry);
}
