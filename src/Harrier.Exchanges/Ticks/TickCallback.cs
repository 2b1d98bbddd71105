using System.Threading.Channels;
using Harrier.Domain;
using Harrier.Exchanges.Transport;
using Microsoft.Extensions.Logging;

namespace Harrier.Exchanges.Ticks;

/// <summary>One who is told ticks. Its failures are counted and hurt nobody else.</summary>
internal sealed class TickCallback : IDisposable
{
    // An asynchronous one that is slower than the ticks misses the oldest.
    private const int Waiting = 1000;

    private readonly Action<StreamTick> _deliver;
    private readonly Action<TickCallback> _remove;
    private readonly ILogger _logger;
    private readonly Channel<StreamTick>? _queue;
    private long _errors;
    private long _skipped;

    /// <summary>Is told on the thread that received the tick.</summary>
    public TickCallback(Action<StreamTick> callback, Action<TickCallback> remove, ILogger logger) => (_deliver, _remove, _logger) = (callback, remove, logger);

    /// <summary>Is told by a task of its own, one tick after the other.</summary>
    public TickCallback(Func<StreamTick, ValueTask> callback, Action<TickCallback> remove, ILogger logger)
    {
        _remove = remove;
        _logger = logger;
        _queue = Channel.CreateBounded<StreamTick>(
            new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, _ => Interlocked.Increment(ref _skipped));
        _deliver = tick => _queue.Writer.TryWrite(tick);
        Completion = Task.Run(() => PumpAsync(_queue.Reader, callback));
    }

    /// <summary>Completes when everything was told after <see cref="Close"/>.</summary>
    public Task Completion { get; } = Task.CompletedTask;

    public long Errors => Interlocked.Read(ref _errors);

    public long Skipped => Interlocked.Read(ref _skipped);

    public void Tell(StreamTick tick)
    {
        try
        {
            _deliver(tick);
        }
        catch (Exception fault)
        {
            Failed(fault, tick);
        }
    }

    /// <summary>Nothing more will be told.</summary>
    public void Close() => _queue?.Writer.TryComplete();

    /// <summary>Removes it; what waits for it is still told.</summary>
    public void Dispose()
    {
        _remove(this);
        Close();
    }

    private async Task PumpAsync(ChannelReader<StreamTick> ticks, Func<StreamTick, ValueTask> callback)
    {
        await foreach (StreamTick tick in ticks.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                await callback(tick).ConfigureAwait(false);
            }
            catch (Exception fault)
            {
                Failed(fault, tick);
            }
        }
    }

    private void Failed(Exception fault, StreamTick tick)
    {
        Interlocked.Increment(ref _errors);
        TransportLog.CallbackFailed(_logger, fault, tick.Symbol);
    }
}
