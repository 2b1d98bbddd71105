using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Storage.Market;

namespace Harrier.Storage.Collection;

/// <summary>Takes one snapshot of the book of a symbol.</summary>
internal sealed class BookCollection(CollectContext context, SymbolProgress progress, HistoryListing listing) : SeriesCollection
{
    /// <inheritdoc/>
    public override async Task<HistoryFault?> RunAsync(IReadOnlyList<TimeRange> missing, CancellationToken cancellation)
    {
        HistoryAnswer<HistoricalBook> book = await context.Questions.AskAsync(
            progress, () => context.History.BookAsync(progress.Symbol, cancellation), cancellation).ConfigureAwait(false);
        if (!book.IsOk)
        {
            return book.Fault;
        }

        progress.Came(book.Value.Bids.Count + book.Value.Asks.Count, 0);
        StoreWrite write = new() { Source = $"{context.History.Venue}, a snapshot", TickSize = listing.TickSize, LotSize = listing.LotSize, Market = listing.Kind };
        progress.Stored(context.Store.Books.Write(SeriesKey.Book(context.History.Venue, progress.Symbol), [book.Value], write).Added);
        return null;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }
}
