using System.Globalization;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Markets;

/// <summary>
/// Reads captures of one symbol: a message per line as <c>&lt;unix ns&gt; &lt;json&gt;</c>, combined-stream frames or bare messages of depth and trade streams, with
/// the depth snapshot in-line. Changes that the snapshot already holds are left out; what cannot be read is counted.
/// </summary>
/// <param name="symbol">The symbol of messages that do not name one.</param>
public sealed class CaptureReader(string symbol)
{
    // So many changes without a snapshot: there will be none, the book grows from the changes.
    private const int PatienceForSnapshot = 300;
    private readonly List<(long FinalId, ReplayBook Book)> _waiting = [];
    private long _snapshotId;
    private bool _isSynced;

    /// <summary>Lines that could not be read.</summary>
    public int SkippedLines { get; private set; }

    /// <summary>The events of one file; files of one recording one after another through the same reader.</summary>
    public IEnumerable<ReplayEvent> Read(TextReader text)
    {
        while (text.ReadLine() is { } line)
        {
            foreach (ReplayEvent happened in Line(line))
            {
                yield return happened;
            }
        }
    }

    private List<ReplayEvent> Line(string line)
    {
        int space = line.IndexOf(' ', StringComparison.Ordinal);
        if (space <= 0 || !long.TryParse(line.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out long nanos))
        {
            SkippedLines += line.Length == 0 ? 0 : 1;
            return [];
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(line.AsMemory(space + 1));
            JsonElement root = document.RootElement;
            return Message(new Timestamp(nanos), root.TryGetProperty("data", out JsonElement data) ? data : root);
        }
        catch (Exception fault) when (fault is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            SkippedLines++;
            return [];
        }
    }

    private List<ReplayEvent> Message(Timestamp time, JsonElement message)
    {
        if (message.TryGetProperty("lastUpdateId", out JsonElement id))
        {
            return Snapshot(id.GetInt64(), new ReplayBook(time, symbol, true, Levels(message.GetProperty("bids")), Levels(message.GetProperty("asks"))));
        }

        string kind = message.TryGetProperty("e", out JsonElement name) ? name.GetString() ?? string.Empty : string.Empty;
        return kind switch
        {
            "depthUpdate" => Change(message.GetProperty("u").GetInt64(), new ReplayBook(time, Symbol(message), false, Levels(message.GetProperty("b")), Levels(message.GetProperty("a")))),
            "trade" or "aggTrade" =>
                [new ReplayTrade(time, Symbol(message), Number(message.GetProperty("p")), Number(message.GetProperty("q")), message.GetProperty("m").GetBoolean())],
            _ => [],
        };
    }

    private List<ReplayEvent> Snapshot(long id, ReplayBook book)
    {
        List<ReplayEvent> events = [book];
        _snapshotId = id;
        _isSynced = true;
        events.AddRange(_waiting.Where(change => change.FinalId > id).Select(change => change.Book with { Time = book.Time }));
        _waiting.Clear();
        return events;
    }

    private List<ReplayEvent> Change(long finalId, ReplayBook book)
    {
        if (_isSynced)
        {
            return finalId > _snapshotId ? [book] : [];
        }

        _waiting.Add((finalId, book));
        if (_waiting.Count < PatienceForSnapshot)
        {
            return [];
        }

        _isSynced = true;
        List<ReplayEvent> events = [.. _waiting.Select(change => change.Book)];
        _waiting.Clear();
        return events;
    }

    private string Symbol(JsonElement message) => message.TryGetProperty("s", out JsonElement name) ? name.GetString() ?? symbol : symbol;

    private static DepthLevel[] Levels(JsonElement rows) => [.. rows.EnumerateArray().Select(row => new DepthLevel(Number(row[0]), Number(row[1])))];

    // Trailing zeros of the wire would pretend a finer grid.
    private static decimal Number(JsonElement text) =>
        decimal.Parse(text.ValueKind == JsonValueKind.String ? text.GetString()! : text.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture)
        / 1.0000000000000000000000000000m;
}
