using Harrier.Domain;
using Harrier.Features.Microstructure;
using Harrier.Tests.Support;

namespace Harrier.Tests.Features.Microstructure;

/// <summary>The rules of the detector written down once more, slowly.</summary>
internal sealed class NaiveDensity(DensitySettings settings)
{
    private readonly NaiveDepth _book = new();
    private readonly List<(long Time, List<long> Sizes)> _snapshots = [];
    private double? _reference;
    private long? _lookedAt;
    private long? _snappedAt;

    public List<NaiveWall> Walls { get; private set; } = [];

    public List<string> Events { get; } = [];

    public long Width { get; private set; }

    public double Median { get; private set; }

    /// <summary>Takes an input.</summary>
    /// <returns>True when it ended a message of a book that may be read.</returns>
    public bool Feed(in RandomMarket.Input input)
    {
        Events.Clear();
        if (input.Event is { Kind: MarketEventKind.Trade } trade)
        {
            foreach (NaiveWall wall in Walls.Where(wall => wall.IsAsk != trade.IsSell && wall.Bucket == trade.Price.Value / Width))
            {
                wall.Consumed += trade.Size.Value;
                wall.ConsumedSinceMax += trade.Size.Value;
            }
        }

        if (!_book.Feed(in input))
        {
            return false;
        }

        long now = input.Time.Nanos;
        bool isDue = _lookedAt is not { } looked || now / Nanos(settings.Cadence) > looked / Nanos(settings.Cadence) || _book.WasLost;
        if (isDue && _book.Mid is { } mid && _book.Bids.Keys.Max() < _book.Asks.Keys.Min())
        {
            Look(mid, now);
        }

        return true;
    }

    private static long Nanos(TimeSpan span) => span.Ticks * 100;

    private void Look(double mid, long now)
    {
        _lookedAt = now;
        if (_reference is not { } reference || Math.Abs(mid - reference) > reference * 0.1)
        {
            _reference = mid;
            long width = settings.BucketTicks * (long)Math.Pow(10, Math.Max(0, Math.Round(Math.Log10(mid / 1e4))));
            if (width != Width)
            {
                Width = width;
                _snapshots.Clear();
                _snappedAt = null;
                Walls.ForEach(wall => Tell(DensityEventKind.Removed, RemovalReason.Expired, wall));
                Walls = [];
            }
        }

        Dictionary<(bool IsAsk, long Bucket), long> buckets = _book.Bids.Select(level => (IsAsk: false, level.Key, level.Value))
            .Concat(_book.Asks.Select(level => (IsAsk: true, level.Key, level.Value)))
            .GroupBy(level => (level.IsAsk, level.Key / Width)).ToDictionary(group => group.Key, group => group.Sum(level => level.Value));
        KeyValuePair<(bool IsAsk, long Bucket), long>[] near =
            [.. buckets.Where(bucket => IsWithin(bucket.Key, mid, settings.RangeBps)).OrderBy(bucket => bucket.Key)];
        if (_snappedAt is not { } snapped || now / Nanos(settings.SnapshotCadence) > snapped / Nanos(settings.SnapshotCadence))
        {
            _snappedAt = now;
            _snapshots.RemoveAll(snapshot => snapshot.Time < now - Nanos(settings.LookBack));
            _snapshots.Add((now, [.. near.Select(bucket => bucket.Value)]));
            long[] all = [.. _snapshots.SelectMany(snapshot => snapshot.Sizes).Order()];
            Median = all.Length == 0 ? 0 : all.Length % 2 == 1 ? all[all.Length / 2] : (all[(all.Length / 2) - 1] + all[all.Length / 2]) / 2.0;
        }

        Walls = [.. Walls.Where(wall => IsKept(wall, buckets.GetValueOrDefault((wall.IsAsk, wall.Bucket)), mid, now))];
        foreach (((bool isAsk, long bucket), long size) in near.Where(bucket => bucket.Value >= settings.Strength * Median))
        {
            if (!Walls.Any(wall => wall.IsAsk == isAsk && wall.Bucket == bucket))
            {
                Walls.Add(new NaiveWall { IsAsk = isAsk, Bucket = bucket, Size = size, Max = size, LastAbove = now });
                Tell(DensityEventKind.Detected, RemovalReason.None, Walls[^1]);
            }
        }

        _book.WasLost = false;
    }

    private bool IsWithin((bool IsAsk, long Bucket) bucket, double mid, double range)
    {
        double center = (bucket.Bucket * Width) + ((Width - 1) / 2.0);
        return bucket.IsAsk ? center <= mid * (1 + (range / 1e4)) : center >= mid * (1 - (range / 1e4));
    }

    private bool IsKept(NaiveWall wall, long size, double mid, long now)
    {
        wall.Size = size;
        if (_book.WasLost && size < settings.Strength * Median)
        {
            return Gone(wall, RemovalReason.Expired);
        }

        if (!IsWithin((wall.IsAsk, wall.Bucket), mid, settings.RangeBps * 1.2))
        {
            return Gone(wall, RemovalReason.OutOfRange);
        }

        if (wall.HasHalved && size >= wall.Max * 0.8)
        {
            (wall.HasHalved, wall.IsEaten, wall.ConsumedSinceMax) = (false, false, 0);
            wall.Max = Math.Max(wall.Max, size);
            Tell(DensityEventKind.Refreshed, RemovalReason.None, wall);
        }

        if (size > wall.Max)
        {
            (wall.Max, wall.ConsumedSinceMax) = (size, 0);
        }

        wall.HasHalved |= size <= wall.Max * 0.5;
        wall.LastAbove = size >= settings.Strength * Median ? now : wall.LastAbove;
        long lost = wall.Max - size;
        if (lost < wall.Max * settings.EatenRatio)
        {
            wall.LossSince = null;
            return now - wall.LastAbove <= Nanos(settings.LookBack) || Gone(wall, RemovalReason.Expired);
        }

        if (!wall.IsEaten && wall.ConsumedSinceMax * 2 >= lost)
        {
            wall.IsEaten = true;
            Tell(DensityEventKind.Eaten, RemovalReason.None, wall);
        }

        if (wall.IsEaten)
        {
            return size >= settings.Strength * Median || (size > Median && size > wall.Max * 0.1) || Gone(wall, RemovalReason.Consumed);
        }

        wall.LossSince ??= now;
        return size >= settings.Strength * Median || now - wall.LossSince < Nanos(settings.TapeDelay) || Gone(wall, RemovalReason.Canceled);
    }

    private bool Gone(NaiveWall wall, RemovalReason reason)
    {
        Tell(DensityEventKind.Removed, reason, wall);
        return false;
    }

    private void Tell(DensityEventKind kind, RemovalReason reason, NaiveWall wall) =>
        Events.Add($"{kind} {reason} {(wall.IsAsk ? OrderSide.Sell : OrderSide.Buy)} {wall.Bucket * Width}");

    public sealed class NaiveWall
    {
        public bool IsAsk { get; init; }

        public long Bucket { get; init; }

        public long Size { get; set; }

        public long Max { get; set; }

        public long Consumed { get; set; }

        public long ConsumedSinceMax { get; set; }

        public long LastAbove { get; set; }

        public long? LossSince { get; set; }

        public bool IsEaten { get; set; }

        public bool HasHalved { get; set; }
    }
}
