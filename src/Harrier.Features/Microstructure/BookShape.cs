using Harrier.Domain;

namespace Harrier.Features.Microstructure;

/// <summary>A price of a book and the size from the best price up to it.</summary>
/// <param name="Price">The price.</param>
/// <param name="Cumulative">Size of all levels from the best one to this, in base currency.</param>
public readonly record struct DepthPoint(PriceTicks Price, double Cumulative);

/// <summary>All that rests in a span of prices.</summary>
/// <param name="Low">Lowest price of the span.</param>
/// <param name="High">Highest price of the span.</param>
/// <param name="Size">In base currency.</param>
public readonly record struct DepthBucket(PriceTicks Low, PriceTicks High, double Size);

/// <summary>Measures of one book as it stands. Pure: they walk over its levels and keep nothing.</summary>
internal static class BookShape
{
    private const double BpsPerUnit = 1e4;

    /// <summary>Half the sum of the best prices, in ticks; the top must be two-sided.</summary>
    public static double MidTicks(in BookTop top) => (top.Bid.Price.Value + top.Ask.Price.Value) / 2.0;

    /// <summary>The worst price within a distance of another, in ticks.</summary>
    public static double Bound(double fromTicks, double rangeBps, bool isAsk) => fromTicks * (isAsk ? 1 + (rangeBps / BpsPerUnit) : 1 - (rangeBps / BpsPerUnit));

    /// <summary>Lots of a side from the best price to a bound.</summary>
    public static long Lots(BookSide side, bool isAsk, double bound)
    {
        long lots = 0;
        foreach (BookLevel level in side)
        {
            if (IsBeyond(level.Price.Value, bound, isAsk))
            {
                break;
            }

            lots += level.Size.Value;
        }

        return lots;
    }

    /// <summary>Lots of the first levels of a side.</summary>
    public static long Lots(BookSide side, int levels)
    {
        long lots = 0;
        foreach (BookLevel level in side)
        {
            if (levels-- == 0)
            {
                break;
            }

            lots += level.Size.Value;
        }

        return lots;
    }

    /// <summary>(bid - ask) / (bid + ask); 0 when both are 0.</summary>
    public static double Imbalance(long bid, long ask) => bid + ask > 0 ? ((double)bid - ask) / ((double)bid + ask) : 0;

    /// <summary>
    /// Least-squares slope through 0 of the cumulative size of both sides against the distance from mid, in lots a basis point: how much depth
    /// each basis point brings.
    /// </summary>
    public static double? Slope(OrderBook book, double mid, double rangeBps)
    {
        (double xy, double xx) = SlopeSums(book.Bids, mid, Bound(mid, rangeBps, false), false);
        (double askXy, double askXx) = SlopeSums(book.Asks, mid, Bound(mid, rangeBps, true), true);
        return xx + askXx > 0 ? (xy + askXy) / (xx + askXx) : null;
    }

    /// <summary>Distance of the size-weighted mean prices of both sides within a range, in bps of mid.</summary>
    public static double? WeightedSpreadBps(OrderBook book, double mid, double rangeBps)
    {
        double? bid = MeanPrice(book.Bids, Bound(mid, rangeBps, false), false);
        double? ask = MeanPrice(book.Asks, Bound(mid, rangeBps, true), true);
        return (ask - bid) / mid * BpsPerUnit;
    }

    /// <summary>True when a price is worse than a bound.</summary>
    public static bool IsBeyond(long ticks, double bound, bool isAsk) => isAsk ? ticks > bound : ticks < bound;

    private static (double XY, double XX) SlopeSums(BookSide side, double mid, double bound, bool isAsk)
    {
        double xy = 0;
        double xx = 0;
        long lots = 0;
        foreach (BookLevel level in side)
        {
            if (IsBeyond(level.Price.Value, bound, isAsk))
            {
                break;
            }

            lots += level.Size.Value;
            double distance = Math.Abs(level.Price.Value - mid) / mid * BpsPerUnit;
            xy += distance * lots;
            xx += distance * distance;
        }

        return (xy, xx);
    }

    private static double? MeanPrice(BookSide side, double bound, bool isAsk)
    {
        double weighted = 0;
        double lots = 0;
        foreach (BookLevel level in side)
        {
            if (IsBeyond(level.Price.Value, bound, isAsk))
            {
                break;
            }

            weighted += (double)level.Price.Value * level.Size.Value;
            lots += level.Size.Value;
        }

        return lots > 0 ? weighted / lots : null;
    }
}
