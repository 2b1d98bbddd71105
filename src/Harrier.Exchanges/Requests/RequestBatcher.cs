namespace Harrier.Exchanges.Requests;

/// <summary>
/// Groups requests that a venue takes together, such as cancels or questions for many symbols, into one call. The first item of a group waits
/// for a short while for others; a full group leaves at once. Each item gets its own answer. Thread-safe.
/// </summary>
/// <typeparam name="TItem">What is asked for.</typeparam>
/// <typeparam name="TAnswer">What comes back for one item.</typeparam>
public sealed class RequestBatcher<TItem, TAnswer> : IDisposable
{
    private readonly Lock _gate = new();
    private readonly int _largest;
    private readonly TimeSpan _gather;
    private readonly Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TAnswer>>> _send;
    private readonly ITimer _timer;
    private List<(TItem Item, TaskCompletionSource<TAnswer> Answer)> _group = [];
    private bool _disposed;

    /// <summary>A batcher with nothing gathered.</summary>
    /// <param name="largest">Items that fit in one call, at least 1.</param>
    /// <param name="gather">How long the first item waits for others; zero sends each alone.</param>
    /// <param name="send">Makes the call and gives one answer per item, in order. It must not throw for venue or network reasons.</param>
    /// <param name="time">The clock.</param>
    public RequestBatcher(int largest, TimeSpan gather, Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TAnswer>>> send, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(largest, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(gather, TimeSpan.Zero);
        ArgumentNullException.ThrowIfNull(send);
        ArgumentNullException.ThrowIfNull(time);
        _largest = largest;
        _gather = gather;
        _send = send;
        _timer = time.CreateTimer(_ => Flush(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Asks for one item, together with others that are asked for within the gathering time.</summary>
    public Task<TAnswer> AskAsync(TItem item)
    {
        TaskCompletionSource<TAnswer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bool full;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _group.Add((item, answer));
            full = _group.Count >= _largest || _gather == TimeSpan.Zero;
            if (!full && _group.Count == 1)
            {
                _timer.Change(_gather, Timeout.InfiniteTimeSpan);
            }
        }

        if (full)
        {
            Flush();
        }

        return answer.Task;
    }

    /// <summary>Sends what is gathered and takes no more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
        }

        Flush();
        _timer.Dispose();
    }

    private void Flush()
    {
        List<(TItem Item, TaskCompletionSource<TAnswer> Answer)> group;
        lock (_gate)
        {
            group = _group;
            _group = [];
        }

        if (group.Count > 0)
        {
            _ = SendAsync(group);
        }
    }

    private async Task SendAsync(List<(TItem Item, TaskCompletionSource<TAnswer> Answer)> group)
    {
        try
        {
            IReadOnlyList<TAnswer> answers = await _send([.. group.Select(g => g.Item)]).ConfigureAwait(false);
            if (answers.Count != group.Count)
            {
                throw new InvalidOperationException($"a batch of {group.Count} got {answers.Count} answers");
            }

            for (int i = 0; i < group.Count; i++)
            {
                group[i].Answer.SetResult(answers[i]);
            }
        }
#pragma warning disable CA1031 // Whatever went wrong belongs to those who wait for the answers.
        catch (Exception e)
#pragma warning restore CA1031
        {
            foreach ((_, TaskCompletionSource<TAnswer> answer) in group)
            {
                answer.TrySetException(e);
            }
        }
    }
}
