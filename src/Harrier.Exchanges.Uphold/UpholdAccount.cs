using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Exchanges.Rates;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Venues;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Uphold;

/// <summary>What an account at the venue is made of.</summary>
public sealed record UpholdAccountOptions
{
    /// <summary>Where it is reached; there is no default, because a mistake would cost real money.</summary>
    public required UpholdEndpoints Endpoints { get; init; }

    /// <summary>Who calls.</summary>
    public required UpholdAuthorization Authorization { get; init; }

    /// <summary>How it converts.</summary>
    public UpholdVenueOptions Venue { get; init; } = new();
}

/// <summary>One account at the venue: its calls, its limits, its conversions.</summary>
public sealed class UpholdAccount : ConversionAccess
{
    private static readonly Asset Dollar = new("USD");

    /// <summary>Wires the parts; nothing is sent.</summary>
    /// <param name="options">What it is made of.</param>
    /// <param name="requests">What its calls share; disposed of with it.</param>
    /// <param name="surroundings">The outside world.</param>
    public UpholdAccount(UpholdAccountOptions options, VenueRequests requests, VenueSurroundings surroundings)
        : base(requests)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(surroundings);
        RestClientOptions calls = new() { BaseAddress = options.Endpoints.Rest, Jitter = surroundings.Jitter, Timeout = options.Venue.Timeout };
        Calls = new UpholdClient(new RestClient(calls, surroundings.Http, Budget, new UpholdRestDialect(), Clock), options.Authorization);
        Reader = new UpholdReader(Calls);
        Venue = new UpholdVenue(Calls, options.Venue, surroundings.Time);
    }

    /// <summary>All calls of the venue.</summary>
    public UpholdClient Calls { get; }

    /// <inheritdoc/>
    public override AccountClient Reader { get; }

    /// <summary>Quotes and commits.</summary>
    public UpholdVenue Venue { get; }

    /// <inheritdoc/>
    public override IConversionVenue Conversions => Venue;

    /// <inheritdoc/>
    public override RateCache Rates => Venue.Rates;

    /// <summary>Dollars; the commission is that of the cheapest assets, and others cost more: a quote that is worse than expected is not taken.</summary>
    public override ConversionTraits Traits { get; } = new(Dollar, 0.0065m, new Dictionary<Asset, int> { [Dollar] = 2, [new Asset("EUR")] = 2, [new Asset("GBP")] = 2, [new Asset("XRP")] = 6 });

    /// <summary>Counts of what the venue sent and nobody knows.</summary>
    public WireCensus Census => Calls.Census;

    /// <summary>What the calls of an account share.</summary>
    /// <param name="options">The account.</param>
    /// <param name="surroundings">The outside world.</param>
    public static VenueRequests RequestsOf(UpholdAccountOptions options, VenueSurroundings surroundings)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new VenueRequests(options.Endpoints.Rest, UpholdLimits.Defaults, options.Authorization.Scope, surroundings);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Venue.Dispose();
            Calls.Dispose();
        }

        base.Dispose(disposing);
    }
}
