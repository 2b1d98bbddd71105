using Harrier.Testnet;
using Harrier.Testnet.Hosting;

namespace Harrier.Exchanges.Tests.Support;

/// <summary>The built-in exchange on a port that was free a moment ago.</summary>
internal static class PlacedExchange
{
    /// <summary>Starts it with two symbols. A connection of another test may have got the port meanwhile: it is waited for.</summary>
    /// <param name="port">0 for any.</param>
    public static async Task<BuiltInExchange> StartAsync(int port)
    {
        BuiltInExchangeOptions options = new() { Host = new TestnetOptions { Port = port, Seed = 7 }, Symbols = ["BTCUSDT", "ETHUSDT"] };
        BuiltInExchange? started = null;
        await Eventually.HoldsAsync(async () => (started = await TryStartAsync(options)) is not null, $"port {port} to be free");
        return started!;
    }

    private static async Task<BuiltInExchange?> TryStartAsync(BuiltInExchangeOptions options)
    {
        try
        {
            return await BuiltInExchange.StartAsync(options, TimeProvider.System, stop: TestContext.Current.CancellationToken);
        }
        catch (PortInUseException)
        {
            return null;
        }
    }
}
