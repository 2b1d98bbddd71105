using System.Diagnostics.CodeAnalysis;
using Harrier.Engine.History;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.History;
using Harrier.Exchanges.Rates;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Venues;

namespace Harrier.Exchanges.Uphold;

/// <summary>The broker: cards, quotes, commits.</summary>
public sealed class UpholdExchange : Exchange
{
    private const string Name = "uphold";

    // A key file has room for a key and a secret. Most have a token, which needs no key; an application's id is told from a name by this.
    private const string ApplicationPrefix = "client:";

    // Whoever asks for a price says how old it may be.
    private static readonly UpholdVenueOptions Kept = new() { Rates = new RateCacheOptions { Life = RateCacheOptions.LongestLife } };

    /// <inheritdoc/>
    public override IReadOnlyList<string> Venues { get; } = [Name];

    /// <inheritdoc/>
    public override Task<VenueResult<MarketStream>> OpenMarketAsync(MarketRequest request, VenueSurroundings surroundings, CancellationToken cancellation) =>
        Task.FromResult(VenueResult<MarketStream>.Failed(new VenueError(
            VenueErrorKind.NotSupported, Outcome.NotDone, 0, "the venue has no stream, no book and no trades: its prices are asked for one by one")));

    /// <inheritdoc/>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The account owns what its calls share and disposes of it.")]
    public override AccountAccess OpenAccount(AccountRequest request, VenueSurroundings surroundings)
    {
        ArgumentNullException.ThrowIfNull(request);
        UpholdAccountOptions options = new() { Endpoints = PlaceOf(request.Place), Authorization = AuthorizationOf(request.Credentials), Venue = Kept };
        return new UpholdAccount(options, UpholdAccount.RequestsOf(options, surroundings), surroundings);
    }

    /// <inheritdoc/>
    public override VenueResult<IMarketHistory> OpenHistory(HistoryRequest request, VenueSurroundings surroundings) =>
        VenueResult<IMarketHistory>.Failed(new VenueError(VenueErrorKind.NotSupported, Outcome.NotDone, 0, "the venue tells no past: it quotes prices of the moment alone"));

    private static UpholdAuthorization AuthorizationOf(ApiCredentials credentials) => credentials.Key.StartsWith(ApplicationPrefix, StringComparison.Ordinal)
        ? UpholdAuthorization.ClientCredentials(credentials with { Key = credentials.Key[ApplicationPrefix.Length..] })
        : UpholdAuthorization.Bearer(credentials);

    private static UpholdEndpoints PlaceOf(VenuePlace place) => place.Kind switch
    {
        PlaceKind.Live => UpholdEndpoints.Live,
        PlaceKind.Testnet => UpholdEndpoints.Testnet,
        _ => UpholdEndpoints.At(place.Address!),
    };
}
