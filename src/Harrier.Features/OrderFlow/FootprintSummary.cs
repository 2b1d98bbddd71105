using Harrier.Domain;

namespace Harrier.Features.OrderFlow;

/// <summary>A closed footprint in few numbers. Sizes are lots, prices the lowest of their row.</summary>
/// <param name="OpenTime">Start of the bar.</param>
/// <param name="KnownAt">When it was closed: the first trade of a later bar, or the bar itself.</param>
/// <param name="Buys">Bought by takers.</param>
/// <param name="Sells">Sold by takers.</param>
/// <param name="PointOfControl">The price with the most volume; of several the one nearest the middle of the bar.</param>
/// <param name="High">Highest row.</param>
/// <param name="Low">Lowest row.</param>
/// <param name="RowTicks">Ticks of a row.</param>
/// <param name="BuyImbalances">Rows where takers bought diagonally.</param>
/// <param name="SellImbalances">Rows where takers sold diagonally.</param>
/// <param name="AtHigh">Bearish when buyers are exhausted at the high.</param>
/// <param name="AtLow">Bullish when sellers are exhausted at the low.</param>
public readonly record struct FootprintSummary(
    Timestamp OpenTime,
    Timestamp KnownAt,
    SizeLots Buys,
    SizeLots Sells,
    PriceTicks PointOfControl,
    PriceTicks High,
    PriceTicks Low,
    long RowTicks,
    int BuyImbalances,
    int SellImbalances,
    FlowSide AtHigh,
    FlowSide AtLow)
{
    /// <summary>Buys less sells.</summary>
    public SizeLots Delta => Buys - Sells;

    /// <summary>Bought and sold.</summary>
    public SizeLots Volume => Buys + Sells;
}
