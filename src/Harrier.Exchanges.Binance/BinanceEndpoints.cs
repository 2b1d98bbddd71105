namespace Harrier.Exchanges.Binance;

/// <summary>Where a market is reached; origins without a path.</summary>
/// <param name="Rest">REST.</param>
/// <param name="Wallet">REST of keys and wallets, <c>/sapi</c>.</param>
/// <param name="WebSocketApi">The WebSocket API, which carries the private stream of spot.</param>
/// <param name="Streams">Streams; the private one of USD-M among them.</param>
public sealed record BinanceEndpoints(Uri Rest, Uri Wallet, Uri WebSocketApi, Uri Streams)
{
    /// <summary>The venue itself. Real money.</summary>
    public static BinanceEndpoints Live(BinanceMarket market) => market == BinanceMarket.Spot
        ? Of("https://api.binance.com", "https://api.binance.com", "wss://ws-api.binance.com", "wss://stream.binance.com")
        : Of("https://fapi.binance.com", "https://api.binance.com", "wss://ws-fapi.binance.com", "wss://fstream.binance.com");

    /// <summary>The venue's own test environment; keys and wallets have none there.</summary>
    public static BinanceEndpoints Testnet(BinanceMarket market) => market == BinanceMarket.Spot
        ? Of("https://testnet.binance.vision", "https://testnet.binance.vision", "wss://ws-api.testnet.binance.vision", "wss://stream.testnet.binance.vision")
        : Of("https://demo-fapi.binance.com", "https://demo-api.binance.com", "wss://demo-ws-fapi.binance.com", "wss://demo-fstream.binance.com");

    /// <summary>An exchange that answers everything at one place, such as the built-in one.</summary>
    /// <param name="rest">Origin of REST.</param>
    /// <param name="socket">Origin of the streams.</param>
    /// <param name="socketApi">Origin of the WebSocket API.</param>
    public static BinanceEndpoints At(Uri rest, Uri socket, Uri socketApi) => new(rest, rest, socketApi, socket);

    private static BinanceEndpoints Of(string rest, string wallet, string api, string streams) => new(new Uri(rest), new Uri(wallet), new Uri(api), new Uri(streams));
}
