using Harrier.Domain;

namespace Harrier.Tests.Support;

/// <summary>Bars of memory as a store gives them: in blocks, all of them in one buffer that is spoiled before it is used again.</summary>
internal sealed class BlockHistory(BarSeries series, int blockLength) : BarHistory(series.Instrument, series.Spec)
{
    /// <summary>Readers that began and did not end.</summary>
    public int Open { get; private set; }

    /// <summary>Readers that began.</summary>
    public int Reads { get; private set; }

    public override IEnumerable<ReadOnlyMemory<Bar>> ReadBlocks()
    {
        Bar[] buffer = new Bar[blockLength];
        Open++;
        Reads++;
        try
        {
            for (int start = 0; start < series.Count; start += blockLength)
            {
                int count = Math.Min(blockLength, series.Count - start);
                series.Bars.Slice(start, count).CopyTo(buffer);
                yield return buffer.AsMemory(0, count);
                Array.Fill(buffer, new Bar { OpenTime = new(-1), Open = new(-1), High = new(-1), Low = new(-1), Close = new(-1), Spec = default, Instrument = new(77) });
            }
        }
        finally
        {
            Open--;
        }
    }
}
