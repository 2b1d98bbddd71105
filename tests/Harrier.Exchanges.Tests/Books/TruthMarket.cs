using Harrier.Domain;
using Harrier.Exchanges.Books;
using Harrier.Simulation.Randomness;

namespace Harrier.Exchanges.Tests.Books;

/// <summary>A message of a made-up venue, kept whole.</summary>
public sealed record TruthUpdate(long FirstId, long FinalId, long PreviousId, LevelChange[] Changes);

/// <summary>A made-up venue that knows its book at every update id: what a synchronizer calls verified must equal it.</summary>
public sealed class TruthMarket
{
    private readonly RandomStream _random;
    private readonly bool _hasHoles;
    private readonly OrderBook _book = new();
    private readonly Dictionary<long, ulong> _checksums = [];
    private long _id;
    private long _middle = 10_000;

    /// <summary>Makes the venue.</summary>
    /// <param name="random">Its chance.</param>
    /// <param name="hasHoles">True for ids as of futures: several of them are of other symbols.</param>
    public TruthMarket(RandomStream random, bool hasHoles)
    {
        _random = random;
        _hasHoles = hasHoles;
        for (int i = 0; i < 200; i++)
        {
            Change();
        }

        _id = 1_000;
        _checksums[_id] = _book.Checksum();
    }

    public long LastId => _id;

    public ulong ChecksumAt(long id) => _checksums.TryGetValue(id, out ulong checksum) ? checksum : 0;

    /// <summary>Changes the book and tells so in one message.</summary>
    public TruthUpdate Next()
    {
        long previous = _id;
        int count = _random.NextInt32(6);
        LevelChange[] changes = new LevelChange[count];
        for (int i = 0; i < count; i++)
        {
            changes[i] = Change();
        }

        long skipped = _hasHoles ? _random.NextInt32(40) : 0;
        long first = previous + 1 + skipped;
        _id = first + Math.Max(0, count - 1);
        _checksums[_id] = _book.Checksum();
        return new TruthUpdate(first, _id, previous, changes);
    }

    /// <summary>The whole book now.</summary>
    public (long Id, LevelChange[] Levels) Snapshot()
    {
        List<LevelChange> levels = [];
        foreach (Harrier.Domain.BookLevel level in _book.Bids)
        {
            levels.Add(new LevelChange(level.Price.Value, level.Size.Value, false));
        }

        foreach (Harrier.Domain.BookLevel level in _book.Asks)
        {
            levels.Add(new LevelChange(level.Price.Value, level.Size.Value, true));
        }

        return (_id, [.. levels]);
    }

    private LevelChange Change()
    {
        // Sides never meet: bids end in an even place below the middle, asks begin above it, and the middle moves only when both allow it.
        if (_random.NextDouble() < 0.02)
        {
            long step = _random.NextDouble() < 0.5 ? -1 : 1;
            bool isFree = (_book.Bids.Count == 0 || _book.Bids.BestTicks < _middle + step) && (_book.Asks.Count == 0 || _book.Asks.BestTicks > _middle + step);
            _middle += isFree ? step : 0;
        }

        bool isAsk = _random.NextDouble() < 0.5;
        long distance = 1 + _random.NextInt32(60);
        LevelChange change = new(isAsk ? _middle + distance : _middle - distance, _random.NextInt32(3) * _random.NextInt32(1_000), isAsk);
        _book.Set(change.IsAsk, change.Ticks, change.Lots);
        return change;
    }
}
