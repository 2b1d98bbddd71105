using Harrier.Domain;
using Harrier.Features.Bars;

namespace Harrier.Storage.Market.Serving;

/// <summary>What bars to make of trades.</summary>
/// <param name="Instrument">What was traded.</param>
/// <param name="Spec">The bars.</param>
/// <param name="Range">The times of the trades wanted.</param>
public sealed record TradeBars(Instrument Instrument, BarSpec Spec, TimeRange Range);

/// <summary>
/// Bars made of stored trades while they are read. Of time bars the first is left out unless the first trade stands at its very start, because nothing says
/// whether trades before it are missing; a last one that no later trade shows to be complete does not come.
/// </summary>
public sealed class TradeHistory : BarHistory
{
    private const int BarsPerBlock = 2048;

    private readonly TradeStore _store;
    private readonly SeriesKey _key;
    private readonly TimeRange _range;

    /// <summary>A history that reads the trades of a symbol.</summary>
    /// <param name="store">The store; must outlive the history.</param>
    /// <param name="key">Which trades.</param>
    /// <param name="wanted">What to make of them.</param>
    public TradeHistory(TradeStore store, SeriesKey key, TradeBars wanted)
        : base(wanted.Instrument, wanted.Spec with { Source = BarSource.Aggregated })
    {
        _store = store;
        _key = key;
        _range = wanted.Range;
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">A file is damaged.</exception>
    /// <exception cref="ArgumentException">A price is off the grid.</exception>
    public override IEnumerable<ReadOnlyMemory<Bar>> ReadBlocks()
    {
        BarBuilder builder = BarBuilder.Create(Instrument, Spec);
        Bar[] made = new Bar[BarsPerBlock];
        int count = 0;
        Timestamp? start = null;
        foreach (HistoricalTrade trade in _store.Read(_key, _range))
        {
            start ??= FirstWhole(trade.Time);
            TradePrint print = TradePrint.Of(in trade, Instrument);
            Add(builder.Update(in print), start.Value, ref made, ref count);
            if (count >= BarsPerBlock)
            {
                yield return made.AsMemory(0, count);
                count = 0;
            }
        }

        if (count > 0)
        {
            yield return made.AsMemory(0, count);
        }
    }

    private static void Add(ReadOnlySpan<Bar> closed, Timestamp start, ref Bar[] made, ref int count)
    {
        foreach (ref readonly Bar bar in closed)
        {
            if (bar.OpenTime < start)
            {
                continue;
            }

            if (count == made.Length)
            {
                Array.Resize(ref made, 2 * made.Length);
            }

            made[count++] = bar;
        }
    }

    private Timestamp FirstWhole(Timestamp firstTrade)
    {
        if (!Spec.IsTime)
        {
            return firstTrade;
        }

        Timestamp start = Spec.BucketStart(firstTrade);
        return start == firstTrade ? start : new Timestamp(start.Nanos + Spec.IntervalNanos);
    }
}
