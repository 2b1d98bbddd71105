namespace Harrier.Features.OrderFlow;

/// <summary>What takers did in one row of prices, in lots.</summary>
/// <param name="Buys">Bought.</param>
/// <param name="Sells">Sold.</param>
public readonly record struct FootprintRow(long Buys, long Sells)
{
    /// <summary>Both.</summary>
    public long Volume => Buys + Sells;

    /// <summary>Buys less sells.</summary>
    public long Delta => Buys - Sells;
}
