using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Storage.Market;

namespace Harrier.Storage.Collection;

/// <summary>
/// Collects the bars of one symbol, a missing span after the other. Progress goes by the last bar that came and not by what a page should hold, and where bars are missing
/// the venue is asked once more before that is believed.
/// </summary>
internal sealed class BarCollection : SeriesCollection
{
    private readonly CollectContext _context;
    private readonly SymbolProgress _progress;
    private readonly SeriesKey _key;
    private readonly BarSpec _interval;
    private readonly RowBatch<HistoricalBar> _batch;
    private readonly HistoryListing _listing;
    private readonly BarFiles _files;
    private Timestamp? _oldest;

    /// <summary>The bars of a symbol.</summary>
    /// <param name="context">What the symbols of a run share.</param>
    /// <param name="progress">Hears how it goes.</param>
    /// <param name="listing">What the venue says of the symbol.</param>
    public BarCollection(CollectContext context, SymbolProgress progress, HistoryListing listing)
    {
        _context = context;
        _progress = progress;
        _interval = context.Request.Interval;
        _key = SeriesKey.Bars(context.History.Venue, progress.Symbol, _interval);
        _listing = listing;
        _files = new BarFiles(context, progress);
        RowTarget<HistoricalBar> target = new(Source, static bar => bar.OpenTime, IsDaily: false, (rows, write) => context.Store.Bars.Write(_key, rows, write));
        _batch = new RowBatch<HistoricalBar>(target, context.Options, context.Time, progress);
        _batch.Terms = _batch.Terms with { TickSize = listing.TickSize, LotSize = listing.LotSize, Market = listing.Kind };
    }

    private string Source => $"{_context.History.Venue}, asked page by page";

    /// <inheritdoc/>
    public override void Flush() => _batch.Flush();

    /// <inheritdoc/>
    public override async Task<HistoryFault?> RunAsync(IReadOnlyList<TimeRange> missing, CancellationToken cancellation)
    {
        SeriesDescription stored = _context.Store.Bars.Describe(_key);
        _oldest = stored.First;
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
        Timestamp cursor = AfterListing(range);

        // Where the venue has once given nothing more, though there should be.
        Timestamp? nothingAt = null;
        while (cursor < range.To)
        {
            HistoryAnswer<HistoryPage<HistoricalBar>>? answer = await NextAsync(cursor, range, cancellation).ConfigureAwait(false);
            if (answer is null)
            {
                cursor = LeaveOut(cursor, range);
                continue;
            }

            if (!answer.IsOk)
            {
                return answer.Fault;
            }

            HistoryPage<HistoricalBar> page = answer.Value;
            _progress.Came(page.Rows.Count, page.Repairs);
            if (page.Rows.Count == 0 && nothingAt != cursor)
            {
                nothingAt = cursor;
                continue;
            }

            if (page.Rows.Count == 0)
            {
                cursor = Believe(cursor, page.Until) ? page.Until : range.To;
                continue;
            }

            (cursor, HistoryFault? fault) = await TakeAsync(page.Rows, cursor, range, cancellation).ConfigureAwait(false);
            nothingAt = cursor < page.Until ? cursor : null;
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    // Null where files alone are allowed and none holds what comes next.
    private async Task<HistoryAnswer<HistoryPage<HistoricalBar>>?> NextAsync(Timestamp cursor, TimeRange range, CancellationToken cancellation)
    {
        HistoryPage<HistoricalBar>? month = await _files.MonthAsync(cursor, range.To, cancellation).ConfigureAwait(false);
        _batch.Terms = _batch.Terms with { Source = month is null ? Source : $"{_context.History.Venue}, files of whole months" };
        return month is not null ? HistoryAnswer<HistoryPage<HistoricalBar>>.Of(month)
            : _context.Request.Bulk == BulkUse.Only ? null
            : await AskAsync(cursor, _files.NextMonth(cursor, range.To), cancellation).ConfigureAwait(false);
    }

    private Timestamp LeaveOut(Timestamp cursor, TimeRange range)
    {
        _progress.Note($"no file holds it from {cursor} on, and files alone were allowed");
        Timestamp next = BarFiles.MonthAfter(cursor);
        _batch.Begin(next < range.To ? next : range.To);
        return next;
    }

    // Nothing is asked of the time before the listing, where the venue says when that was.
    private Timestamp AfterListing(TimeRange range)
    {
        if (_listing.ListedSince is not { } since || _interval.BucketStart(since) <= range.From)
        {
            return range.From;
        }

        Timestamp first = _interval.BucketStart(since);
        Timestamp start = first < range.To ? first : range.To;
        SayListed(since);
        _batch.Add([], start);
        return start;
    }

    // That there are no bars was confirmed. The newest may still come: of them it is not believed for good.
    private bool Believe(Timestamp from, Timestamp until)
    {
        Timestamp believed = _interval.BucketStart(_context.Now + -_context.Options.Doubt);
        Timestamp end = until < believed ? until : believed;
        if (end > from)
        {
            _batch.Add([], end);
        }

        if (until > believed)
        {
            _progress.Note($"the venue has no bars from {(end > from ? end : from)} on yet; they are asked for again next time");
        }

        return until <= believed;
    }

    private async Task<(Timestamp Next, HistoryFault? Fault)> TakeAsync(
        IReadOnlyList<HistoricalBar> rows, Timestamp cursor, TimeRange range, CancellationToken cancellation)
    {
        Timestamp next = new(rows[^1].OpenTime.Nanos + _interval.IntervalNanos);
        long expected = (next.Nanos - cursor.Nanos) / _interval.IntervalNanos;
        if (rows.Count < expected)
        {
            HistoryAnswer<IReadOnlyList<HistoricalBar>> whole = await ConfirmAsync(rows, cursor, next, cancellation).ConfigureAwait(false);
            if (!whole.IsOk)
            {
                return (cursor, whole.Fault);
            }

            rows = whole.Value;
        }

        SayBeginning(rows, range);
        long inside = (next.Nanos - Math.Max(cursor.Nanos, _oldest!.Value.Nanos)) / _interval.IntervalNanos;
        if (rows.Count < inside)
        {
            _progress.Note($"the venue lacks {inside - rows.Count} bars between {rows[0].OpenTime} and {rows[^1].OpenTime}");
        }

        _batch.Add(rows, next);
        return (next, null);
    }

    private async Task<HistoryAnswer<IReadOnlyList<HistoricalBar>>> ConfirmAsync(
        IReadOnlyList<HistoricalBar> rows, Timestamp from, Timestamp to, CancellationToken cancellation)
    {
        SortedDictionary<long, HistoricalBar> whole = [];
        foreach (HistoricalBar row in rows)
        {
            whole[row.OpenTime.Nanos] = row;
        }

        HistoryAnswer<HistoryPage<HistoricalBar>> again = await AskAsync(from, to, cancellation).ConfigureAwait(false);
        if (!again.IsOk)
        {
            return HistoryAnswer<IReadOnlyList<HistoricalBar>>.Failed(again.Fault);
        }

        foreach (HistoricalBar row in again.Value.Rows)
        {
            if (whole.TryGetValue(row.OpenTime.Nanos, out HistoricalBar known) && known != row)
            {
                return HistoryAnswer<IReadOnlyList<HistoricalBar>>.Failed(
                    HistoryFaultKind.Malformed, $"the bar of {_progress.Symbol} at {row.OpenTime} has other values when asked for again");
            }

            whole[row.OpenTime.Nanos] = row;
        }

        return HistoryAnswer<IReadOnlyList<HistoricalBar>>.Of([.. whole.Values]);
    }

    private void SayBeginning(IReadOnlyList<HistoricalBar> rows, TimeRange range)
    {
        if (_oldest is { } oldest && oldest <= rows[0].OpenTime)
        {
            return;
        }

        _oldest = rows[0].OpenTime;
        if (rows[0].OpenTime > range.From && _listing.ListedSince is null)
        {
            SayListed(rows[0].OpenTime);
        }
    }

    private void SayListed(Timestamp since)
    {
        _progress.Note($"its history begins at {since}");
        _batch.Terms = _batch.Terms with { FirstAvailable = since };
    }

    private Task<HistoryAnswer<HistoryPage<HistoricalBar>>> AskAsync(Timestamp from, Timestamp to, CancellationToken cancellation) => _context.Questions.AskAsync(
        _progress, () => _context.History.BarsAsync(new BarHistoryQuery(_progress.Symbol, _interval, from, to), cancellation), cancellation);
}
