using Harrier.Domain;

namespace Harrier.Storage.Market.Serving;

/// <summary>Bars of a store as an engine takes them, one block in memory at a time. A bar that breaks the rules of a bar is refused.</summary>
public sealed class StoredBars : BarHistory
{
    private readonly BarStore _store;
    private readonly SeriesKey _key;
    private readonly TimeRange _range;

    /// <summary>A history that reads a series of a store.</summary>
    /// <param name="store">The store; must outlive the history.</param>
    /// <param name="key">Which series.</param>
    /// <param name="instrument">What was traded, with the grid that prices are put on.</param>
    /// <param name="range">The open times wanted.</param>
    public StoredBars(BarStore store, SeriesKey key, Instrument instrument, TimeRange range)
        : base(instrument, (key.Interval ?? throw new ArgumentException($"{key} is no series of bars", nameof(key))) with { Source = BarSource.Venue })
    {
        _store = store;
        _key = key;
        _range = range;
    }

    /// <summary>Prices that were not on the grid and were moved there, within 1e-9 of themselves, when all bars were read last.</summary>
    public long SnappedPrices { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="StoreException">A file is damaged or out of order, or a bar breaks the rules of a bar.</exception>
    /// <exception cref="Bars.BarDataException">A price is off the grid.</exception>
    public override IEnumerable<ReadOnlyMemory<Bar>> ReadBlocks() => Read(BarPart.All);

    /// <inheritdoc/>
    /// <exception cref="StoreException">As for all of the bars.</exception>
    /// <exception cref="Bars.BarDataException">As for all of the bars.</exception>
    public override IEnumerable<ReadOnlyMemory<Bar>> ReadPrices() => Read(BarPart.PricesAndVolume);

    private IEnumerable<ReadOnlyMemory<Bar>> Read(BarPart part)
    {
        BarConversion conversion = new(Instrument, Spec);
        foreach (BarBlock block in _store.ReadBlocks(_key, _range, part))
        {
            ReadOnlyMemory<Bar> bars = conversion.Convert(block, _key);
            if (!bars.IsEmpty)
            {
                yield return bars;
            }
        }

        SnappedPrices = conversion.SnappedPrices;
    }
}
