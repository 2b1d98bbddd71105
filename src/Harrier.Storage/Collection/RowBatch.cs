using Harrier.Domain;
using Harrier.Storage.Market;

namespace Harrier.Storage.Collection;

/// <summary>
/// Rows on their way into the store. They are written when a partition is complete, when there are many or after some time, together with the span that they answer for,
/// so that whatever ends the process, the next run asks for what was not written and for nothing else.
/// </summary>
/// <typeparam name="T">What a row is.</typeparam>
internal sealed class RowBatch<T>
{
    private readonly RowTarget<T> _target;
    private readonly CollectorOptions _options;
    private readonly TimeProvider _time;
    private readonly SymbolProgress _progress;
    private List<T> _rows = [];
    private Timestamp _from;
    private Timestamp _until;
    private long _written;

    /// <summary>A batch without rows.</summary>
    public RowBatch(RowTarget<T> target, CollectorOptions options, TimeProvider time, SymbolProgress progress)
    {
        _target = target;
        _options = options;
        _time = time;
        _progress = progress;
        Terms = new StoreWrite { Source = target.Source };
    }

    /// <summary>What is written beside the rows.</summary>
    public StoreWrite Terms { get; set; }

    /// <summary>Begins a span.</summary>
    public void Begin(Timestamp from)
    {
        Flush();
        (_from, _until) = (from, from);
        _written = _time.GetTimestamp();
    }

    /// <summary>Adds the rows from where it ended so far to <paramref name="until"/>.</summary>
    public void Add(IReadOnlyCollection<T> rows, Timestamp until)
    {
        _rows.AddRange(rows);
        _progress.Advanced(_until, until);
        _until = until;
        Timestamp partition = _target.PartitionOf(until);
        if (partition > _from)
        {
            Write(partition);
        }

        if (_rows.Count >= _options.RowsPerWrite || _time.GetElapsedTime(_written) >= _options.TimePerWrite)
        {
            Write(_until);
        }
    }

    /// <summary>Writes all there is.</summary>
    public void Flush()
    {
        if (_until > _from)
        {
            Write(_until);
        }
    }

    private void Write(Timestamp until)
    {
        List<T> now = _rows.FindAll(row => _target.TimeOf(row) < until);
        StoreWriteResult result = _target.Write(now, Terms with { Covered = new TimeRange(_from, until) });
        _progress.Stored(result.Added);
        if (result.Conflicts > 0)
        {
            _progress.Note($"{result.Conflicts} rows are stored with other values, which stayed, the first at {result.FirstConflicts[0]}");
        }

        _rows = _rows.FindAll(row => _target.TimeOf(row) >= until);
        _from = until;
        _written = _time.GetTimestamp();
    }
}

/// <summary>Where rows go.</summary>
/// <param name="Source">Where they come from, in words.</param>
/// <param name="TimeOf">Time of a row.</param>
/// <param name="IsDaily">True when the store has a file for each day, false when for each month.</param>
/// <param name="Write">Writes rows.</param>
internal sealed record RowTarget<T>(string Source, Func<T, Timestamp> TimeOf, bool IsDaily, Func<IReadOnlyList<T>, StoreWrite, StoreWriteResult> Write)
{
    /// <summary>Start of the day or month that holds an instant.</summary>
    public Timestamp PartitionOf(Timestamp time)
    {
        DateTime utc = time.ToDateTimeOffset().UtcDateTime;
        return Timestamp.From(new DateTimeOffset(utc.Year, utc.Month, IsDaily ? utc.Day : 1, 0, 0, 0, TimeSpan.Zero));
    }
}
