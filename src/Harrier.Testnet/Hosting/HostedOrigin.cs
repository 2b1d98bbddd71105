using System.Text.Json;

namespace Harrier.Testnet.Hosting;

/// <summary>Addresses of a venue once it is served.</summary>
/// <param name="Http">For requests, such as <c>http://127.0.0.1:9900</c>.</param>
/// <param name="WebSocket">For sockets, such as <c>ws://127.0.0.1:9900</c>.</param>
public readonly record struct OriginAddress(string Http, string WebSocket);

/// <summary>A venue with a port of its own, and the markets behind it.</summary>
/// <param name="Name">Its name in the ready line.</param>
/// <param name="PortOffset">Its place among the ports.</param>
/// <param name="Markets">Its markets.</param>
/// <param name="Describe">Writes the members of its object in the ready line.</param>
public sealed record HostedOrigin(string Name, int PortOffset, IReadOnlyList<HostedMarket> Markets, Action<Utf8JsonWriter, OriginAddress> Describe);

/// <summary>One market: its exchange and the protocol in front of it.</summary>
/// <param name="Facts">The exchange.</param>
/// <param name="FrontEnd">Its wire protocol.</param>
public sealed record HostedMarket(MarketFacts Facts, IFrontEnd FrontEnd)
{
    /// <summary>What a new account has.</summary>
    public IReadOnlyDictionary<string, decimal> OpeningBalances => FrontEnd.OpeningBalances ?? TestnetAccounts.Balances(Facts.Core);
}
