using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Harrier.Exchanges.Transport;

/// <summary>What a queue does when it is full.</summary>
public enum QueueOverflow : byte
{
    /// <summary>Refuses the newest and tells the writer, who marks the book suspect: what is refused is never lost in silence.</summary>
    Refuse = 0,

    /// <summary>Grows: for fills and order events, which must never be dropped. Being above its size is counted and shown.</summary>
    Grow = 1,
}

/// <summary>A queue from sockets to one reader, with a defined overflow.</summary>
/// <typeparam name="T">What is queued.</typeparam>
public sealed class EventQueue<T>
{
    private readonly Channel<T> _channel;
    private readonly QueueOverflow _overflow;
    private readonly int _capacity;
    private readonly Action<T> _onRefused;
    private long _overflows;
    private bool _hasNews;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="capacity">Items that it holds before it overflows.</param>
    /// <param name="overflow">What happens then.</param>
    /// <param name="onRefused">Told on the writer's thread about each refused item; null for none.</param>
    public EventQueue(int capacity, QueueOverflow overflow, Action<T>? onRefused = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _capacity = capacity;
        _overflow = overflow;
        _onRefused = onRefused ?? (static _ => { });
        _channel = overflow == QueueOverflow.Refuse
            ? Channel.CreateBounded<T>(new BoundedChannelOptions(capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait })
            // Not said to have a single reader: such a channel cannot count its items.
            : Channel.CreateUnbounded<T>(new UnboundedChannelOptions());
    }

    /// <summary>Items that wait.</summary>
    public int Count => _channel.Reader.Count;

    /// <summary>Items that were refused, or that made the queue grow above its size.</summary>
    public long Overflows => Interlocked.Read(ref _overflows);

    /// <summary>True from nine tenths of its size on.</summary>
    public bool IsNearlyFull => Count * 10L >= _capacity * 9L;

    /// <summary>Puts an item at the end.</summary>
    /// <returns>False when it was refused.</returns>
    public bool TryWrite(in T item)
    {
        if (_channel.Writer.TryWrite(item))
        {
            Volatile.Write(ref _hasNews, true);
            if (_overflow == QueueOverflow.Grow && Count > _capacity)
            {
                Interlocked.Increment(ref _overflows);
            }

            return true;
        }

        Interlocked.Increment(ref _overflows);
        _onRefused(item);
        return false;
    }

    /// <summary>Takes the oldest item.</summary>
    public bool TryRead([MaybeNullWhen(false)] out T item) => _channel.Reader.TryRead(out item);

    /// <summary>True when something was put in since the last <see cref="ForgetNews"/>: free of locks, for a reader that looks again and again.</summary>
    public bool HasNews => Volatile.Read(ref _hasNews);

    /// <summary>Begins to look for news; called before the items are read that are there.</summary>
    public void ForgetNews() => Volatile.Write(ref _hasNews, false);

    /// <summary>Waits until there is an item.</summary>
    /// <returns>False when the queue is closed and empty.</returns>
    public ValueTask<bool> WaitToReadAsync(CancellationToken cancel = default) => _channel.Reader.WaitToReadAsync(cancel);

    /// <summary>Takes no more items.</summary>
    public void Close() => _channel.Writer.TryComplete();
}
