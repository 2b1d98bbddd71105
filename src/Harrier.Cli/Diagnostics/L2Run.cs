using Harrier.Cli.Microstructure;
using Harrier.Domain;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Transport;

namespace Harrier.Cli.Diagnostics;

/// <summary>Feeds a diagnostic session from a recording, as fast as it can be read, or from a venue, as it comes.</summary>
/// <param name="request">What was asked for.</param>
/// <param name="view">Where it is shown.</param>
/// <param name="time">The wall clock.</param>
internal sealed class L2Run(L2Request request, IL2View view, TimeProvider time)
{
    private const int QueueLength = 1 << 16;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Plays a recording.</summary>
    public void Play(CancellationToken stop)
    {
        RecordingFacts facts = RecordingFacts.Read(request.Data!, request.Wish with { Symbol = request.Symbol });
        DiagnosticSession session = new(view.Record);
        L2Watcher watcher = new(request.Preset, session, view.Show);
        FeatureEngine engine = new(facts.Instrument, watcher);
        VenueStreams streams = Composition.Exchanges.Of(facts.Venue).Recorded(facts.Venue) ?? throw new InputException("venue", facts.Venue, "a venue with books");
        RecordedMarket market = new(streams, facts.Instrument, engine);
        foreach ((Timestamp received, byte[] message) in RecordedMessages.Read(request.Data!, facts.Reading))
        {
            if (stop.IsCancellationRequested || received - (watcher.Started ?? received) > request.Length)
            {
                break;
            }

            market.Play(message, received);
        }

        view.End(session);
    }

    /// <summary>Follows a venue.</summary>
    /// <param name="open">Opens its data with a queue.</param>
    /// <param name="stop">Stopped by the user.</param>
    /// <returns>0 when it was stopped or data came; 1 when its time ended without an event.</returns>
    public async Task<int> FollowAsync(Func<EventQueue<FeedItem>, CancellationToken, Task<MarketStream>> open, CancellationToken stop)
    {
        using CancellationTokenSource timed = new(request.Length, time);
        using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(stop, timed.Token);
        EventQueue<FeedItem> queue = new(QueueLength, QueueOverflow.Refuse);
        using MarketStream stream = await open(queue, ends.Token).ConfigureAwait(false);
        DiagnosticSession session = new(view.Record);
        L2Watcher watcher = new(request.Preset, session, view.Show);
        FeatureEngine engine = new(stream.Instruments[0], watcher);
        Task running = stream.RunAsync(ends.Token);
        while (!ends.IsCancellationRequested)
        {
            while (queue.TryRead(out FeedItem item))
            {
                Take(engine, in item);
            }

            engine.OnTime(Timestamp.From(time.GetUtcNow()));
            await Task.Delay(Pause, time, ends.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await running.ConfigureAwait(false);
        view.End(session);
        return stop.IsCancellationRequested || watcher.Started is not null ? 0 : 1;
    }

    private static void Take(FeatureEngine engine, in FeedItem item)
    {
        if (item.IsFault)
        {
            engine.OnFault(item.Fault);
        }
        else
        {
            engine.OnEvent(item.Event);
        }
    }
}
