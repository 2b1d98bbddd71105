namespace Harrier.Domain;

/// <summary>
/// The bars of one instrument in one interval, oldest first, as often as they are asked for. They need not be in memory together: they come in blocks
/// whose memory may be used again.
/// </summary>
/// <param name="instrument">What was traded.</param>
/// <param name="spec">Kind, length and origin of the bars.</param>
public abstract class BarHistory(Instrument instrument, BarSpec spec)
{
    private BarExtent? _extent;

    /// <summary>What was traded.</summary>
    public Instrument Instrument { get; } = instrument;

    /// <summary>Kind, length and origin of the bars.</summary>
    public BarSpec Spec { get; } = spec;

    /// <summary>How many bars there are, and times, prices and volumes of the first and last of them. A history that does not know reads all bars once to tell.</summary>
    public BarExtent Extent => _extent ??= Measure();

    /// <summary>
    /// Reads from the first bar on. Close times are strictly ascending over all blocks. A block is empty never, and valid only until the next one
    /// is asked for; several readers do not disturb each other.
    /// </summary>
    public abstract IEnumerable<ReadOnlyMemory<Bar>> ReadBlocks();

    /// <summary>
    /// As <see cref="ReadBlocks"/> for who looks at times, prices and volumes alone: the rest of a bar may be missing, which is cheaper where it need not be
    /// read.
    /// </summary>
    public virtual IEnumerable<ReadOnlyMemory<Bar>> ReadPrices() => ReadBlocks();

    /// <summary>Finds the extent by reading everything, unless a history knows it.</summary>
    protected virtual BarExtent Measure()
    {
        BarExtent extent = new(0, default, default);
        foreach (ReadOnlyMemory<Bar> block in ReadPrices())
        {
            ReadOnlySpan<Bar> bars = block.Span;
            extent = new BarExtent(extent.Count + bars.Length, extent.Count == 0 ? bars[0] : extent.First, bars[^1]);
        }

        return extent;
    }
}

/// <summary>What is known of bars without their content.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="First">The oldest; meaningless when there are none.</param>
/// <param name="Last">The newest; meaningless when there are none.</param>
public readonly record struct BarExtent(long Count, Bar First, Bar Last);
