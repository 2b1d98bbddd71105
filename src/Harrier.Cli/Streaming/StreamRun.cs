using Harrier.Domain;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Transport;

namespace Harrier.Cli.Streaming;

/// <summary>Runs a stream and shows it until it is stopped or its time is over.</summary>
/// <param name="request">What was asked for.</param>
/// <param name="view">Where it is shown.</param>
/// <param name="open">Makes the stream.</param>
/// <param name="time">The wall clock.</param>
internal sealed class StreamRun(StreamRequest request, IStreamView view, Func<CancellationToken, Task<MarketStream>> open, TimeProvider time)
{
    private const int AttemptsBeforeHint = 3;
    private static readonly TimeSpan _statisticsEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _firstRetry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _slowestRetry = TimeSpan.FromSeconds(60);

    private bool _hasHinted;

    /// <summary>Runs.</summary>
    /// <param name="stop">Stopped by the user.</param>
    /// <returns>0 when it was stopped or data came; 1 when its time ended without a message.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        using CancellationTokenSource timed = new(request.For ?? Timeout.InfiniteTimeSpan, time);
        using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(stop, timed.Token);
        using MarketStream? stream = await OpenAsync(ends.Token).ConfigureAwait(false);
        if (stream is not null)
        {
            await ShowAsync(stream, ends.Token).ConfigureAwait(false);
        }

        return stop.IsCancellationRequested || stream?.Messages() > 0 ? 0 : 1;
    }

    private async Task<MarketStream?> OpenAsync(CancellationToken ends)
    {
        for (TimeSpan wait = _firstRetry; !ends.IsCancellationRequested; wait = wait * 2 < _slowestRetry ? wait * 2 : _slowestRetry)
        {
            try
            {
                return await open(ends).ConfigureAwait(false);
            }
            catch (VenueUnreachableException fault)
            {
                view.Warn($"warning: {request.Venue} does not answer: {fault.Message}; next attempt in {wait.TotalSeconds:0} s");
                Hint();
            }
            catch (OperationCanceledException)
            {
                break;
            }

            await Task.Delay(wait, time, ends).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return null;
    }

    private async Task ShowAsync(MarketStream stream, CancellationToken ends)
    {
        Timestamp started = Timestamp.From(time.GetUtcNow());
        Timestamp lastStatistics = started;
        Task running = stream.RunAsync(ends);
        while (!ends.IsCancellationRequested)
        {
            await Task.Delay(request.Every, time, ends).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Timestamp now = Timestamp.From(time.GetUtcNow());
            bool isDue = ends.IsCancellationRequested || now - lastStatistics >= _statisticsEvery;
            lastStatistics = isDue ? now : lastStatistics;
            IReadOnlyDictionary<string, ConnectionStatus> connections = stream.Connections.GetAllStatuses();
            view.Show(new StreamMoment(now, started, stream.Read(now), connections) { Venue = stream.Venue, HasStatistics = isDue });
            if (stream.Messages() == 0 && connections.Values.Any(one => one.ReconnectAttempts >= AttemptsBeforeHint))
            {
                Hint();
            }
        }

        await running.ConfigureAwait(false);
    }

    private void Hint()
    {
        if (!_hasHinted)
        {
            _hasHinted = true;
            view.Warn("hint: without the internet, start the built-in exchange with 'harrier exchange --port 9900' and add '--endpoint http://127.0.0.1:9900' here");
        }
    }
}
