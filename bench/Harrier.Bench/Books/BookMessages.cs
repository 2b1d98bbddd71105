using System.IO.Compression;
using Harrier.Domain;
using Harrier.Exchanges.Wire;

namespace Harrier.Bench.Books;

/// <summary>
/// Messages for the books: a snapshot, its depth changes and trades. Either a folder of the anchors' (<c>snapshot.json</c>,
/// <c>depth.jsonl</c>, <c>trades.jsonl</c>), or a recorded capture.
/// </summary>
internal sealed class BookMessages
{
    private BookMessages(byte[] snapshot, byte[][] depth, byte[][] trades)
    {
        Snapshot = snapshot;
        Depth = new MessageList(depth);
        Trades = new MessageList(trades);
        Instrument = new Instrument(new InstrumentId(0), new InstrumentDefinition
        {
            Venue = new VenueId("bench"),
            Symbol = "BTCUSDT",
            Base = new Asset("BTC"),
            Quote = new Asset("USDT"),
            TickSize = 0.01m,
            LotSize = 0.00000001m,
        });
        Symbols = new SymbolDirectory([Instrument]);
    }

    public byte[] Snapshot { get; }

    public MessageList Depth { get; }

    public MessageList Trades { get; }

    public Instrument Instrument { get; }

    public SymbolDirectory Symbols { get; }

    public static BookMessages FromFolder(string folder) => new(
        File.ReadAllBytes(Path.Combine(folder, "snapshot.json")), Lines(Path.Combine(folder, "depth.jsonl")), Lines(Path.Combine(folder, "trades.jsonl")));

    /// <summary>Reads a capture of the shared data; messages keep the frames of their combined stream, as they came from the socket.</summary>
    public static BookMessages FromCapture(string path)
    {
        byte[]? snapshot = null;
        List<byte[]> depth = [];
        List<byte[]> trades = [];
        using GZipStream unpacked = new(File.OpenRead(path), CompressionMode.Decompress);
        using StreamReader reader = new(unpacked);
        while (reader.ReadLine() is { } line)
        {
            byte[] message = System.Text.Encoding.UTF8.GetBytes(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            if (line.Contains("\"depthUpdate\"", StringComparison.Ordinal))
            {
                depth.Add(message);
            }
            else if (line.Contains("@trade\"", StringComparison.Ordinal))
            {
                trades.Add(message);
            }
            else if (line.Contains("\"lastUpdateId\"", StringComparison.Ordinal))
            {
                snapshot = message;
            }
        }

        return new BookMessages(snapshot ?? throw new InvalidDataException($"{path}: no snapshot"), [.. depth], [.. trades]);
    }

    private static byte[][] Lines(string path) => [.. File.ReadLines(path).Select(System.Text.Encoding.UTF8.GetBytes)];
}
