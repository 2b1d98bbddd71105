using Harrier.Domain;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Trading;

namespace Harrier.Hosting.Accounts.Venues;

/// <summary>The way of one account to its venue: opens it, goes on trying while the venue is away, and knows whether what it shows can be trusted.</summary>
/// <param name="venue">The account at the venue; disposed of with this.</param>
/// <param name="inputs">Where the venue's side puts what it has to tell.</param>
/// <param name="time">The wall clock.</param>
/// <param name="journal">The facts of the account, closed after the venue; null where none are kept.</param>
public sealed class VenueLink(TradingVenue venue, VenueInputs inputs, TimeProvider time, IDisposable? journal) : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly FundingReader _funding = new(venue, inputs, time);
    private Task _starting = Task.CompletedTask;
    private volatile bool _isStarted;
    private volatile string? _trouble;
    private volatile string? _refusal;

    /// <summary>The account at the venue.</summary>
    public TradingVenue Venue => venue;

    /// <summary>What the venue's side has to tell.</summary>
    public VenueInputs Inputs => inputs;

    /// <summary>True while what we know of the account is what the venue has. Whatever was reported before this is true is in <see cref="Inputs"/>.</summary>
    public bool IsSound => _isStarted && !venue.Session.IsSuspect;

    /// <summary>What stands in the way at present; null when nothing is known to.</summary>
    public string? Trouble => _trouble;

    /// <summary>Why the venue will not have the account, however often it is asked; null when it may.</summary>
    public string? Refusal => _refusal;

    /// <summary>True while funding was paid that is not among <see cref="Inputs"/> yet.</summary>
    public bool IsFundingBehind => _funding.IsBehind;

    /// <summary>Begins to open the way.</summary>
    /// <param name="fundedFrom">From when on payments of funding are read; null to read none.</param>
    public void Start(Timestamp? fundedFrom = null) => _starting = StartAsync(fundedFrom, _stop.Token);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _starting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _funding.DisposeAsync().ConfigureAwait(false);
        await venue.DisposeAsync().ConfigureAwait(false);
        journal?.Dispose();
        _stop.Dispose();
    }

    private async Task StartAsync(Timestamp? fundedFrom, CancellationToken stop)
    {
        // What moved money later than this was told to nobody.
        _funding.Remember(venue.Tracker.Record.Read(static book => book.Holdings.Balances.ToDictionary(static one => one.Asset, static one => one.Changed)));
        for (TimeSpan wait = FirstPause; ; wait = wait * 2 < LongestPause ? wait * 2 : LongestPause)
        {
            VenueResult<bool> started = await venue.StartAsync(stop).ConfigureAwait(false);
            if (started.IsOk)
            {
                if (fundedFrom is { } from)
                {
                    await _funding.StartAsync(from, stop).ConfigureAwait(false);
                }

                (_isStarted, _trouble) = (true, null);
                return;
            }

            if (started.Error.Kind is VenueErrorKind.Authentication or VenueErrorKind.Permission or VenueErrorKind.NotSupported)
            {
                _refusal = started.Error.Message;
                return;
            }

            _trouble = $"{started.Error.Kind}: {started.Error.Message}";
            await Task.Delay(started.Error.RetryAfter ?? wait, time, stop).ConfigureAwait(false);
        }
    }
}
