using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Binance;

/// <summary>The venue's place in the host: first port, one origin for requests, streams and the WebSocket API, one key for all markets.</summary>
public static class BinanceOrigin
{
    /// <summary>Describes it.</summary>
    /// <param name="seed">Seed of the key.</param>
    /// <param name="markets">Spot, USD-M, or both.</param>
    public static HostedOrigin Of(long seed, IReadOnlyList<HostedMarket> markets)
    {
        AccountTerms terms = TestnetAccounts.Terms(seed, TestnetAccounts.DefaultName);
        return new HostedOrigin("binance", 0, markets, (json, address) =>
        {
            json.WriteString("rest", address.Http);
            json.WriteString("ws", address.WebSocket);
            json.WriteString("wsApi", address.WebSocket);
            json.WriteString("key", terms.ApiKey);
            json.WriteString("secret", terms.Secret);
        });
    }
}
