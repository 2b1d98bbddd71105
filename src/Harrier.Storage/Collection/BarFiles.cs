using Harrier.Domain;
using Harrier.Engine.History;

namespace Harrier.Storage.Collection;

/// <summary>Takes whole months of bars from a venue's files where that is allowed and works.</summary>
internal sealed class BarFiles(CollectContext context, SymbolProgress progress)
{
    // A file is made some days after its month; one that is asked for too early is merely not there.
    private static readonly TimeSpan _afterMonth = TimeSpan.FromDays(1);

    private readonly IBulkHistory? _files = context.Request.Bulk == BulkUse.Never ? null : context.History.Bulk;
    private bool _isUnreachable;
    private Timestamp? _missing;

    private bool IsUsed => _files is not null && !_isUnreachable;

    /// <summary>Start of the month after the one that holds an instant.</summary>
    public static Timestamp MonthAfter(Timestamp time)
    {
        DateTime utc = time.ToDateTimeOffset().UtcDateTime;
        return Timestamp.From(new DateTimeOffset(utc.Year, utc.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1));
    }

    /// <summary>The start of the next month, which may be a file again; the end where no files are used.</summary>
    public Timestamp NextMonth(Timestamp cursor, Timestamp end)
    {
        Timestamp next = MonthAfter(cursor);
        return IsUsed && next < end ? next : end;
    }

    /// <summary>The month that begins here; null where it is to be asked for page by page.</summary>
    public async Task<HistoryPage<HistoricalBar>?> MonthAsync(Timestamp cursor, Timestamp end, CancellationToken cancellation)
    {
        Timestamp next = MonthAfter(cursor);
        DateTime day = cursor.ToDateTimeOffset().UtcDateTime;
        bool isWhole = day is { Day: 1, TimeOfDay.Ticks: 0 } && next <= end && next + _afterMonth <= context.Now;
        if (!IsUsed || !isWhole || _missing == cursor)
        {
            return null;
        }

        progress.Asked();
        HistoryAnswer<HistoryPage<HistoricalBar>> month = await _files!.MonthAsync(progress.Symbol, context.Request.Interval, cursor, cancellation).ConfigureAwait(false);
        if (month.IsOk)
        {
            return month.Value;
        }

        _missing = cursor;
        if (month.Fault.Kind != HistoryFaultKind.NotSupported)
        {
            _isUnreachable = month.Fault.Kind != HistoryFaultKind.Malformed;
            progress.Note($"the files of whole months could not be used: {month.Fault.Message}");
        }

        return null;
    }
}
