using Harrier.Domain;

namespace Harrier.Features.Bars;

/// <summary>Bars made of shorter ones while they are read, in memory that does not grow with their number.</summary>
/// <remarks>Time bars equal those of <see cref="BarResampler"/>; other kinds are an approximation, see <see cref="BarBuilder"/>.</remarks>
public sealed class BuiltHistory : BarHistory
{
    private const int BarsPerBlock = 2048;
    private readonly BarHistory _source;

    /// <summary>Puts a builder behind a history.</summary>
    /// <param name="source">The shorter bars; time bars.</param>
    /// <param name="spec">The bars to make; what they are labeled with besides is decided here.</param>
    /// <exception cref="ArgumentException">The length is not a multiple of the source's, or the source has no time bars.</exception>
    public BuiltHistory(BarHistory source, BarSpec spec)
        : base(source.Instrument, spec with { Source = spec.IsTime ? BarSource.Aggregated : BarSource.Approximated })
    {
        if (!source.Spec.IsTime || (spec.IsTime && (spec.IntervalNanos <= 0 || spec.IntervalNanos % source.Spec.IntervalNanos != 0)))
        {
            throw new ArgumentException($"{spec} is not a multiple of {source.Spec}", nameof(spec));
        }

        _source = source;
    }

    /// <inheritdoc/>
    public override IEnumerable<ReadOnlyMemory<Bar>> ReadBlocks() => Build(_source.ReadBlocks());

    /// <inheritdoc/>
    public override IEnumerable<ReadOnlyMemory<Bar>> ReadPrices() => Spec.IsTime ? Build(_source.ReadPrices()) : ReadBlocks();

    private IEnumerable<ReadOnlyMemory<Bar>> Build(IEnumerable<ReadOnlyMemory<Bar>> blocks)
    {
        BarBuilder builder = BarBuilder.Create(Instrument, Spec);
        Bar[] made = new Bar[BarsPerBlock];
        foreach (ReadOnlyMemory<Bar> block in blocks)
        {
            int count = 0;
            for (int next = 0; next < block.Length;)
            {
                next += Build(builder, block.Span[next..], ref made, ref count);
                if (count > 0)
                {
                    yield return made.AsMemory(0, count);
                    count = 0;
                }
            }
        }
    }

    // Stops when the next bar may not find room; a brick chart may need more for a single bar.
    private static int Build(BarBuilder builder, ReadOnlySpan<Bar> bars, ref Bar[] made, ref int count)
    {
        int used = 0;
        while (used < bars.Length && count < made.Length - 1)
        {
            ReadOnlySpan<Bar> closed = builder.Update(in bars[used++]);
            if (count + closed.Length > made.Length)
            {
                Array.Resize(ref made, count + closed.Length);
            }

            closed.CopyTo(made.AsSpan(count));
            count += closed.Length;
        }

        return used;
    }
}
