using System.Diagnostics.CodeAnalysis;
using Harrier.Cli.Options;
using Harrier.Exchanges;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Requests;
using Harrier.Simulation.Randomness;

namespace Harrier.Cli.Composition;

/// <summary>An account to be reached.</summary>
/// <param name="Venue">The venue's full name.</param>
/// <param name="Endpoint">Which of the venue's places.</param>
/// <param name="Credentials">Key and secret.</param>
internal sealed record AccountRequest(string Venue, EndpointChoice Endpoint, ApiCredentials Credentials);

/// <summary>Joins the venue projects to the program.</summary>
internal static class ExchangeAccounts
{
    /// <summary>Wires the calls of an account; nothing is sent.</summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "All of it belongs to the access that is returned.")]
    public static AccountAccess Open(AccountRequest request, TimeProvider time)
    {
        BinanceMarket market = Exchanges.MarketOf(request.Venue);
        BinanceEndpoints places = Exchanges.EndpointsOf(market, request.Endpoint);
        AccountParts parts = new(RestTransport.Create(), new ServerClock(time), Exchanges.LedgerOf(places.Rest, time), places.Rest);
        RequestBudget budget = new(
            new RequestBudgetOptions
            {
                Rules = BinanceLimits.Defaults(market),
                Ledger = parts.Ledger,
                AccountScope = request.Credentials.Scope,
            },
            time);
        RandomStream jitter = new(Environment.ProcessId);
        RestClient Rest(Uri place) => new(
            new RestClientOptions { BaseAddress = place, Jitter = jitter.NextDouble }, parts.Http, budget, new BinanceRestDialect(market), parts.Clock);
        RestClient rest = Rest(places.Rest);
        BinanceConnection connection = new(rest, budget, new BinanceSigner(request.Credentials), new BinanceSymbols(market))
        {
            Wallet = places.Wallet == places.Rest ? rest : Rest(places.Wallet),
        };
        BinanceClient client = market == BinanceMarket.Spot ? new BinanceSpotClient(connection) : new BinanceLinearClient(connection);
        parts.Clock.UseProbe(client.ServerTimeAsync);
        return new AccountAccess(client, budget, parts);
    }
}
