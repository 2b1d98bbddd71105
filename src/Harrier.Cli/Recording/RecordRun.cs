using Harrier.Cli.Options;
using Harrier.Cli.Streaming;
using Harrier.Domain;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Transport;
using Harrier.Research.Backtests;
using Harrier.Storage.Recording;

namespace Harrier.Cli.Recording;

/// <summary>Records market data until it is stopped or its time is over.</summary>
/// <param name="request">What was asked for.</param>
/// <param name="view">Where it is shown.</param>
/// <param name="open">Makes the stream; the tap sees what it receives.</param>
/// <param name="time">The wall clock.</param>
internal sealed class RecordRun(RecordRequest request, RecordView view, Func<IFrameObserver, CancellationToken, Task<MarketStream>> open, TimeProvider time)
{
    /// <summary>Runs.</summary>
    /// <param name="stop">Stopped by the user.</param>
    /// <returns>0 when it was stopped or messages came and all of them are in files; 1 when its time ended without a message, or the disk refused to the end.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        using CancellationTokenSource timed = new(request.For ?? Timeout.InfiniteTimeSpan, time);
        using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(stop, timed.Token);
        RecorderTap tap = new();
        VenueOpening opening = new(request.Venue.Name, view.Warn, cancel => open(tap, cancel), time);
        using MarketStream? stream = await opening.OpenAsync(ends.Token).ConfigureAwait(false);
        if (stream is null)
        {
            return stop.IsCancellationRequested ? 0 : 1;
        }

        RecorderStatistics end = await RecordAsync(stream, opening, tap, ends.Token).ConfigureAwait(false);
        return end.Fault is null && (stop.IsCancellationRequested || stream.Messages() > 0) ? 0 : 1;
    }

    private async Task<RecorderStatistics> RecordAsync(MarketStream stream, VenueOpening opening, RecorderTap tap, CancellationToken ends)
    {
        RecordingHeader header = new()
        {
            Venue = stream.Venue,
            Symbols = request.Symbols,
            Channels = MarketOptions.NamesOf(request.Channels),
            Build = BacktestRunner.Version,
            Start = Now(),
        };
        FrameRecorder recorder = new(request.Out, header, new RecorderOptions { IsCapture = request.IsCapture }, time, line => view.Warn("warning: " + line));
        await using (recorder.ConfigureAwait(false))
        {
            if (stream.Sorter?.Invoke() is { } sorter)
            {
                recorder.SymbolOf = sorter.SymbolOf;
            }

            tap.Recorder = recorder;
            recorder.Start();
            Task running = stream.RunAsync(ends);
            while (!ends.IsCancellationRequested)
            {
                await Task.Delay(request.Every, time, ends).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!ends.IsCancellationRequested)
                {
                    view.Show(new RecordMoment(Now(), stream.Venue, recorder.Statistics, IsEnd: false));
                }

                opening.HintWhenNothingComes(stream, stream.Connections.GetAllStatuses().Values);
            }

            await running.ConfigureAwait(false);
        }

        RecorderStatistics end = recorder.Statistics;
        view.Show(new RecordMoment(Now(), stream.Venue, end, IsEnd: true));
        return end;
    }

    private Timestamp Now() => Timestamp.From(time.GetUtcNow());
}
