namespace Harrier.Exchanges.Transport;

/// <summary>At most so many events in any window of a length: the limit of connects per address, and of messages per connection.</summary>
/// <param name="limit">Events that one window holds.</param>
/// <param name="window">Length of the window.</param>
/// <param name="time">The wall clock of the process.</param>
public sealed class SlidingWindow(int limit, TimeSpan window, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Queue<long> _entries = [];

    /// <summary>Events in the window that ends now.</summary>
    public int Used
    {
        get
        {
            lock (_gate)
            {
                Forget();
                return _entries.Count;
            }
        }
    }

    /// <summary>Counts an event that cannot wait, even above the limit.</summary>
    public void Record()
    {
        lock (_gate)
        {
            Forget();
            _entries.Enqueue(time.GetTimestamp());
        }
    }

    /// <summary>Waits until the window has room, and takes it.</summary>
    /// <param name="reserve">Places to leave free for events that cannot wait.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async ValueTask WaitAsync(int reserve, CancellationToken cancel)
    {
        while (Take(reserve) is { } wait)
        {
            await Task.Delay(wait, time, cancel).ConfigureAwait(false);
        }
    }

    private TimeSpan? Take(int reserve)
    {
        lock (_gate)
        {
            Forget();
            int allowed = Math.Max(1, limit - reserve);
            if (_entries.Count < allowed)
            {
                _entries.Enqueue(time.GetTimestamp());
                return null;
            }

            TimeSpan left = window - time.GetElapsedTime(_entries.ElementAt(_entries.Count - allowed));
            return TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(left.TotalMilliseconds)));
        }
    }

    private void Forget()
    {
        while (_entries.TryPeek(out long oldest) && time.GetElapsedTime(oldest) >= window)
        {
            _entries.Dequeue();
        }
    }
}
