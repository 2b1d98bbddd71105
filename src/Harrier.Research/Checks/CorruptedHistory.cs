using Harrier.Domain;

namespace Harrier.Research.Checks;

/// <summary>
/// A history whose bars are wrong from an instant on and end soon after. A strategy reads bars by reference; what it could reach beyond its own are the
/// nearest ones, so those lie in one piece of memory with the bars before the instant, millions of which need no copy that way.
/// </summary>
/// <param name="source">The true bars.</param>
/// <param name="after">Bars that close later are wrong.</param>
internal sealed class CorruptedHistory(BarHistory source, Timestamp after) : BarHistory(source.Instrument, source.Spec)
{
    // No strategy looks further ahead than this.
    private const int Reach = 10_000;

    public override IEnumerable<ReadOnlyMemory<Bar>> ReadBlocks()
    {
        foreach (ReadOnlyMemory<Bar> block in source.ReadBlocks())
        {
            int first = FirstAfter(block.Span);
            if (first == block.Length)
            {
                yield return block;
                continue;
            }

            int start = Math.Max(0, first - Reach);
            if (start > 0)
            {
                yield return block[..start];
            }

            Bar[] around = block[start..(int)Math.Min(block.Length, (long)first + Reach)].ToArray();
            Corrupt(around.AsSpan(first - start));
            yield return around;
            yield break;
        }
    }

    protected override BarExtent Measure() => source.Extent;

    private int FirstAfter(ReadOnlySpan<Bar> bars)
    {
        int low = 0;
        int high = bars.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = bars[middle].CloseTime <= after ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    // A mirrored, tripled market: valid bars that no strategy could mistake for the real ones.
    private static void Corrupt(Span<Bar> bars)
    {
        foreach (ref Bar bar in bars)
        {
            long pivot = (bar.High.Value + bar.Low.Value) * 3;
            bar = bar with
            {
                Open = new PriceTicks(pivot - bar.Open.Value),
                High = new PriceTicks(pivot - bar.Low.Value),
                Low = new PriceTicks(pivot - bar.High.Value),
                Close = new PriceTicks(pivot - bar.Close.Value),
                Volume = (bar.Volume * 0.5) + 1,
            };
        }
    }
}
