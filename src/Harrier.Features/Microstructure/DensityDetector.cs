using Harrier.Domain;

namespace Harrier.Features.Microstructure;

/// <summary>
/// Walls of an order book: buckets of a fixed grid whose size is at least k times the median size of all buckets with orders, both sides together,
/// in the snapshots of the look-back, the present one included. Once found, a wall is followed by its price below that size too, until it is
/// gone. What it loses is told apart: to trades at its prices, or to cancellations. Looks at the first whole message in each span of its
/// cadence; a book in doubt is not looked at, and what it lost meanwhile is neither eaten nor canceled.
/// </summary>
public sealed partial class DensityDetector : ILevelFeature, ITradeFeature
{
    private const double Reanchor = 0.1;

    private readonly DensitySettings _settings;
    private readonly double _tick;
    private readonly double _lot;
    private readonly BucketSums _bids = new();
    private readonly BucketSums _asks = new();
    private readonly BucketSizes _sizes = new();
    private DensityEvent[] _events = new DensityEvent[16];
    private TrackedWall[] _walls = new TrackedWall[16];
    private int _eventCount;
    private int _wallCount;
    private PriceGrid _grid;
    private double _reference;
    private double _median;
    private long _nextLook = long.MinValue;
    private long _nextSnapshot = long.MinValue;

    // The sums follow from the book: they are not saved, but read anew at the first whole book after a restore.
    private bool _areSumsKnown;
    private bool _isKnown;
    private bool _hasGap;

    /// <summary>Creates it.</summary>
    /// <param name="instrument">Whose book.</param>
    /// <param name="settings">What counts as a wall.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public DensityDetector(Instrument instrument, DensitySettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        _settings = settings ?? new DensitySettings();
        _settings.Check();
        _tick = instrument.ToDouble(new PriceTicks(1));
        _lot = instrument.ToDouble(new SizeLots(1));
    }

    /// <summary>What counts as a wall.</summary>
    public DensitySettings Settings => _settings;

    /// <summary>The walls followed, in the order in which they were found: how many. 0 while the book cannot be read.</summary>
    public int WallCount => _isKnown ? _wallCount : 0;

    /// <summary>A wall by its place in the order in which they were found.</summary>
    public Wall this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)WallCount, nameof(index));
            return WallOf(in _walls[index]);
        }
    }

    /// <summary>The median size of a bucket in base currency; null before the first look and while the book cannot be read.</summary>
    public double? MedianSize => _isKnown && _sizes.Count > 0 ? _median * _lot : null;

    /// <summary>The smallest size of a wall in base currency; null as above.</summary>
    public double? Threshold => MedianSize * _settings.Strength;

    /// <summary>The grid of the buckets; width 0 before the first look.</summary>
    public PriceGrid Grid => _grid;

    /// <summary>What the message applied last brought, if it was looked at. Valid until the next one.</summary>
    public ReadOnlySpan<DensityEvent> Events => _events.AsSpan(0, _eventCount);

    /// <summary>The wall of a side nearest to a price.</summary>
    /// <param name="price">The price.</param>
    /// <param name="side">Buy for bids.</param>
    /// <param name="toleranceBps">How far its nearest price may be away.</param>
    /// <returns>Null when there is none so near.</returns>
    public Wall? AtPrice(PriceTicks price, OrderSide side, double toleranceBps = 10)
    {
        double nearest = price.Value * toleranceBps / 1e4;
        int found = -1;
        for (int i = 0; i < WallCount; i++)
        {
            long distance = Math.Max(0, Math.Max(_grid.Low(_walls[i].Bucket) - price.Value, price.Value - _grid.High(_walls[i].Bucket)));
            if (_walls[i].IsAsk == (side == OrderSide.Sell) && distance <= nearest && (found < 0 || distance < nearest))
            {
                nearest = distance;
                found = i;
            }
        }

        return found < 0 ? null : WallOf(in _walls[found]);
    }

    /// <summary>The largest wall of a side.</summary>
    public Wall? Largest(OrderSide side)
    {
        int found = -1;
        for (int i = 0; i < WallCount; i++)
        {
            if (_walls[i].IsAsk == (side == OrderSide.Sell) && (found < 0 || _walls[i].Size > _walls[found].Size))
            {
                found = i;
            }
        }

        return found < 0 ? null : WallOf(in _walls[found]);
    }

    /// <inheritdoc/>
    public void OnTrade(in MarketEvent trade)
    {
        // A selling taker eats bids.
        for (int i = 0; i < _wallCount; i++)
        {
            ref TrackedWall wall = ref _walls[i];
            if (wall.IsAsk != trade.IsSell && wall.Bucket == _grid.BucketOf(trade.Price.Value))
            {
                wall.Consumed += trade.Size.Value;
                wall.ConsumedSinceMax += trade.Size.Value;
            }
        }
    }

    /// <inheritdoc/>
    public void OnLevel(bool isAsk, long ticks, long change)
    {
        if (_areSumsKnown)
        {
            (isAsk ? _asks : _bids).Add(ticks, change);
        }
    }

    /// <inheritdoc/>
    public void OnBook(OrderBook book, Timestamp now)
    {
        ArgumentNullException.ThrowIfNull(book);
        _eventCount = 0;
        BookTop top = book.Top;
        if (now.Nanos < _nextLook && !_hasGap)
        {
            if (!_areSumsKnown)
            {
                Fill(book);
            }

            return;
        }

        if (top.IsTwoSided && !top.IsCrossed)
        {
            double mid = BookShape.MidTicks(in top);
            Anchor(book, mid, now);
            Look(in top, mid, now);
        }
    }

    /// <inheritdoc/>
    public void OnBookLost(Timestamp now)
    {
        _eventCount = 0;
        _areSumsKnown = false;
        _isKnown = false;
        _hasGap = true;
    }

    private void Anchor(OrderBook book, double mid, Timestamp now)
    {
        bool hasMoved = _reference == 0 || Math.Abs(mid - _reference) > _reference * Reanchor;
        if (hasMoved)
        {
            _reference = mid;
            PriceGrid grid = PriceGrid.For(mid, _settings.BucketTicks);
            if (grid != _grid)
            {
                // Sizes of other buckets cannot be compared with these.
                _grid = grid;
                _sizes.Clear();
                _nextSnapshot = long.MinValue;
                for (int i = 0; i < _wallCount; i++)
                {
                    Tell(DensityEventKind.Removed, RemovalReason.Expired, in _walls[i], now);
                }

                _wallCount = 0;
            }
        }

        if (hasMoved || !_areSumsKnown)
        {
            Fill(book);
        }

        _isKnown = true;
    }

    private void Fill(OrderBook book)
    {
        _bids.Fill(_grid, _reference, book.Bids);
        _asks.Fill(_grid, _reference, book.Asks);
        _areSumsKnown = true;
    }

    private Wall WallOf(in TrackedWall wall) => new()
    {
        Side = wall.IsAsk ? OrderSide.Sell : OrderSide.Buy,
        Low = new PriceTicks(_grid.Low(wall.Bucket)),
        High = new PriceTicks(_grid.High(wall.Bucket)),
        Price = _grid.Center(wall.Bucket) * _tick,
        Size = wall.Size * _lot,
        InitialSize = wall.InitialSize * _lot,
        MaxSize = wall.MaxSize * _lot,
        Consumed = wall.Consumed * _lot,
        Strength = wall.Size / _median,
        ThresholdRatio = wall.Size / (_median * _settings.Strength),
        IsEaten = wall.IsEaten,
        Since = new Timestamp(wall.Since),
    };
}
