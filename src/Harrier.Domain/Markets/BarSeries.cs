namespace Harrier.Domain;

/// <summary>The bars of one instrument in one interval in memory, oldest first, no two with the same open time.</summary>
public sealed class BarSeries : BarHistory
{
    private readonly Bar[] _bars;

    /// <summary>Wraps the first <paramref name="count"/> elements of an array without copying it.</summary>
    /// <exception cref="ArgumentException">The bars are not strictly ascending in time, or one is of another instrument, kind or interval.</exception>
    public BarSeries(Instrument instrument, BarSpec spec, Bar[] bars, int count)
        : base(instrument, spec)
    {
        ArgumentNullException.ThrowIfNull(bars);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, bars.Length);
        long previous = long.MinValue;
        foreach (ref readonly Bar bar in bars.AsSpan(0, count))
        {
            bool sameSpec = spec.IsTime ? bar.Spec.IntervalNanos == spec.IntervalNanos : bar.Spec with { IntervalNanos = 0 } == spec;
            if (bar.OpenTime.Nanos <= previous || bar.Instrument != instrument.Id || !sameSpec)
            {
                throw new ArgumentException($"bar at {bar.OpenTime} does not follow {new Timestamp(previous)} in the series {instrument} {spec}", nameof(bars));
            }

            previous = bar.OpenTime.Nanos;
        }

        _bars = bars;
        Count = count;
    }

    /// <summary>Number of bars.</summary>
    public int Count { get; }

    /// <summary>The bars, oldest first.</summary>
    public ReadOnlySpan<Bar> Bars => _bars.AsSpan(0, Count);

    /// <summary>The bar at an index from 0.</summary>
    public ref readonly Bar this[int index] => ref Bars[index];

    /// <summary>All bars as one block.</summary>
    public override IEnumerable<ReadOnlyMemory<Bar>> ReadBlocks() => Count == 0 ? [] : [_bars.AsMemory(0, Count)];

    /// <inheritdoc/>
    protected override BarExtent Measure() => Count == 0 ? default : new BarExtent(Count, _bars[0], _bars[Count - 1]);
}
