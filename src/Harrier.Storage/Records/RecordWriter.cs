using System.Threading.Channels;

namespace Harrier.Storage.Records;

/// <summary>
/// Writes records behind the accounts' backs: who adds never waits. While the database is away what is added queues up; beyond the queue's bound it is left out, and
/// the account's records stay marked as incomplete, so that the next start fills the hole from the journals.
/// </summary>
public sealed class RecordWriter
{
    private const int MostAtOnce = 500;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly RecordStore _store;
    private readonly TimeProvider _time;
    private readonly Action<string> _warn;
    private readonly Channel<(string Account, RecordBatch Batch)> _queue;
    private readonly HashSet<string> _incomplete = new(StringComparer.Ordinal);
    private long _leftOut;

    /// <summary>A writer.</summary>
    /// <param name="store">The store, whose accounts are claimed.</param>
    /// <param name="time">The wall clock.</param>
    /// <param name="warn">Told when the database fails, and when it is back.</param>
    /// <param name="capacity">How many batches wait at most.</param>
    public RecordWriter(RecordStore store, TimeProvider time, Action<string> warn, int capacity = 100_000)
    {
        (_store, _time, _warn) = (store, time, warn);
        _queue = Channel.CreateBounded<(string, RecordBatch)>(new BoundedChannelOptions(capacity) { SingleReader = true });
    }

    /// <summary>Batches that were left out because the queue was full.</summary>
    public long LeftOut => Interlocked.Read(ref _leftOut);

    /// <summary>Batches that wait.</summary>
    public int Waiting => _queue.Reader.Count;

    /// <summary>Adds rows of an account; from any thread, never waits.</summary>
    public void Add(string account, RecordBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);

        // A mark must not pass what was left out before it; both come from the account's thread, one after the other.
        bool isMarkTooFar = batch.CompleteTo is not null && IsIncomplete(account);
        if (isMarkTooFar || _queue.Writer.TryWrite((account, batch)))
        {
            return;
        }

        lock (_incomplete)
        {
            _incomplete.Add(account);
        }

        if (Interlocked.Increment(ref _leftOut) == 1)
        {
            _warn($"warning: records: {_store.Name}: more waits than can be kept; what is left out is filled in from the journals at the next start");
        }
    }

    /// <summary>No more will be added: <see cref="RunAsync"/> ends when all is written.</summary>
    public void Complete() => _queue.Writer.Complete();

    /// <summary>Writes until all is written that was added before <see cref="Complete"/>, or until it is given up.</summary>
    /// <param name="giveUp">Ends it with what waits unwritten; the next start fills it in from the journals.</param>
    public async Task RunAsync(CancellationToken giveUp)
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync(giveUp).ConfigureAwait(false))
            {
                foreach ((string account, RecordBatch batch) in Take())
                {
                    await WriteAsync(account, batch, giveUp).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            _warn($"warning: records: {_store.Name}: not all is written; the next start fills it in from the journals");
        }
    }

    // What waits together is written together: one transaction for each account.
    private IEnumerable<(string Account, RecordBatch Batch)> Take()
    {
        List<(string Account, RecordBatch Batch)> taken = [];
        while (taken.Count < MostAtOnce && _queue.Reader.TryRead(out (string, RecordBatch) item))
        {
            taken.Add(item);
        }

        return taken.GroupBy(static item => item.Account, static item => item.Batch, StringComparer.Ordinal).Select(static group => (group.Key, RecordBatch.Join([.. group])));
    }

    private async Task WriteAsync(string account, RecordBatch batch, CancellationToken giveUp)
    {
        TimeSpan pause = TimeSpan.FromSeconds(1);
        for (bool failed = false; ; failed = true)
        {
            try
            {
                _store.Write(account, batch);
                if (failed)
                {
                    _warn($"records: {_store.Name}: writing again");
                }

                return;
            }
            catch (RecordStoreException fault)
            {
                if (!failed)
                {
                    _warn($"warning: {fault.Message}; trading goes on, the records wait");
                }
            }

            await Task.Delay(pause, _time, giveUp).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private bool IsIncomplete(string account)
    {
        lock (_incomplete)
        {
            return _incomplete.Contains(account);
        }
    }
}
