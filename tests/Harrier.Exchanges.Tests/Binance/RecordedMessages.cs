using System.Text;
using System.Text.Json;
using Harrier.Exchanges.Tests.Support;

namespace Harrier.Exchanges.Tests.Binance;

/// <summary>Every market message of Binance's streams in the shared data.</summary>
internal static class RecordedMessages
{
    private static readonly string[] Captures =
    [
        "data/captures/binance-spot/btcusdt_20240808.gz", "data/captures/binance-spot/btcusdt_20240809.gz", "data/captures/binance-usdm/btcusdt_20240808.gz",
    ];

    private static readonly string[] CryptofeedNames = ["BINANCE", "BINANCE_FUTURES"];
    private static readonly string[] MarketFolders = ["/ExchangeData/", "/UsdFutures/"];

    public static IEnumerable<byte[]> All() => [.. FromCaptures(), .. FromCryptofeed(), .. FromFixtures()];

    public static IEnumerable<byte[]> FromCaptures() =>
        Captures.SelectMany(path => CaptureLines.Stamped(path)).Select(line => line.Message).Where(message => !message.AsSpan().StartsWith("{\"lastUpdateId\""u8));

    public static IEnumerable<byte[]> FromCryptofeed() =>
        CryptofeedNames.SelectMany(name => CaptureLines.Cryptofeed($"data/captures/cryptofeed/{name}.ws.1.0.gz")).Select(line => line.Message);

    /// <summary>Messages of other projects' tests: tardis, gocryptotrader and JKorf's pushed frames.</summary>
    public static IEnumerable<byte[]> FromFixtures()
    {
        foreach (string file in (string[])["data/fixtures/tardis/binance-spot.jsonl", "data/fixtures/gocryptotrader/binance-wsHandleData.jsonl"])
        {
            foreach (string line in File.ReadLines(SharedData.Require(file)).Where(line => line.Length > 0))
            {
                yield return Encoding.UTF8.GetBytes(line);
            }
        }

        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("data/fixtures/jkorf/binance.json")));
        foreach (JsonProperty fixture in document.RootElement.EnumerateObject())
        {
            bool isMarket = fixture.Name.Contains("Subscriptions", StringComparison.Ordinal)
                && Array.Exists(MarketFolders, folder => fixture.Name.Contains(folder, StringComparison.Ordinal));
            if (isMarket && Pushed(fixture.Value.GetString()!) is { } message)
            {
                yield return message;
            }
        }
    }

    /// <summary>The frame that begins with "=", written over several lines.</summary>
    private static byte[]? Pushed(string fixture)
    {
        int start = fixture.IndexOf("\n=", StringComparison.Ordinal);
        string text = start < 0 ? "" : fixture[(start + 2)..].Trim();
        return text.StartsWith('{') ? Encoding.UTF8.GetBytes(text) : null;
    }
}
