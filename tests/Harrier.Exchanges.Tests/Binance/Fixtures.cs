using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Harrier.Exchanges.Tests.Support;

namespace Harrier.Exchanges.Tests.Binance;

/// <summary>Readers of the recorded messages beside the checkout.</summary>
internal static class Fixtures
{
    private const string Root = "data/fixtures/";
    private static readonly JsonDocumentOptions _loose = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public static JsonElement Json(string path) => JsonDocument.Parse(File.ReadAllText(SharedData.Require(path))).RootElement;

    /// <summary>Body of an endpoint fixture: line 1 method, line 2 path, line 3 whether signed, then JSON.</summary>
    public static string Endpoint(string name)
    {
        string text = Json(Root + "jkorf/binance.json").GetProperty("Endpoints/" + name + ".txt").GetString()!;
        int start = text.IndexOfAny(['{', '[']);
        return start < 0 ? "" : text[start..];
    }

    /// <summary>Names of the endpoint fixtures.</summary>
    public static IEnumerable<string> EndpointNames() => Json(Root + "jkorf/binance.json").EnumerateObject()
        .Where(file => file.Name.StartsWith("Endpoints/", StringComparison.Ordinal)).Select(file => file.Name["Endpoints/".Length..^".txt".Length]);

    /// <summary>Pushed frames of a subscription fixture.</summary>
    public static IEnumerable<string> Pushed(string name)
    {
        string text = Json(Root + "jkorf/binance.json").GetProperty("Subscriptions/" + name + ".txt").GetString()!;
        foreach (string part in text.Split("\n=").Skip(1))
        {
            yield return part.Trim();
        }
    }

    /// <summary>JSON objects one after another, as the files of LEAN have them.</summary>
    public static IEnumerable<string> Lean(string name)
    {
        byte[] bytes = File.ReadAllBytes(SharedData.Require(Root + "lean/" + name + ".json"));
        List<string> objects = [];
        Utf8JsonReader reader = new(bytes, new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
        {
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            objects.Add(Encoding.UTF8.GetString(bytes, start, (int)reader.BytesConsumed - start));
        }

        return objects;
    }

    public static IEnumerable<string> LeanNames() =>
        Directory.GetFiles(SharedData.Require(Root + "lean"), "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);

    public static IEnumerable<string> Lines(string path) => File.ReadLines(SharedData.Require(Root + path)).Where(l => l.Length > 0);

    public static JsonElement Zipped(string path)
    {
        using FileStream file = File.OpenRead(SharedData.Require(Root + path));
        using GZipStream zip = new(file, CompressionMode.Decompress);
        return JsonDocument.Parse(zip, _loose).RootElement.Clone();
    }

    public static IEnumerable<JsonElement> OracleParses(params string[] kinds) => Lines("ccxt-oracle/parse.jsonl")
        .Select(l => JsonDocument.Parse(l).RootElement)
        .Where(v => v.GetProperty("exchange").GetString() == "binance" && kinds.Contains(v.GetProperty("kind").GetString()));
}
