namespace Harrier.Features.OrderFlow;

/// <summary>How a value area grows from the point of control.</summary>
public enum ValueAreaRule
{
    /// <summary>By the larger of the two rows beside it.</summary>
    OneRow,

    /// <summary>By the two rows above or the two below, whichever hold more (Chicago Board of Trade).</summary>
    TwoRow,
}

/// <summary>
/// Point of control and value area of a volume profile: rows of prices, lowest first. Ties: the point of control is the row nearest the middle, of two
/// as near the lower one; a value area grows upwards.
/// </summary>
/// <param name="PointOfControl">The row with the most volume.</param>
/// <param name="Low">Lowest row of the value area.</param>
/// <param name="High">Highest row of the value area.</param>
/// <param name="Volume">Volume of the value area.</param>
/// <param name="Total">Volume of all rows.</param>
public readonly record struct ValueArea(int PointOfControl, int Low, int High, double Volume, double Total)
{
    /// <summary>Part of the volume that a value area holds at least.</summary>
    public const double DefaultShare = 0.7;

    /// <summary>Finds both.</summary>
    /// <param name="volumes">Volume of each row, lowest price first; 0 or more.</param>
    /// <param name="rule">How the area grows.</param>
    /// <param name="share">Part of the volume that it holds at least, above 0 and at most 1.</param>
    /// <exception cref="ArgumentException">There is no row.</exception>
    public static ValueArea Of(ReadOnlySpan<double> volumes, ValueAreaRule rule, double share = DefaultShare)
    {
        if (volumes.IsEmpty)
        {
            throw new ArgumentException("a volume profile has at least one row", nameof(volumes));
        }

        double total = 0;
        int best = 0;
        for (int i = 0; i < volumes.Length; i++)
        {
            total += volumes[i];
            bool isNearer = Math.Abs((2 * i) - (volumes.Length - 1)) < Math.Abs((2 * best) - (volumes.Length - 1));
            best = volumes[i] > volumes[best] || (volumes[i] == volumes[best] && isNearer) ? i : best;
        }

        int low = best;
        int high = best;
        double inside = volumes[best];
        int step = rule == ValueAreaRule.TwoRow ? 2 : 1;
        while (inside < share * total && (low > 0 || high < volumes.Length - 1))
        {
            int rowsAbove = Math.Min(step, volumes.Length - 1 - high);
            int rowsBelow = Math.Min(step, low);
            double above = Sum(volumes.Slice(high + 1, rowsAbove));
            double below = Sum(volumes.Slice(low - rowsBelow, rowsBelow));
            bool grows = rowsAbove > 0 && (above >= below || rowsBelow == 0);
            inside += grows ? above : below;
            high += grows ? rowsAbove : 0;
            low -= grows ? 0 : rowsBelow;
        }

        return new ValueArea(best, low, high, inside, total);
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }
}
