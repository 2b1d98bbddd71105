using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Harrier.Exchanges.Tests.Support;

namespace Harrier.Exchanges.Tests.Bybit;

/// <summary>Readers of the recorded and documented messages beside the checkout.</summary>
internal static class BybitFixtures
{
    private const string Root = "data/fixtures/";

    public static JsonElement Json(string path) => JsonDocument.Parse(File.ReadAllText(SharedData.Require(path))).RootElement;

    /// <summary>Names of the documented bodies and frames.</summary>
    public static IReadOnlyList<string> Names() => [.. Json(Root + "nautilus/bybit.json").EnumerateObject().Select(p => p.Name)];

    public static string Named(string name) => Json(Root + "nautilus/bybit.json").GetProperty(name).GetString()!;

    public static byte[] Bytes(string name) => Encoding.UTF8.GetBytes(Named(name));

    public static IEnumerable<string> Lines(string path) => File.ReadLines(SharedData.Require(Root + path)).Where(l => l.Length > 0);

    /// <summary>The raw body of a recorded call.</summary>
    public static JsonElement Recorded(string name) => Json(Root + "ccxt-recorded/bybit/" + name + ".json").GetProperty("http_response");

    /// <summary>The recorded book, one message a line.</summary>
    public static IReadOnlyList<byte[]> BookCapture()
    {
        using ZipArchive zip = ZipFile.OpenRead(SharedData.Require("data/captures/bybit/xrpusdt-ob500.data.zip"));
        using StreamReader reader = new(zip.Entries.Single().Open());
        List<byte[]> lines = [];
        while (reader.ReadLine() is { } line)
        {
            lines.Add(Encoding.UTF8.GetBytes(line));
        }

        return lines;
    }

    public static IEnumerable<JsonElement> OracleParses(params string[] kinds) => Lines("ccxt-oracle/parse.jsonl")
        .Select(l => JsonDocument.Parse(l).RootElement)
        .Where(v => v.GetProperty("exchange").GetString() == "bybit" && kinds.Contains(v.GetProperty("kind").GetString()));
}
