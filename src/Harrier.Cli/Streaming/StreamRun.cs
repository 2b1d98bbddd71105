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
    private static readonly TimeSpan _statisticsEvery = TimeSpan.FromSeconds(30);

    private readonly VenueOpening _opening = new(request.Venue.Name, view.Warn, open, time);

    /// <value>Told every moment that is shown; null when nobody is.</value>
    public Action<StreamMoment>? OnMoment { get; init; }

    /// <summary>Runs.</summary>
    /// <param name="stop">Stopped by the user.</param>
    /// <returns>0 when it was stopped or data came; 1 when its time ended without a message.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        using CancellationTokenSource timed = new(request.For ?? Timeout.InfiniteTimeSpan, time);
        using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(stop, timed.Token);
        using MarketStream? stream = await _opening.OpenAsync(ends.Token).ConfigureAwait(false);
        if (stream is not null)
        {
            await ShowAsync(stream, ends.Token).ConfigureAwait(false);
        }

        return stop.IsCancellationRequested || stream?.Messages() > 0 ? 0 : 1;
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
            StreamMoment moment = new(now, started, stream.Read(now), connections) { Venue = stream.Venue, HasStatistics = isDue, IsEnd = ends.IsCancellationRequested };
            view.Show(moment);
            OnMoment?.Invoke(moment);
            _opening.HintWhenNothingComes(stream, connections.Values);
        }

        await running.ConfigureAwait(false);
    }
}
