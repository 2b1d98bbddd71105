using Harrier.Domain;
using Harrier.Storage.Market.Formats;

namespace Harrier.Storage.Market;

/// <summary>The book snapshots of a store, a file for each UTC day and in it a row for each level.</summary>
public sealed class BookStore
{
    private readonly SeriesStore<BookRow> _series;

    internal BookStore(StoreContext context) => _series = new SeriesStore<BookRow>(context, BookFormat.Instance);

    /// <summary>What a series holds; its rows are levels.</summary>
    /// <exception cref="StoreException">A file of it is damaged or has other columns.</exception>
    public SeriesDescription Describe(SeriesKey key) => _series.Describe(key);

    /// <summary>What is known of a series beside its rows; nothing when it is not there.</summary>
    public SeriesFacts FactsOf(SeriesKey key) => _series.FactsOf(key);

    /// <summary>The snapshots of a span, oldest first.</summary>
    /// <exception cref="StoreException">A file is damaged or has other columns.</exception>
    public IEnumerable<HistoricalBook> Read(SeriesKey key, TimeRange range)
    {
        List<BookRow> levels = [];
        foreach (BookRow row in _series.Read(key, range))
        {
            if (levels.Count > 0 && (levels[0].Time != row.Time || levels[0].UpdateId != row.UpdateId))
            {
                yield return ToBook(levels);
                levels.Clear();
            }

            levels.Add(row);
        }

        if (levels.Count > 0)
        {
            yield return ToBook(levels);
        }
    }

    /// <summary>Joins snapshots, in any order, with those that are stored.</summary>
    /// <returns>Counts of levels.</returns>
    /// <exception cref="StoreException">Somebody else writes, a file is damaged, the disk is full, or the folder cannot be written; what was stored stays.</exception>
    public StoreWriteResult Write(SeriesKey key, IReadOnlyList<HistoricalBook> books, StoreWrite write) =>
        _series.Write(key, [.. books.SelectMany(book => RowsOf(book, book.Bids, isAsk: false).Concat(RowsOf(book, book.Asks, isAsk: true)))], write);

    private static IEnumerable<BookRow> RowsOf(HistoricalBook book, IReadOnlyList<HistoricalLevel> levels, bool isAsk) =>
        levels.Select((level, index) => new BookRow(book.Time, book.UpdateId, isAsk, index, level.Price, level.Quantity));

    private static HistoricalBook ToBook(List<BookRow> levels) => new()
    {
        Time = levels[0].Time,
        UpdateId = levels[0].UpdateId,
        Bids = [.. levels.Where(row => !row.IsAsk).Select(row => new HistoricalLevel(row.Price, row.Quantity))],
        Asks = [.. levels.Where(row => row.IsAsk).Select(row => new HistoricalLevel(row.Price, row.Quantity))],
    };
}
