namespace Harrier.Testnet.Markets;

/// <summary>
/// Joins recorded snapshots and changes of one book: changes wait for the snapshot, those that it holds already are left out, and so are those that came
/// twice, as when two sessions overlapped.
/// </summary>
internal sealed class CapturedBook
{
    // So many changes without a snapshot: there will be none, the book grows from the changes.
    private const int PatienceForSnapshot = 300;

    private readonly List<(long FinalId, ReplayBook Book)> _waiting = [];
    private string? _connection;
    private long _lastId;
    private bool _isSynced;

    /// <summary>Takes a snapshot.</summary>
    public List<ReplayEvent> Snapshot(long id, ReplayBook book)
    {
        List<ReplayEvent> events = [book];
        _lastId = id;
        _isSynced = true;
        foreach ((long finalId, ReplayBook change) in _waiting)
        {
            if (finalId > _lastId)
            {
                _lastId = finalId;
                events.Add(change with { Time = book.Time });
            }
        }

        _waiting.Clear();
        return events;
    }

    /// <summary>Takes a change.</summary>
    public List<ReplayEvent> Change(long finalId, ReplayBook book, string? connection)
    {
        _connection = connection;
        if (_isSynced)
        {
            bool isNew = finalId > _lastId;
            _lastId = Math.Max(_lastId, finalId);
            return isNew ? [book] : [];
        }

        _waiting.Add((finalId, book));
        if (_waiting.Count < PatienceForSnapshot)
        {
            return [];
        }

        _isSynced = true;
        _lastId = _waiting.Max(change => change.FinalId);
        List<ReplayEvent> events = [.. _waiting.Select(change => change.Book)];
        _waiting.Clear();
        return events;
    }

    /// <summary>Something is missing from here on: the book stays as it is until the next snapshot, as it did for those who recorded it.</summary>
    /// <param name="connection">The connection on which it is missing; null for all.</param>
    public void Lost(string? connection)
    {
        if (connection is null || _connection is null || connection == _connection)
        {
            _isSynced = false;
            _waiting.Clear();
        }
    }
}
