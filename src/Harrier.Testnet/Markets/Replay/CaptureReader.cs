using System.Globalization;
using System.Text;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Markets;

/// <summary>
/// Reads captures of one symbol: a message per line as <c>&lt;unix ns&gt; &lt;json&gt;</c>, combined-stream frames, topic frames or bare messages of depth and trade
/// streams, with the depth snapshot in-line, and what became of the connections. Changes that the snapshot already holds and what came twice are left out; what
/// cannot be read is counted.
/// </summary>
/// <param name="symbol">The symbol of messages that do not name one.</param>
public sealed class CaptureReader(string symbol)
{
    private readonly CapturedBook _book = new();
    private readonly RecentIds _trades = new();

    /// <summary>Lines that could not be read.</summary>
    public int SkippedLines { get; private set; }

    /// <summary>The events of one file; files of one recording one after another through the same reader.</summary>
    public IEnumerable<ReplayEvent> Read(TextReader text)
    {
        while (text.ReadLine() is { } line)
        {
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space <= 0 || !long.TryParse(line.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out long nanos))
            {
                SkippedLines += line.Length == 0 ? 0 : 1;
                continue;
            }

            foreach (ReplayEvent happened in Parse(new CapturedMessage(new Timestamp(nanos), Encoding.UTF8.GetBytes(line[(space + 1)..]))))
            {
                yield return happened;
            }
        }
    }

    /// <summary>The events of messages that were recorded.</summary>
    public IEnumerable<ReplayEvent> Read(IEnumerable<CapturedMessage> messages) => messages.SelectMany(Parse);

    private List<ReplayEvent> Parse(CapturedMessage captured)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(captured.Json);
            return Message(in captured, document.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            SkippedLines++;
            return [];
        }
    }

    private List<ReplayEvent> Message(in CapturedMessage captured, JsonElement root)
    {
        if (root.TryGetProperty("record", out JsonElement record))
        {
            if (record.GetString() is "lost" or "hole")
            {
                _book.Lost(root.TryGetProperty("connection", out JsonElement connection) ? connection.GetString() : null);
            }

            return [];
        }

        return root.TryGetProperty("topic", out JsonElement topic) ? Topic(in captured, topic.GetString() ?? string.Empty, root) : Stream(in captured, root);
    }

    private List<ReplayEvent> Stream(in CapturedMessage captured, JsonElement root)
    {
        JsonElement message = root.TryGetProperty("data", out JsonElement data) ? data : root;
        Timestamp time = captured.Time;
        if (message.TryGetProperty("lastUpdateId", out JsonElement id))
        {
            return _book.Snapshot(id.GetInt64(), new ReplayBook(time, symbol, true, Levels(message.GetProperty("bids")), Levels(message.GetProperty("asks"))));
        }

        string kind = message.TryGetProperty("e", out JsonElement name) ? name.GetString() ?? string.Empty : string.Empty;
        return kind switch
        {
            "depthUpdate" => _book.Change(message.GetProperty("u").GetInt64(), Book(time, message, isSnapshot: false), captured.Connection),
            "trade" => Trade(time, message, "t"),
            "aggTrade" => Trade(time, message, "a"),
            _ => [],
        };
    }

    private List<ReplayEvent> Trade(Timestamp time, JsonElement message, string id) => IsNew(message, id)
        ? [new ReplayTrade(time, Symbol(message), Number(message.GetProperty("p")), Number(message.GetProperty("q")), message.GetProperty("m").GetBoolean())]
        : [];

    private List<ReplayEvent> Topic(in CapturedMessage captured, string topic, JsonElement root)
    {
        Timestamp time = captured.Time;
        JsonElement data = root.GetProperty("data");
        if (topic.StartsWith("publicTrade.", StringComparison.Ordinal))
        {
            return [.. data.EnumerateArray().Where(trade => IsNew(trade, "i")).Select(trade => new ReplayTrade(
                time, Symbol(trade), Number(trade.GetProperty("p")), Number(trade.GetProperty("v")), trade.GetProperty("S").GetString() == "Sell"))];
        }

        if (!topic.StartsWith("orderbook.", StringComparison.Ordinal))
        {
            return [];
        }

        bool isSnapshot = root.GetProperty("type").GetString() == "snapshot";
        long id = data.GetProperty("u").GetInt64();
        ReplayBook book = Book(time, data, isSnapshot);
        return isSnapshot ? _book.Snapshot(id, book) : _book.Change(id, book, captured.Connection);
    }

    private bool IsNew(JsonElement trade, string field) => !trade.TryGetProperty(field, out JsonElement id) || _trades.Add(id.GetRawText());

    private ReplayBook Book(Timestamp time, JsonElement message, bool isSnapshot) =>
        new(time, Symbol(message), isSnapshot, Levels(message.GetProperty("b")), Levels(message.GetProperty("a")));

    private string Symbol(JsonElement message) => message.TryGetProperty("s", out JsonElement name) ? name.GetString() ?? symbol : symbol;

    private static DepthLevel[] Levels(JsonElement rows) => [.. rows.EnumerateArray().Select(row => new DepthLevel(Number(row[0]), Number(row[1])))];

    // Trailing zeros of the wire would pretend a finer grid.
    private static decimal Number(JsonElement text) =>
        decimal.Parse(text.ValueKind == JsonValueKind.String ? text.GetString()! : text.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture)
        / 1.0000000000000000000000000000m;
}
