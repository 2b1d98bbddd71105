using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Harrier.Storage.Recording;

namespace Harrier.Bench.Recording;

/// <summary>The messages of a capture by their kinds, and their values as CSV.</summary>
internal sealed record CaptureMessages(
    IReadOnlyList<RecordedFrame> All, IReadOnlyList<RecordedFrame> Depth, IReadOnlyList<RecordedFrame> Trades, string LevelsCsv, string TradesCsv)
{
    /// <summary>Changes of levels in all depth messages.</summary>
    public int LevelCount { get; private init; }

    public static CaptureMessages Of(string path)
    {
        RecordedFrame[] all = [.. RecordingReader.Open(path).Frames()];
        RecordedFrame[] depth = [.. all.Where(message => message.Bytes.Span.IndexOf("\"depthUpdate\""u8) >= 0)];
        RecordedFrame[] trades = [.. all.Where(message => message.Bytes.Span.IndexOf("\"trade\""u8) >= 0)];
        StringBuilder levels = new("received,time,first,last,side,price,size\n");
        int count = depth.Sum(message => AppendLevels(levels, message));
        StringBuilder rows = new("received,time,id,price,size,is_buyer_maker\n");
        foreach (RecordedFrame message in trades)
        {
            AppendTrade(rows, message);
        }

        return new CaptureMessages(all, depth, trades, levels.ToString(), rows.ToString()) { LevelCount = count };
    }

    /// <summary>Lines of a plain capture.</summary>
    public static byte[] Lines(IReadOnlyList<RecordedFrame> messages)
    {
        using MemoryStream lines = new();
        foreach (RecordedFrame message in messages)
        {
            lines.Write(Encoding.UTF8.GetBytes(message.Time.Nanos.ToString(CultureInfo.InvariantCulture) + " "));
            lines.Write(message.Bytes.Span);
            lines.WriteByte((byte)'\n');
        }

        return lines.ToArray();
    }

    /// <summary>Size in gzip, as <c>gzip -6</c>.</summary>
    public static long Gzip(byte[] text)
    {
        using MemoryStream packed = new();
        using (GZipStream packer = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            packer.Write(text);
        }

        return packed.Length;
    }

    private static int AppendLevels(StringBuilder rows, RecordedFrame message)
    {
        using JsonDocument document = JsonDocument.Parse(message.Bytes);
        JsonElement data = document.RootElement.GetProperty("data");
        int count = 0;
        foreach (string side in (string[])["b", "a"])
        {
            foreach (JsonElement level in data.GetProperty(side).EnumerateArray())
            {
                count++;
                rows.Append(CultureInfo.InvariantCulture, $"{message.Time.Nanos},{data.GetProperty("E").GetInt64()},{data.GetProperty("U").GetInt64()},{data.GetProperty("u").GetInt64()},{side},{level[0].GetString()},{level[1].GetString()}\n");
            }
        }

        return count;
    }

    private static void AppendTrade(StringBuilder rows, RecordedFrame message)
    {
        using JsonDocument document = JsonDocument.Parse(message.Bytes);
        JsonElement data = document.RootElement.GetProperty("data");
        rows.Append(CultureInfo.InvariantCulture, $"{message.Time.Nanos},{data.GetProperty("T").GetInt64()},{data.GetProperty("t").GetInt64()},{data.GetProperty("p").GetString()},{data.GetProperty("q").GetString()},{data.GetProperty("m").GetBoolean()}\n");
    }
}
