namespace Harrier.Domain;

/// <summary>The bars of one instrument in one interval, oldest first, no two with the same open time.</summary>
public sealed class BarSeries
{
    private readonly Bar[] _bars;

    /// <summary>Wraps the first <paramref name="count"/> elements of an array without copying it.</summary>
    /// <exception cref="ArgumentException">The bars are not strictly ascending in time, or one is of another instrument or interval.</exception>
    public BarSeries(Instrument instrument, BarSpec spec, Bar[] bars, int count)
    {
        ArgumentNullException.ThrowIfNull(bars);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, bars.Length);
        long previous = long.MinValue;
        foreach (ref readonly Bar bar in bars.AsSpan(0, count))
        {
            if (bar.OpenTime.Nanos <= previous || bar.Instrument != instrument.Id || bar.Spec.IntervalNanos != spec.IntervalNanos)
            {
                throw new ArgumentException($"bar at {bar.OpenTime} does not follow {new Timestamp(previous)} in the series {instrument} {spec}", nameof(bars));
            }

            previous = bar.OpenTime.Nanos;
        }

        Instrument = instrument;
        Spec = spec;
        _bars = bars;
        Count = count;
    }

    /// <summary>What was traded.</summary>
    public Instrument Instrument { get; }

    /// <summary>Kind, length and origin of the bars.</summary>
    public BarSpec Spec { get; }

    /// <summary>Number of bars.</summary>
    public int Count { get; }

    /// <summary>The bars, oldest first.</summary>
    public ReadOnlySpan<Bar> Bars => _bars.AsSpan(0, Count);

    /// <summary>The bar at an index from 0.</summary>
    public ref readonly Bar this[int index] => ref Bars[index];
}
