using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Bybit;

/// <summary>The venue's place in the host: second port, one origin for requests and sockets, one key for all markets.</summary>
public static class BybitOrigin
{
    private const int PortOffset = 1;

    /// <summary>Describes it.</summary>
    /// <param name="seed">Seed of the key.</param>
    /// <param name="venue">The venue.</param>
    public static HostedOrigin Of(long seed, BybitVenue venue)
    {
        ArgumentNullException.ThrowIfNull(venue);
        AccountTerms terms = TestnetAccounts.Terms(seed, TestnetAccounts.DefaultName);
        return new HostedOrigin("bybit", PortOffset, venue.Markets, (json, address) =>
        {
            json.WriteString("rest", address.Http);
            json.WriteString("ws", address.WebSocket);
            json.WriteString("key", terms.ApiKey);
            json.WriteString("secret", terms.Secret);
        });
    }
}
