using System.Buffers.Text;
using System.IO.Compression;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Binance.Wire;

namespace Harrier.Exchanges.Binance.History;

/// <summary>
/// Reads the rows of a file of bars, digit by digit. Columns are those of klines; files of USD-M have a line of names on top, files of spot count microseconds since 2025.
/// </summary>
internal static class BulkRows
{
    private const int Columns = 12;
    private const int LongestFile = 512 * 1024 * 1024;

    /// <summary>Reads a zip with one file.</summary>
    /// <exception cref="InvalidDataException">The zip or a row is damaged.</exception>
    public static List<HistoricalBar> Read(ReadOnlyMemory<byte> zip, string name, BarSpec interval)
    {
        using MemoryStream packed = new(zip.ToArray(), writable: false);
        using ZipArchive archive = new(packed, ZipArchiveMode.Read);
        ZipArchiveEntry entry = archive.GetEntry(name) ?? throw new InvalidDataException($"there is no {name} inside");
        if (entry.Length > LongestFile)
        {
            throw new InvalidDataException($"{name} would unpack to {entry.Length} bytes");
        }

        byte[] text = new byte[entry.Length];
        using Stream content = entry.Open();
        int length = content.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
        return length == text.Length ? Rows(text, interval) : throw new InvalidDataException($"{name} is cut off");
    }

    private static List<HistoricalBar> Rows(ReadOnlySpan<byte> text, BarSpec interval)
    {
        List<HistoricalBar> rows = [];
        for (int number = 1; !text.IsEmpty; number++)
        {
            int end = text.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = (end < 0 ? text : text[..end]).TrimEnd((byte)'\r');
            text = end < 0 ? [] : text[(end + 1)..];
            bool isNames = number == 1 && !line.IsEmpty && char.IsAsciiLetter((char)line[0]);
            if (!line.IsEmpty && !isNames)
            {
                rows.Add(Row(line, number, interval));
            }
        }

        return rows;
    }

    private static HistoricalBar Row(ReadOnlySpan<byte> line, int number, BarSpec interval)
    {
        Span<Range> cells = stackalloc Range[Columns + 1];
        int count = 0;
        foreach (Range cell in line.Split((byte)','))
        {
            cells[Math.Min(count++, Columns)] = cell;
        }

        if (count != Columns)
        {
            throw new InvalidDataException($"row {number} has {count} columns where {Columns} were expected");
        }

        KlineMessage row = new(
            Whole(line[cells[0]], number), Number(line[cells[1]], number), Number(line[cells[2]], number), Number(line[cells[3]], number), Number(line[cells[4]], number), Number(line[cells[5]], number))
        {
            CloseTime = Whole(line[cells[6]], number),
            QuoteVolume = Number(line[cells[7]], number),
            TradeCount = Whole(line[cells[8]], number),
            TakerBuyVolume = Number(line[cells[9]], number),
            TakerBuyQuoteVolume = Number(line[cells[10]], number),
        };
        try
        {
            return HistoryMapping.Bar(row, interval);
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"row {number}: {fault.Message}");
        }
    }

    private static long Whole(ReadOnlySpan<byte> text, int number) =>
        Utf8Parser.TryParse(text, out long value, out int used) && used == text.Length ? value : throw new InvalidDataException($"row {number} has no whole number where one was expected");

    private static decimal Number(ReadOnlySpan<byte> text, int number) =>
        Utf8Parser.TryParse(text, out decimal value, out int used) && used == text.Length ? value : throw new InvalidDataException($"row {number} has no number where one was expected");
}
