using Harrier.Domain;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Transport;
using Harrier.Hosting.Accounts.Venues;

namespace Harrier.Hosting.Accounts;

/// <summary>Market data of an account.</summary>
/// <param name="Stream">The feed; its owner disposes of it.</param>
/// <param name="Queue">Where it puts its events.</param>
public sealed record AccountFeed(MarketStream Stream, EventQueue<FeedItem> Queue)
{
    /// <summary>The way to the account at the venue; null for one that the venue does not know. Disposed of with the account.</summary>
    public VenueLink? Venue { get; init; }
}

/// <summary>
/// The feeds of an account: one for the symbols it began with, another for each change that brought more. Ids of instruments go on from feed to feed, so
/// that the account sees one table. Feeds run from <see cref="Begin"/> on until they are disposed of.
/// </summary>
public sealed class AccountFeeds : IAsyncDisposable
{
    private readonly List<(AccountFeed Feed, int Offset)> _feeds = [];
    private readonly List<Task> _running = [];
    private readonly CancellationTokenSource _ends = new();
    private readonly List<Task> _arrivals = [];
    private Task _pause = Task.CompletedTask;

    // Messages come in bursts, and to wake a thread takes longer than to handle one of them: it stays awake for about 60 microseconds.
    private const int SpinsBetweenLooks = 20;
    private static readonly int Looks = Environment.ProcessorCount > 1 ? 80 : 1;

    private int _next;

    /// <summary>Begins with one.</summary>
    public AccountFeeds(AccountFeed first)
    {
        ArgumentNullException.ThrowIfNull(first);
        _feeds.Add((first, 0));
    }

    /// <summary>The way to the account at its venue; null for one that the venue does not know.</summary>
    public VenueLink? Venue => _feeds[0].Feed.Venue;

    /// <summary>The feeds.</summary>
    public IReadOnlyList<MarketStream> Streams => [.. _feeds.Select(static one => one.Feed.Stream)];

    /// <summary>Adds a feed of further instruments; it runs once <see cref="Begin"/> is called.</summary>
    /// <param name="more">The feed.</param>
    /// <param name="offset">The account's id of its first instrument.</param>
    public void Add(AccountFeed more, int offset) => _feeds.Add((more, offset));

    /// <summary>Runs the feeds that do not run yet.</summary>
    public void Begin()
    {
        foreach ((AccountFeed feed, _) in _feeds.Skip(_running.Count).ToArray())
        {
            _running.Add(feed.Stream.RunAsync(_ends.Token));
        }
    }

    /// <summary>Takes the next event, of each feed in its turn.</summary>
    public bool TryRead(out FeedItem item)
    {
        for (int i = 0; i < _feeds.Count; i++)
        {
            (AccountFeed feed, int offset) = _feeds[(_next + i) % _feeds.Count];
            if (feed.Queue.TryRead(out item))
            {
                _next = (_next + i) % _feeds.Count;
                item = offset == 0 ? item : Shift(in item, offset);
                return true;
            }
        }

        item = default;
        return false;
    }

    /// <summary>Waits until an event is there, or a length of time has passed.</summary>
    /// <param name="longest">The length of time.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken stop)
    {
        if (IsSoonThere())
        {
            return;
        }

        for (int i = 0; i < _feeds.Count; i++)
        {
            if (_arrivals.Count == i)
            {
                _arrivals.Add(Task.CompletedTask);
            }

            _arrivals[i] = _arrivals[i].IsCompleted ? _feeds[i].Feed.Queue.WaitToReadAsync(stop).AsTask() : _arrivals[i];
        }

        // One that goes on from the wait before is soon over, and none is left behind with each event.
        _pause = _pause.IsCompleted ? Task.Delay(longest, time, stop) : _pause;
        await Task.WhenAny([.. _arrivals, _pause]).ConfigureAwait(false);
    }

    /// <summary>Begins to look for news; called before what is there is read.</summary>
    public void ForgetNews()
    {
        foreach ((AccountFeed feed, _) in _feeds)
        {
            feed.Queue.ForgetNews();
        }
    }

    private bool IsSoonThere()
    {
        for (int i = 0; i < Looks; i++)
        {
            foreach ((AccountFeed feed, _) in _feeds)
            {
                if (feed.Queue.HasNews)
                {
                    return true;
                }
            }

            Thread.SpinWait(SpinsBetweenLooks);
        }

        return false;
    }

    /// <summary>The symbols as they stand.</summary>
    public IReadOnlyList<SymbolView> Look(Timestamp now) =>
        [.. _feeds.SelectMany(one => one.Feed.Stream.Read(now)).Select(static one => new SymbolView(one.Symbol, one.Last, one.Book?.ToString().ToLowerInvariant()) { Bid = one.Bid, Ask = one.Ask })];

    /// <summary>Ends the feeds and waits until they have.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ends.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ends.Dispose();
    }

    private static FeedItem Shift(in FeedItem item, int offset) => item.IsFault
        ? new FeedItem(item.Fault with { Instrument = new InstrumentId(item.Fault.Instrument.Index + offset) })
        : new FeedItem(item.Event with { Instrument = new InstrumentId(item.Event.Instrument.Index + offset) });
}
