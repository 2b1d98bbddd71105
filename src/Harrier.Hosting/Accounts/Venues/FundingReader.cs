using Harrier.Domain;
using Harrier.Engine.Reconciliation;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Trading;

namespace Harrier.Hosting.Accounts.Venues;

/// <summary>
/// Reads what an account paid and received in funding: once at the start, after each time that the account was read anew, and when the private stream tells that money
/// moved. The stream alone would not do: it may not name the contract, and what it told while nobody listened is lost. The venue's list names payment, contract and amount.
/// </summary>
/// <param name="venue">The account at the venue.</param>
/// <param name="inputs">Where the payments go; those of an overlap go there again.</param>
/// <param name="time">The wall clock.</param>
internal sealed class FundingReader(TradingVenue venue, VenueInputs inputs, TimeProvider time) : IAsyncDisposable
{
    // A list may come behind the stream, and an older payment behind a newer one.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)];

    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _asked = new(0);
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private IReadOnlyDictionary<Asset, Timestamp> _lastTold = new Dictionary<Asset, Timestamp>();
    private Task _running = Task.CompletedTask;
    private Timestamp _from;
    private Timestamp? _told;
    private int _resyncs;

    /// <summary>True while the stream told of a payment that the list has not shown.</summary>
    public bool IsBehind
    {
        get
        {
            lock (_gate)
            {
                return _told is not null;
            }
        }
    }

    /// <summary>Says up to when the account's record heard of money, before the way to the venue is opened.</summary>
    public void Remember(IReadOnlyDictionary<Asset, Timestamp> lastTold) => _lastTold = lastTold;

    /// <summary>Reads, and goes on reading when there is a reason to.</summary>
    /// <param name="from">From when on.</param>
    /// <param name="cancellation">Ends the wait for the first reading.</param>
    public async Task StartAsync(Timestamp from, CancellationToken cancellation)
    {
        _from = from;
        _resyncs = venue.Session.Resyncs;
        venue.Session.News += OnNews;
        _running = RunAsync(_stop.Token);
        try
        {
            // The first payments ought to be there before the account hears of anything else, but a list that does not come keeps nobody from leaving a position.
            await _first.Task.WaitAsync(LongestWait, time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        venue.Session.News -= OnNews;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _asked.Dispose();
    }

    // Nobody listened when it was paid: the account's record hears of it here. Where the account was compared with the venue since then, it is in that already.
    private void Book(FundingPayment payment)
    {
        if (_lastTold.TryGetValue(payment.Amount.Asset, out Timestamp told) && payment.Time > told)
        {
            venue.Tracker.Record.Take(new MoneyBooked(Timestamp.From(time.GetUtcNow()), payment.Amount, payment.Time, "FUNDING"));
        }
    }

    private void OnNews(Exchanges.Trading.AccountEvent news)
    {
        if (news is WalletsChanged { IsFunding: true } or MoneyMoved { IsFunding: true })
        {
            lock (_gate)
            {
                _told = _told is { } earlier && earlier > news.Time ? earlier : news.Time;
            }

            Ask();
        }
        else if (venue.Session.Resyncs is int resyncs && resyncs != _resyncs)
        {
            _resyncs = resyncs;
            Ask();
        }
    }

    private void Ask()
    {
        if (_asked.CurrentCount == 0)
        {
            _asked.Release();
        }
    }

    private async Task RunAsync(CancellationToken stop)
    {
        if (!await ReadAsync(stop, Book).ConfigureAwait(false))
        {
            Ask();
        }

        _first.TrySetResult();
        while (true)
        {
            await _asked.WaitAsync(stop).ConfigureAwait(false);
            bool isRead = await ReadAsync(stop).ConfigureAwait(false);
            for (int i = 0; i < Pauses.Length && (!isRead || IsBehind); i++)
            {
                await Task.Delay(Pauses[i], time, stop).ConfigureAwait(false);
                isRead = await ReadAsync(stop).ConfigureAwait(false);
            }

            lock (_gate)
            {
                // Whatever it was that the stream told of: the check of what bots and account own must not rest on it for ever.
                _told = null;
            }
        }
    }

    private async Task<bool> ReadAsync(CancellationToken cancellation, Action<FundingPayment>? also = null)
    {
        Timestamp asked = Timestamp.From(time.GetUtcNow());
        VenueResult<IReadOnlyList<FundingPayment>> read = await venue.Client.FundingPaidAsync(_from, cancellation).ConfigureAwait(false);
        if (!read.IsOk)
        {
            return false;
        }

        foreach (FundingPayment payment in read.Value.OrderBy(static one => one.Time.Nanos))
        {
            also?.Invoke(payment);
            inputs.Take(payment);
        }

        Timestamp next = asked + -Overlap;
        _from = next > _from ? next : _from;
        lock (_gate)
        {
            _told = _told is { } told && !read.Value.Any(one => one.Time >= told + -TimeSpan.FromSeconds(1)) ? told : null;
        }

        return true;
    }
}
