using Harrier.Domain;

namespace Harrier.Features.Microstructure;

/// <summary>
/// The order book of one instrument, measured when it is asked, and what the book did lately. A book that cannot be trusted has no value: all
/// are null until it is whole again. Prices are in quote currency, sizes in base currency, distances in basis points.
/// </summary>
public sealed class BookFeatures : IBookFeature
{
    private static readonly double[] Bands = [5, 10, 25, 50];

    private readonly Instrument _instrument;
    private readonly IBookSource _source;
    private readonly BookFeatureSettings _settings;
    private readonly OrderFlowImbalance _flow;
    private readonly DepthHistory _history;
    private readonly double _tick;
    private readonly double _lot;
    private long _nextRecord = long.MinValue;

    /// <summary>Creates it.</summary>
    /// <param name="instrument">Whose book.</param>
    /// <param name="source">Where the book is read.</param>
    /// <param name="settings">What is remembered.</param>
    public BookFeatures(Instrument instrument, IBookSource source, BookFeatureSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        _instrument = instrument;
        _source = source;
        _settings = settings ?? new BookFeatureSettings();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_settings.FlowWindow, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_settings.HistoryCadence, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(_settings.HistoryLength, 1);
        _flow = new OrderFlowImbalance(_settings.FlowWindow);
        _history = new DepthHistory(_settings.HistoryLength);
        _tick = instrument.ToDouble(new PriceTicks(1));
        _lot = instrument.ToDouble(new SizeLots(1));
    }

    /// <summary>The book itself, to be read and not kept; null while it cannot be trusted.</summary>
    public OrderBook? Current => _source.Book;

    /// <summary>Best bid and ask; null unless both are there.</summary>
    public BookTop? Top => _source.Book?.Top is { IsTwoSided: true } top ? top : null;

    /// <summary>(bid + ask) / 2.</summary>
    public double? Mid => Top is { } top ? BookShape.MidTicks(in top) * _tick : null;

    /// <summary>(ask - bid) / mid, in bps.</summary>
    public double? SpreadBps => Top is { } top ? top.SpreadTicks / BookShape.MidTicks(in top) * 1e4 : null;

    /// <summary>
    /// Weighted mid: (bid price * ask size + ask price * bid size) / (bid size + ask size). The heavier side pushes it away. Not Stoikov's
    /// micro-price, which is a martingale; this is not.
    /// </summary>
    public double? WeightedMid => Top is { } top
        ? (((double)top.Bid.Price.Value * top.Ask.Size.Value) + ((double)top.Ask.Price.Value * top.Bid.Size.Value))
            / ((double)top.Bid.Size.Value + top.Ask.Size.Value) * _tick
        : null;

    /// <summary>What the last message added to <see cref="FlowImbalance"/>, in base currency.</summary>
    public double? LastFlowImbalance => _source.Book is null ? null : _flow.LastLots * _lot;

    /// <summary>
    /// Order flow imbalance (Cont) summed over its window, in base currency: above 0 buyers come in at the top of the book. Begins anew when the
    /// book was in doubt.
    /// </summary>
    public double? FlowImbalance(Timestamp now) => _source.Book is null ? null : _flow.Lots(now) * _lot;

    /// <summary>How long the book could not be read since its feed first spoke of it.</summary>
    public TimeSpan TimeUnverified(Timestamp now) => _source.TimeUnverified(now);

    /// <summary>(bids - asks) / (bids + asks) of the sizes within a distance of mid, -1..1; 0 when neither side has any there.</summary>
    /// <param name="rangeBps">Distance from mid.</param>
    public double? Imbalance(double rangeBps)
    {
        if (Top is not { } top || _source.Book is not { } book)
        {
            return null;
        }

        double mid = BookShape.MidTicks(in top);
        return BookShape.Imbalance(
            BookShape.Lots(book.Bids, false, BookShape.Bound(mid, rangeBps, false)), BookShape.Lots(book.Asks, true, BookShape.Bound(mid, rangeBps, true)));
    }

    /// <summary>(bids - asks) / (bids + asks) of the sizes of the first levels of each side, -1..1.</summary>
    /// <param name="levels">How many levels; 1 is the top alone.</param>
    public double? LevelImbalance(int levels) => Top is null || _source.Book is not { } book
        ? null
        : BookShape.Imbalance(BookShape.Lots(book.Bids, levels), BookShape.Lots(book.Asks, levels));

    /// <summary>The size of a side within a distance of its best price.</summary>
    /// <param name="side">Buy for the bids.</param>
    /// <param name="rangeBps">Distance from the best price outward.</param>
    public double? Depth(OrderSide side, double rangeBps) => Side(side) is { Count: > 0 } levels
        ? BookShape.Lots(levels, side == OrderSide.Sell, BookShape.Bound(levels.BestTicks, rangeBps, side == OrderSide.Sell)) * _lot
        : null;

    /// <summary>Copies the levels of a side within a distance of its best price, best first, with the size up to each.</summary>
    /// <returns>How many were copied; 0 for a book that cannot be read.</returns>
    public int CopyDepth(OrderSide side, double rangeBps, Span<DepthPoint> points)
    {
        if (Side(side) is not { Count: > 0 } levels)
        {
            return 0;
        }

        bool isAsk = side == OrderSide.Sell;
        double bound = BookShape.Bound(levels.BestTicks, rangeBps, isAsk);
        int copied = 0;
        long lots = 0;
        foreach (BookLevel level in levels)
        {
            if (copied == points.Length || BookShape.IsBeyond(level.Price.Value, bound, isAsk))
            {
                break;
            }

            lots += level.Size.Value;
            points[copied++] = new DepthPoint(level.Price, lots * _lot);
        }

        return copied;
    }

    /// <summary>Adds the levels of a side up in spans of equally many ticks from 0 on, nearest first; spans without levels are left out.</summary>
    /// <param name="side">Buy for the bids.</param>
    /// <param name="bucketTicks">Width of a span, 1 or more.</param>
    /// <param name="rangeBps">Distance from the best price outward.</param>
    /// <param name="buckets">Where they go.</param>
    /// <returns>How many were copied; 0 for a book that cannot be read.</returns>
    public int CopyBuckets(OrderSide side, long bucketTicks, double rangeBps, Span<DepthBucket> buckets)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bucketTicks, 1);
        if (Side(side) is not { Count: > 0 } levels)
        {
            return 0;
        }

        bool isAsk = side == OrderSide.Sell;
        double bound = BookShape.Bound(levels.BestTicks, rangeBps, isAsk);
        int copied = 0;
        long low = -1;
        long lots = 0;
        foreach (BookLevel level in levels)
        {
            long at = level.Price.Value / bucketTicks * bucketTicks;
            if (BookShape.IsBeyond(level.Price.Value, bound, isAsk) || (at != low && copied == buckets.Length))
            {
                break;
            }

            copied += at != low ? 1 : 0;
            lots = at != low ? level.Size.Value : lots + level.Size.Value;
            low = at;
            buckets[copied - 1] = new DepthBucket(new PriceTicks(low), new PriceTicks(low + bucketTicks - 1), lots * _lot);
        }

        return copied;
    }

    /// <summary>
    /// Depth a basis point: the least-squares slope through 0 of the cumulative size of both sides against the distance from mid.
    /// </summary>
    /// <param name="rangeBps">How far from mid the levels count.</param>
    public double? Slope(double rangeBps) => Top is { } top && _source.Book is { } book ? BookShape.Slope(book, BookShape.MidTicks(in top), rangeBps) * _lot : null;

    /// <summary>Size-weighted mean ask less size-weighted mean bid, in bps of mid: what the spread is for who takes all of the range.</summary>
    /// <param name="rangeBps">How far from mid the levels count.</param>
    public double? LiquidityWeightedSpreadBps(double rangeBps) =>
        Top is { } top && _source.Book is { } book ? BookShape.WeightedSpreadBps(book, BookShape.MidTicks(in top), rangeBps) : null;

    /// <summary>The depth as it was some time ago: the record made at that instant or last before it.</summary>
    /// <param name="age">How long ago.</param>
    /// <param name="now">The present.</param>
    /// <returns>Null when the history does not reach back so far, or the book was in doubt then: a record is good for two cadences.</returns>
    public DepthRecord? DepthAgo(TimeSpan age, Timestamp now)
    {
        Timestamp at = now + -age;
        return _history.Find(at, at + -(2 * _settings.HistoryCadence));
    }

    /// <inheritdoc/>
    public void OnBook(OrderBook book, Timestamp now)
    {
        ArgumentNullException.ThrowIfNull(book);
        BookTop top = book.Top;
        _flow.Update(in top, now);
        if (now.Nanos >= _nextRecord && top.IsTwoSided)
        {
            _nextRecord = Cadence.Next(now, _settings.HistoryCadence).Nanos;
            _history.Add(new DepthRecord(now, top, BandsOf(book.Bids, false), BandsOf(book.Asks, true)));
        }
    }

    /// <inheritdoc/>
    public void OnBookLost(Timestamp now) => _flow.Clear();

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_nextRecord);
        writer.Write(_flow);
        writer.Write(_history);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        _nextRecord = reader.ReadInt64();
        reader.Read(_flow);
        reader.Read(_history);
    }

    private BookSide? Side(OrderSide side) => side == OrderSide.Buy ? _source.Book?.Bids : _source.Book?.Asks;

    private DepthBands BandsOf(BookSide side, bool isAsk)
    {
        Span<long> lots = stackalloc long[Bands.Length];
        long sum = 0;
        int band = 0;
        double bound = BookShape.Bound(side.BestTicks, Bands[0], isAsk);
        foreach (BookLevel level in side)
        {
            while (BookShape.IsBeyond(level.Price.Value, bound, isAsk) && band < Bands.Length)
            {
                lots[band++] = sum;
                bound = band < Bands.Length ? BookShape.Bound(side.BestTicks, Bands[band], isAsk) : bound;
            }

            if (band == Bands.Length)
            {
                break;
            }

            sum += level.Size.Value;
        }

        lots[band..].Fill(sum);
        return new DepthBands(Size(lots[0]), Size(lots[1]), Size(lots[2]), Size(lots[3]));
    }

    private double Size(long lots) => _instrument.ToDouble(new SizeLots(lots));
}
