namespace Harrier.Engine.Portfolio;

/// <summary>
/// Size and cost of a position from signed executions: the average price of what grows it, unchanged by what makes it smaller, anew after a
/// flip. Immutable, exact; a partial cost is rounded once and its rest stays.
/// </summary>
/// <param name="Quantity">Size, below 0 for short.</param>
/// <param name="Cost">What the open part cost: above 0 for a long, below 0 (what its sale brought) for a short.</param>
public readonly record struct NetPosition(decimal Quantity, decimal Cost)
{
    // Splits of a cost are rounded to this many decimals; finer than any venue settles, coarse enough that sums stay exact in 28 digits.
    internal const int SplitDecimals = 12;

    /// <summary>Average price of the open part; 0 when flat.</summary>
    public decimal EntryPrice => Quantity == 0 ? 0 : Cost / Quantity;

    /// <summary>The position of a size at an average price.</summary>
    public static NetPosition At(decimal quantity, decimal entryPrice) => new(quantity, quantity * entryPrice);

    /// <summary>The position after an execution.</summary>
    /// <param name="signed">Size, above 0 bought, below 0 sold, not 0.</param>
    /// <param name="price">Its price.</param>
    /// <param name="realized">Profit that it realizes, before fees; 0 when it only grows the position.</param>
    public NetPosition Add(decimal signed, decimal price, out decimal realized)
    {
        bool reduces = Math.Sign(signed) == -Math.Sign(Quantity);
        decimal closing = reduces ? Math.Min(Math.Abs(signed), Math.Abs(Quantity)) : 0;
        decimal closedCost = closing == 0 ? 0 : CostOf(Cost, closing, Math.Abs(Quantity));
        decimal closed = Math.Sign(Quantity) * closing;
        realized = (closed * price) - closedCost;
        decimal opening = signed + closed;
        return new NetPosition(Quantity + signed, Cost - closedCost + (opening * price));
    }

    /// <summary>The cost of a part: all of it for the whole, rounded otherwise.</summary>
    internal static decimal CostOf(decimal cost, decimal part, decimal whole) =>
        part == whole ? cost : decimal.Round(cost * part / whole, SplitDecimals);
}
