namespace Harrier.Features.OrderFlow;

/// <summary>What the rows of a footprint say.</summary>
internal static class FootprintReading
{
    /// <summary>The row with the most volume; of several the one nearest the middle, of two as near the lower one.</summary>
    public static int PointOfControl(ReadOnlySpan<FootprintRow> rows)
    {
        int best = 0;
        for (int i = 1; i < rows.Length; i++)
        {
            bool isNearer = Math.Abs((2 * i) - (rows.Length - 1)) < Math.Abs((2 * best) - (rows.Length - 1));
            best = rows[i].Volume > rows[best].Volume || (rows[i].Volume == rows[best].Volume && isNearer) ? i : best;
        }

        return best;
    }

    /// <summary>
    /// Whether a row is a diagonal imbalance: its buys are at least the ratio times the sells one row lower, or its sells that many times the
    /// buys one row higher. Nothing on the other side counts as a ratio without end.
    /// </summary>
    public static FlowSide ImbalanceAt(ReadOnlySpan<FootprintRow> rows, int index, FootprintSettings settings)
    {
        long buys = rows[index].Buys;
        long sells = rows[index].Sells;
        bool isBuy = index > 0 && buys >= settings.ImbalanceMinLots && buys >= settings.ImbalanceRatio * rows[index - 1].Sells;
        bool isSell = index < rows.Length - 1 && sells >= settings.ImbalanceMinLots && sells >= settings.ImbalanceRatio * rows[index + 1].Buys;
        return isBuy == isSell ? FlowSide.Neutral : isBuy ? FlowSide.Bullish : FlowSide.Bearish;
    }

    /// <summary>
    /// Takers are exhausted at an extreme when the volume of its three rows falls towards it and the delta of the last row is below a quarter of
    /// that of the strongest row of their side. Exhausted buyers, at the high, point down.
    /// </summary>
    public static FlowSide ExhaustionAt(ReadOnlySpan<FootprintRow> rows, bool isHigh, double share)
    {
        if (rows.Length < 3)
        {
            return FlowSide.Neutral;
        }

        int last = isHigh ? rows.Length - 1 : 0;
        int inward = isHigh ? -1 : 1;
        bool isFalling = rows[last].Volume < rows[last + inward].Volume && rows[last + inward].Volume < rows[last + (2 * inward)].Volume;
        long strongest = 0;
        foreach (FootprintRow row in rows)
        {
            strongest = Math.Max(strongest, isHigh ? row.Delta : -row.Delta);
        }

        bool isSpent = strongest > 0 && (isHigh ? rows[last].Delta : -rows[last].Delta) < share * strongest;
        return isFalling && isSpent ? (isHigh ? FlowSide.Bearish : FlowSide.Bullish) : FlowSide.Neutral;
    }
}
