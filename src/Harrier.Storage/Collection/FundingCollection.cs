using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Storage.Market;

namespace Harrier.Storage.Collection;

/// <summary>Collects the funding payments of one contract.</summary>
internal sealed class FundingCollection : SeriesCollection
{
    private readonly CollectContext _context;
    private readonly SymbolProgress _progress;
    private readonly RowBatch<HistoricalFunding> _batch;
    private readonly HistoryListing _listing;

    /// <summary>The payments of a contract.</summary>
    /// <param name="context">What the symbols of a run share.</param>
    /// <param name="progress">Hears how it goes.</param>
    /// <param name="listing">What the venue says of the symbol.</param>
    public FundingCollection(CollectContext context, SymbolProgress progress, HistoryListing listing)
    {
        _context = context;
        _progress = progress;
        _listing = listing;
        SeriesKey key = SeriesKey.Funding(context.History.Venue, progress.Symbol);
        RowTarget<HistoricalFunding> target = new($"{context.History.Venue}, asked page by page", static row => row.Time, IsDaily: false, (rows, write) => context.Store.Funding.Write(key, rows, write));
        _batch = new RowBatch<HistoricalFunding>(target, context.Options, context.Time, progress);
        _batch.Terms = _batch.Terms with { Market = listing.Kind };
    }

    /// <inheritdoc/>
    public override void Flush() => _batch.Flush();

    /// <inheritdoc/>
    public override async Task<HistoryFault?> RunAsync(IReadOnlyList<TimeRange> missing, CancellationToken cancellation)
    {
        foreach (TimeRange range in missing)
        {
            _batch.Begin(range.From);
            Timestamp cursor = range.From;
            if (_listing.ListedSince is { } since && since > cursor)
            {
                cursor = since < range.To ? since : range.To;
                _batch.Add([], cursor);
            }

            while (cursor < range.To)
            {
                FundingHistoryQuery query = new(_progress.Symbol, cursor, range.To);
                HistoryAnswer<HistoryPage<HistoricalFunding>> page = await _context.Questions.AskAsync(
                    _progress, () => _context.History.FundingAsync(query, cancellation), cancellation).ConfigureAwait(false);
                if (!page.IsOk)
                {
                    return page.Fault;
                }

                _progress.Came(page.Value.Rows.Count, page.Value.Repairs);
                _batch.Add(page.Value.Rows, page.Value.Until);
                cursor = page.Value.Until;
            }

            _batch.Flush();
        }

        return null;
    }
}
