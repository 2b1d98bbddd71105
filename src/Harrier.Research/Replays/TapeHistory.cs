using Harrier.Domain;

namespace Harrier.Research.Replays;

/// <summary>The bars of one instrument of a tape, made while it is read, again each time: for tapes whose bars would not fit into memory.</summary>
/// <param name="tape">The tape.</param>
/// <param name="instrument">Which of its instruments.</param>
/// <param name="spec">The bars.</param>
/// <param name="extent">How many there are, the first and the last.</param>
internal sealed class TapeHistory(MarketTape tape, Instrument instrument, BarSpec spec, BarExtent extent) : BarHistory(instrument, spec with { Source = BarSource.Aggregated })
{
    private const int BarsPerBlock = 2048;

    /// <inheritdoc/>
    public override IEnumerable<ReadOnlyMemory<Bar>> ReadBlocks()
    {
        BarCollector collector = new(Instrument.Id);
        TapeBarMaker maker = new(tape.Instruments, Spec, collector);
        using ITapeReader reader = tape.Open();
        while (reader.Read(maker))
        {
            if (collector.Bars.Count >= BarsPerBlock)
            {
                yield return collector.Take();
            }
        }

        if (collector.Bars.Count > 0)
        {
            yield return collector.Take();
        }
    }

    /// <inheritdoc/>
    protected override BarExtent Measure() => extent;

    private sealed class BarCollector(InstrumentId wanted) : IBarSink
    {
        public List<Bar> Bars { get; } = [];

        public void OnBar(in Bar bar)
        {
            if (bar.Instrument == wanted)
            {
                Bars.Add(bar);
            }
        }

        public void OnBarsClosed(Timestamp time)
        {
        }

        public ReadOnlyMemory<Bar> Take()
        {
            Bar[] block = [.. Bars];
            Bars.Clear();
            return block;
        }
    }
}
