using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
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
        BinanceMarket market = request.Venue == "binance-spot" ? BinanceMarket.Spot : BinanceMarket.UsdM;
        BinanceEndpoints places = request.Endpoint.Kind switch
        {
            EndpointKind.Live => BinanceEndpoints.Live(market),
            EndpointKind.Testnet => BinanceEndpoints.Testnet(market),
            _ => BinanceEndpoints.At(request.Endpoint.Address!, request.Endpoint.Address!, request.Endpoint.Address!),
        };
        AccountParts parts = new(RestTransport.Create(), new ServerClock(time), LedgerOf(places.Rest, time), places.Rest);
        RequestBudget budget = new(
            new RequestBudgetOptions
            {
                Rules = BinanceLimits.Defaults(market),
                Ledger = parts.Ledger,
                AccountScope = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(request.Credentials.Key))),
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

    // An exchange on this machine is nobody else's; the limits of any other are shared by all who run here.
    private static MachineLedger? LedgerOf(Uri place, TimeProvider time)
    {
        if (place.IsLoopback)
        {
            return null;
        }

        string folder = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return MachineLedger.Open(Path.Combine(folder, "harrier", "requests"), place.Host, time);
    }
}
