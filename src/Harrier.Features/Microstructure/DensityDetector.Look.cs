using Harrier.Domain;

namespace Harrier.Features.Microstructure;

/// <content>One look at the buckets: the median, then what became of the walls, then new ones.</content>
public sealed partial class DensityDetector
{
    private const double LeaveRange = 1.2;
    private const double Shrunk = 0.5;
    private const double Regrown = 0.8;
    private const double Remnant = 0.1;

    private void Look(in BookTop top, double mid, Timestamp now)
    {
        _nextLook = Cadence.Next(now, _settings.Cadence).Nanos;
        Span spans = new(
            Bids: (First(BookShape.Bound(mid, _settings.RangeBps, isAsk: false)), _grid.BucketOf(top.Bid.Price.Value)),
            Asks: (_grid.BucketOf(top.Ask.Price.Value), Last(BookShape.Bound(mid, _settings.RangeBps, isAsk: true))));
        if (now.Nanos >= _nextSnapshot)
        {
            _nextSnapshot = Cadence.Next(now, _settings.SnapshotCadence).Nanos;
            _sizes.Begin(now, now + -_settings.LookBack);
            Collect(_bids, spans.Bids);
            Collect(_asks, spans.Asks);
            _median = _sizes.Count > 0 ? _sizes.Median() : 0;
        }

        Follow(mid, now);
        if (_sizes.Count > 0)
        {
            Detect(_bids, spans.Bids, isAsk: false, now);
            Detect(_asks, spans.Asks, isAsk: true, now);
        }

        _hasGap = false;
    }

    // A bucket lies in the range when its middle does.
    private long First(double bound) => (long)Math.Ceiling((bound - ((_grid.Width - 1) / 2.0)) / _grid.Width);

    private long Last(double bound) => (long)Math.Floor((bound - ((_grid.Width - 1) / 2.0)) / _grid.Width);

    private void Collect(BucketSums sums, (long First, long Last) span)
    {
        for (long bucket = span.First; bucket <= span.Last; bucket++)
        {
            if (sums[bucket] is > 0 and long size)
            {
                _sizes.Add(size);
            }
        }
    }

    private void Detect(BucketSums sums, (long First, long Last) span, bool isAsk, Timestamp now)
    {
        double threshold = _median * _settings.Strength;
        for (long bucket = span.First; bucket <= span.Last; bucket++)
        {
            long size = sums[bucket];
            if (size < threshold || IsFollowed(isAsk, bucket))
            {
                continue;
            }

            if (_wallCount == _walls.Length)
            {
                Array.Resize(ref _walls, _walls.Length * 2);
            }

            _walls[_wallCount] = new TrackedWall
            {
                IsAsk = isAsk,
                Bucket = bucket,
                Size = size,
                InitialSize = size,
                MaxSize = size,
                Since = now.Nanos,
                LastAboveThreshold = now.Nanos,
            };
            Tell(DensityEventKind.Detected, RemovalReason.None, in _walls[_wallCount++], now);
        }
    }

    private bool IsFollowed(bool isAsk, long bucket)
    {
        for (int i = 0; i < _wallCount; i++)
        {
            if (_walls[i].Bucket == bucket && _walls[i].IsAsk == isAsk)
            {
                return true;
            }
        }

        return false;
    }

    private void Follow(double mid, Timestamp now)
    {
        int kept = 0;
        for (int i = 0; i < _wallCount; i++)
        {
            ref TrackedWall wall = ref _walls[i];
            wall.Size = (wall.IsAsk ? _asks : _bids)[wall.Bucket];
            RemovalReason reason = Fate(ref wall, mid, now);
            if (reason == RemovalReason.None)
            {
                _walls[kept++] = wall;
            }
            else
            {
                Tell(DensityEventKind.Removed, reason, in wall, now);
            }
        }

        _wallCount = kept;
    }

    private RemovalReason Fate(ref TrackedWall wall, double mid, Timestamp now)
    {
        bool isAbove = wall.Size >= _median * _settings.Strength;
        if (_hasGap && !isAbove)
        {
            return RemovalReason.Expired;
        }

        if (BookShape.IsBeyond((long)_grid.Center(wall.Bucket), BookShape.Bound(mid, _settings.RangeBps * LeaveRange, wall.IsAsk), wall.IsAsk))
        {
            return RemovalReason.OutOfRange;
        }

        Regrow(ref wall, now);
        wall.LastAboveThreshold = isAbove ? now.Nanos : wall.LastAboveThreshold;
        long lost = wall.MaxSize - wall.Size;
        wall.IsShrunk |= lost >= wall.MaxSize * Shrunk;
        if (lost >= wall.MaxSize * _settings.EatenRatio)
        {
            return Loss(ref wall, lost, isAbove, now);
        }

        wall.IsUnexplained = false;
        return now + -_settings.LookBack > new Timestamp(wall.LastAboveThreshold) ? RemovalReason.Expired : RemovalReason.None;
    }

    private void Regrow(ref TrackedWall wall, Timestamp now)
    {
        bool isRefreshed = wall.IsShrunk && wall.Size >= wall.MaxSize * Regrown;
        if (isRefreshed || wall.Size > wall.MaxSize)
        {
            // What was traded before explains nothing of what is lost from now on.
            wall.MaxSize = Math.Max(wall.MaxSize, wall.Size);
            wall.ConsumedSinceMax = 0;
        }

        if (isRefreshed)
        {
            wall.IsShrunk = false;
            wall.IsEaten = false;
            Tell(DensityEventKind.Refreshed, RemovalReason.None, in wall, now);
        }
    }

    private RemovalReason Loss(ref TrackedWall wall, long lost, bool isAbove, Timestamp now)
    {
        if (!wall.IsEaten && wall.ConsumedSinceMax >= lost / 2.0)
        {
            wall.IsEaten = true;
            Tell(DensityEventKind.Eaten, RemovalReason.None, in wall, now);
        }

        if (wall.IsEaten)
        {
            return !isAbove && wall.Size <= Math.Max(_median, wall.MaxSize * Remnant) ? RemovalReason.Consumed : RemovalReason.None;
        }

        if (!wall.IsUnexplained)
        {
            wall.IsUnexplained = true;
            wall.UnexplainedSince = now.Nanos;
        }

        // What is still as large as a wall is one, whatever it was before.
        return !isAbove && now.Nanos - wall.UnexplainedSince >= _settings.TapeDelay.Ticks * 100 ? RemovalReason.Canceled : RemovalReason.None;
    }

    private void Tell(DensityEventKind kind, RemovalReason reason, in TrackedWall wall, Timestamp now)
    {
        if (_eventCount == _events.Length)
        {
            Array.Resize(ref _events, _events.Length * 2);
        }

        _events[_eventCount++] = new DensityEvent(kind, reason, WallOf(in wall), now);
    }

    private readonly record struct Span((long First, long Last) Bids, (long First, long Last) Asks);
}
