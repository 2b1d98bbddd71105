using Harrier.Domain;
using Harrier.Storage.Market.Files;
using Harrier.Storage.Market.Formats;
using Harrier.Storage.Market.Serving;

namespace Harrier.Storage.Market;

/// <summary>The bars of a store, a file for each month.</summary>
public sealed class BarStore
{
    private readonly StoreContext _context;
    private readonly SeriesStore<HistoricalBar> _series;

    internal BarStore(StoreContext context)
    {
        _context = context;
        _series = new SeriesStore<HistoricalBar>(context, BarFormat.Instance);
    }

    /// <summary>All series of bars by venue, symbol and interval.</summary>
    public IReadOnlyList<SeriesKey> List() => [.. _context.Layout.List().Where(key => key.Kind == SeriesKind.Bars)];

    /// <summary>What a series holds; no files when it is not there.</summary>
    /// <exception cref="StoreException">A file of it is damaged or has other columns.</exception>
    public SeriesDescription Describe(SeriesKey key) => _series.Describe(key);

    /// <summary>The time of the newest bar; null when there is none. Opens one file's manifest.</summary>
    internal Timestamp? LastOf(SeriesKey key) =>
        _context.Layout.PartitionsOf(key) is [.., var last] ? _series.ManifestOf(last, new PartitionOrigin("", key.Interval)).Last : null;

    /// <summary>The start of the month that holds the oldest bar; null when there is none. Opens no file.</summary>
    internal Timestamp? FirstMonthOf(SeriesKey key) => _context.Layout.PartitionsOf(key) is [var first, ..] ? first.Span.From : null;

    /// <summary>What is known of a series beside its rows; nothing when it is not there. Reads one small file.</summary>
    public SeriesFacts FactsOf(SeriesKey key) => _series.FactsOf(key);

    /// <summary>Sees that the files of a span are those that were written.</summary>
    /// <exception cref="StoreException">One is not the file that its manifest describes.</exception>
    public void RequireUnchanged(SeriesKey key, TimeRange range) => _series.RequireUnchanged(key, range);

    /// <summary>The bars that open in a span, oldest first, every number exactly as written.</summary>
    /// <exception cref="StoreException">A file is damaged or has other columns.</exception>
    public IEnumerable<HistoricalBar> Read(SeriesKey key, TimeRange range) => _series.Read(key, range);

    /// <summary>
    /// The bars that open in a span, oldest first, column by column and a block at a time, file after file: memory does not grow with the span. The block is the same
    /// object at each step.
    /// </summary>
    /// <exception cref="StoreException">A file is damaged, has other columns, or is out of order.</exception>
    /// <param name="key">Which series.</param>
    /// <param name="range">The open times wanted.</param>
    /// <param name="part">Which columns to decode; those that are left out read as not known.</param>
    public IEnumerable<BarBlock> ReadBlocks(SeriesKey key, TimeRange range, BarPart part = BarPart.All) => new BarScan(_context, _series).Read(key, range, part);

    /// <summary>Joins bars, in any order, with those that are stored.</summary>
    /// <exception cref="StoreException">Somebody else writes, a file is damaged, the disk is full, or the folder cannot be written; what was stored stays.</exception>
    public StoreWriteResult Write(SeriesKey key, IReadOnlyList<HistoricalBar> bars, StoreWrite write) => _series.Write(key, bars, write);

    /// <summary>
    /// Writes many bars at once, column by column. Months that are stored already are joined with them as by the other way of writing; the doubles then count as the
    /// numbers that their shortest texts show.
    /// </summary>
    /// <exception cref="ArgumentException">The columns have different lengths, the times do not ascend or are no whole microseconds, or a value is not a number.</exception>
    /// <exception cref="StoreException">Somebody else writes, a file is damaged, the disk is full, or the folder cannot be written; what was stored stays.</exception>
    public StoreWriteResult Write(SeriesKey key, BarColumnSet bars, StoreWrite write) => new BarBulkWriter(_context, _series).Write(key, bars, write);
}
