using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Storage.Market;

namespace Harrier.Storage.Collection;

/// <summary>Collects the trades of one symbol: the first by its time, then each by the id after the last one, so that one that is missing shows.</summary>
internal sealed class TradeCollection : SeriesCollection
{
    private readonly CollectContext _context;
    private readonly SymbolProgress _progress;
    private readonly SeriesKey _key;
    private readonly RowBatch<HistoricalTrade> _batch;
    private long _gaps;

    /// <summary>The trades of a symbol.</summary>
    /// <param name="context">What the symbols of a run share.</param>
    /// <param name="progress">Hears how it goes.</param>
    /// <param name="listing">What the venue says of the symbol.</param>
    public TradeCollection(CollectContext context, SymbolProgress progress, HistoryListing listing)
    {
        _context = context;
        _progress = progress;
        _key = SeriesKey.Trades(context.History.Venue, progress.Symbol);
        RowTarget<HistoricalTrade> target = new($"{context.History.Venue}, asked by id", static trade => trade.Time, IsDaily: true, (rows, write) => context.Store.Trades.Write(_key, rows, write));
        _batch = new RowBatch<HistoricalTrade>(target, context.Options, context.Time, progress);
        _batch.Terms = _batch.Terms with { TickSize = listing.TickSize, LotSize = listing.LotSize, Market = listing.Kind };
    }

    /// <inheritdoc/>
    public override long Gaps => _gaps;

    /// <inheritdoc/>
    public override void Flush() => _batch.Flush();

    /// <inheritdoc/>
    public override async Task<HistoryFault?> RunAsync(IReadOnlyList<TimeRange> missing, CancellationToken cancellation)
    {
        foreach (TimeRange range in missing)
        {
            _batch.Begin(range.From);
            if (await RangeAsync(range, cancellation).ConfigureAwait(false) is { } fault)
            {
                return fault;
            }

            _batch.Flush();
        }

        return null;
    }

    private async Task<HistoryFault?> RangeAsync(TimeRange range, CancellationToken cancellation)
    {
        long? next = IdAfterStored(range.From);
        for (bool isOver = false; !isOver;)
        {
            HistoryAnswer<HistoryPage<HistoricalTrade>> page = await AskAsync(range.From, next, cancellation).ConfigureAwait(false);
            bool isJump = page.IsOk && next is { } expected && page.Value.Rows.Count > 0 && page.Value.Rows[0].Id > expected;
            page = isJump ? await AskAsync(range.From, next, cancellation).ConfigureAwait(false) : page;
            if (!page.IsOk)
            {
                return page.Fault;
            }

            _progress.Came(page.Value.Rows.Count, page.Value.Repairs);
            isOver = Take(page.Value, range, ref next);
        }

        return null;
    }

    private bool Take(HistoryPage<HistoricalTrade> page, TimeRange range, ref long? next)
    {
        List<HistoricalTrade> rows = [.. page.Rows.Where(trade => trade.Time < range.To)];
        foreach (HistoricalTrade trade in rows)
        {
            if (next is { } expected && trade.Id > expected)
            {
                _gaps += trade.Id - expected;
                _progress.Note($"the venue lacks {trade.Id - expected} trades before {trade.Time}");
            }

            next = trade.Id + 1;
        }

        // More trades may bear the time of the last one, unless the venue has told all there are.
        bool isOver = rows.Count < page.Rows.Count || !page.IsFull;
        _batch.Add(rows, isOver ? range.To : rows[^1].Time);
        return isOver;
    }

    // Where the span follows stored trades, it goes on after the last of them.
    private long? IdAfterStored(Timestamp from)
    {
        Timestamp? last = _context.Store.Trades.Describe(_key).Last;
        if (last is not { } time || time > from)
        {
            return null;
        }

        HistoricalTrade[] newest = [.. _context.Store.Trades.Read(_key, new TimeRange(time, new Timestamp(time.Nanos + 1)))];
        return newest.Length == 0 ? null : newest.Max(static trade => trade.Id) + 1;
    }

    private Task<HistoryAnswer<HistoryPage<HistoricalTrade>>> AskAsync(Timestamp from, long? id, CancellationToken cancellation) => _context.Questions.AskAsync(
        _progress, () => _context.History.TradesAsync(new TradeHistoryQuery(_progress.Symbol, from, id), cancellation), cancellation);
}
