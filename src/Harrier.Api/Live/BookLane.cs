using System.Threading.Channels;
using Harrier.Domain;
using Harrier.Features.Microstructure;
using Harrier.Hosting.Control;
using Harrier.Hosting.Markets;

namespace Harrier.Api.Live;

/// <summary>
/// Carries the books of a run from its accounts to the memory of walls. Accounts put changes into a bounded queue and go on; where it is full, books are not believed until their next snapshot.
/// </summary>
internal sealed class BookLane : IAsyncDisposable
{
    private const int Length = 1 << 15;

    // Walls are looked at by people: changes are taken many at a time, and no thread is woken for each of them.
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(10);

    private readonly LiveFeed _feed;
    private readonly MarketMemory _markets;
    private readonly Action<Instrument, DensityEvent> _tell;
    private readonly Channel<BookChange> _changes = Channel.CreateBounded<BookChange>(new BoundedChannelOptions(Length) { SingleReader = true });
    private readonly Dictionary<(string Venue, string Symbol), string> _tellers = [];
    private readonly Task _carrying;
    private int _isTorn;

    /// <summary>Listens to the run.</summary>
    /// <param name="feed">Where its accounts tell.</param>
    /// <param name="markets">Remembers.</param>
    /// <param name="tell">Told what happens to walls.</param>
    public BookLane(LiveFeed feed, MarketMemory markets, Action<Instrument, DensityEvent> tell)
    {
        (_feed, _markets, _tell) = (feed, markets, tell);
        feed.Booked += OnBook;
        _carrying = Task.Run(CarryAsync);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _feed.Booked -= OnBook;
        _changes.Writer.Complete();
        await _carrying.ConfigureAwait(false);
    }

    private void OnBook(BookChange change)
    {
        if (!_changes.Writer.TryWrite(change))
        {
            Volatile.Write(ref _isTorn, 1);
        }
    }

    private async Task CarryAsync()
    {
        while (await _changes.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (_changes.Reader.TryRead(out BookChange change))
            {
                Carry(in change);
            }

            await Task.Delay(Between, TimeProvider.System).ConfigureAwait(false);
        }
    }

    private void Carry(in BookChange change)
    {
        if (Interlocked.Exchange(ref _isTorn, 0) == 1)
        {
            _markets.FailWalls(change.Event.ReceivedTime);
        }

        // Accounts at one market hear the same book: that of the first that told one is taken.
        (string, string) market = (change.Instrument.Definition.Venue.Name, change.Instrument.Symbol);
        if (_tellers.TryAdd(market, change.Account) || _tellers[market] == change.Account)
        {
            Take(in change);
        }
    }

    private void Take(in BookChange change)
    {
        WallMemory walls = _markets.WallsOf(change.Instrument);
        if (change.IsFault)
        {
            walls.Fail(change.Event.ReceivedTime);
            return;
        }

        MarketEvent seen = change.Event;
        foreach (DensityEvent happened in walls.Take(in seen))
        {
            _tell(change.Instrument, happened);
        }
    }
}
