using System.IO.Compression;
using System.Text.Json;
using Harrier.Domain;

namespace Harrier.Testnet.Markets;

/// <summary>
/// Finds captures (<c>SYMBOL_anything.gz</c> or unpacked, lines of <c>&lt;unix ns&gt; &lt;json&gt;</c>) and lists of trades (<c>BASE_QUOTE-trades.json</c>, rows of
/// <c>[ms, id, type, side, price, amount, cost]</c>) in a folder. Bars are read elsewhere and given to the recording as series.
/// </summary>
public static class ReplayFolder
{
    private const string TradesMark = "-trades.json";

    /// <summary>What can be replayed from files.</summary>
    /// <param name="path">A folder, or one file.</param>
    /// <param name="others">Takes the files that are neither captures nor lists of trades, perhaps bars.</param>
    /// <returns>One stream per symbol; empty when there is nothing.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IReadOnlyList<IEnumerable<ReplayEvent>> Open(string path, ICollection<string> others)
    {
        string[] files = File.Exists(path) ? [path] : [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        SortedDictionary<string, List<string>> captures = new(StringComparer.Ordinal);
        List<IEnumerable<ReplayEvent>> streams = [];
        foreach (string file in files)
        {
            string name = Path.GetFileName(file);
            if (name.Contains(TradesMark, StringComparison.OrdinalIgnoreCase))
            {
                streams.Add(Trades(file));
            }
            else if (IsCapture(file))
            {
                string symbol = new string([.. name.TakeWhile(char.IsLetterOrDigit)]).ToUpperInvariant();
                captures.TryAdd(symbol, []);
                captures[symbol].Add(file);
            }
            else
            {
                others.Add(file);
            }
        }

        streams.AddRange(captures.Select(capture => Capture(capture.Key, capture.Value)));
        return streams;
    }

    private static IEnumerable<ReplayEvent> Capture(string symbol, List<string> files)
    {
        CaptureReader reader = new(symbol);
        foreach (string file in files)
        {
            using StreamReader text = Text(file);
            foreach (ReplayEvent happened in reader.Read(text))
            {
                yield return happened;
            }
        }
    }

    private static IEnumerable<ReplayEvent> Trades(string file)
    {
        string name = Path.GetFileName(file);
        string[] words = name[..name.IndexOf(TradesMark, StringComparison.OrdinalIgnoreCase)].Split('_');
        string symbol = string.Concat(words[Math.Max(0, words.Length - 2)..]).ToUpperInvariant();
        using StreamReader text = Text(file);
        using JsonDocument document = JsonDocument.Parse(text.BaseStream);
        foreach (JsonElement row in document.RootElement.EnumerateArray())
        {
            Timestamp time = Timestamp.FromUnixMilliseconds(row[0].GetInt64());
            yield return new ReplayTrade(time, symbol, row[4].GetDecimal(), row[5].GetDecimal() / 1.0000000000000000000000000000m, row[3].GetString() == "sell");
        }
    }

    private static bool IsCapture(string file)
    {
        try
        {
            using StreamReader text = Text(file);
            char[] head = new char[21];
            int count = text.ReadBlock(head);
            int digits = head.TakeWhile(char.IsAsciiDigit).Count();
            return digits is >= 16 and <= 19 && count > digits + 1 && head[digits] == ' ' && head[digits + 1] == '{';
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static StreamReader Text(string file)
    {
        Stream stream = File.OpenRead(file);
        return new StreamReader(file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
    }
}
