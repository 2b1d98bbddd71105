namespace Harrier.Domain;

/// <summary>
/// The resting orders of one instrument, added up per price, at full depth. Prices are ticks from 1 to <see cref="MaxTicks"/>; those near the
/// best ones cost a few nanoseconds to change, those far away a binary search, and none is ever dropped. A book does not know whether it is
/// complete: who fills it does.
/// </summary>
public sealed class OrderBook : IStateful
{
    /// <summary>The highest price a book takes, 2^61 ticks.</summary>
    public const long MaxTicks = 1L << 61;

    /// <summary>The bids, best (highest) first.</summary>
    public BookSide Bids { get; } = new(isAsk: false);

    /// <summary>The asks, best (lowest) first.</summary>
    public BookSide Asks { get; } = new(isAsk: true);

    /// <summary>Best bid and ask.</summary>
    public BookTop Top => new(Bids.Best, Asks.Best);

    /// <summary>True when the best bid is at or above the best ask.</summary>
    public bool IsCrossed => Bids.Count > 0 && Asks.Count > 0 && Bids.BestTicks >= Asks.BestTicks;

    /// <summary>Sets the size at a price.</summary>
    /// <param name="isAsk">Which side.</param>
    /// <param name="ticks">Price, 1 to <see cref="MaxTicks"/>.</param>
    /// <param name="lots">New size; 0 removes the level, which need not be there.</param>
    /// <exception cref="ArgumentOutOfRangeException">Price or size is outside its range.</exception>
    public void Set(bool isAsk, long ticks, long lots)
    {
        if (unchecked((ulong)(ticks - 1)) >= MaxTicks || lots < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(ticks), $"a level needs a price of 1 to {MaxTicks} ticks and a size of at least 0, got {ticks} and {lots}");
        }

        if (isAsk)
        {
            Asks.Set(-ticks, lots);
        }
        else
        {
            Bids.Set(ticks, lots);
        }
    }

    /// <summary>Removes all levels; the memory is kept for the next ones.</summary>
    public void Clear()
    {
        Bids.Clear();
        Asks.Clear();
    }

    /// <summary>A 64-bit digest of all levels: the same levels give the same digest, however they came about.</summary>
    public ulong Checksum() => Bids.Checksum(Asks.Checksum(0));

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        Bids.Save(ref writer);
        Asks.Save(ref writer);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        Bids.Restore(ref reader);
        Asks.Restore(ref reader);
    }
}
