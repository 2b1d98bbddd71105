using System.Buffers.Text;
using System.IO.Compression;
using System.Text;
using Harrier.Domain;

namespace Harrier.Storage.Recording;

/// <summary>
/// Reads plain captures: lines of <c>&lt;unix ns&gt; &lt;json&gt;</c>, in gzip, in zip or as they are. A bare message has the time that it names in milliseconds
/// as <c>ts</c> or <c>E</c>.
/// </summary>
internal static class CaptureText
{
    private const int FirstBuffer = 1 << 16;
    // Any JSON begins as a bare message does: only files by which venues publish such messages are taken for captures.
    private static readonly HashSet<string> _bareMessages = new(StringComparer.OrdinalIgnoreCase) { ".zip", ".jsonl", ".data" };
    private static readonly byte[][] _timeFields = [Encoding.ASCII.GetBytes("\"ts\":"), Encoding.ASCII.GetBytes("\"E\":")];

    /// <summary>True when a file begins like a capture.</summary>
    public static bool IsCapture(string path)
    {
        try
        {
            using Stream text = Open(path);
            byte[] head = new byte[256];
            int count = text.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            bool hasTime = Parse(head.AsSpan(0, count), out _, out int start);
            return hasTime && start < count && head[start] == '{' && (start > 0 || _bareMessages.Contains(Path.GetExtension(path)));
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            return false;
        }
    }

    /// <summary>The records of a capture, symbol by the name of its file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Which records.</param>
    /// <param name="faults">Takes what cannot be read.</param>
    public static IEnumerable<RecordedFrame> Records(string path, RecordingReadOptions options, ICollection<RecordingFault> faults)
    {
        RecordSource source = new("capture", 0, SymbolOf(path));
        using Stream text = Open(path);
        byte[] buffer = new byte[FirstBuffer];
        int count = 0;
        long line = 0;
        while (true)
        {
            int read = Read(text, ref buffer, count, (path, line), faults);
            count += Math.Max(0, read);
            int start = 0;
            for (int end = Array.IndexOf(buffer, (byte)'\n', 0, count); end >= 0; end = Array.IndexOf(buffer, (byte)'\n', start, count - start))
            {
                line++;
                if (Record(buffer.AsSpan(start, end - start), source, (path, line), faults) is { } record && options.Wants(in record))
                {
                    yield return record;
                }

                start = end + 1;
            }

            if (read <= 0)
            {
                // Without the end of a line it may be half of one; where the file itself is whole it is the last.
                if (read == 0 && Record(buffer.AsSpan(start, count - start), source, (path, line + 1), faults) is { } last && options.Wants(in last))
                {
                    yield return last;
                }

                yield break;
            }

            buffer.AsSpan(start, count - start).CopyTo(buffer);
            count -= start;
        }
    }

    /// <summary>The symbol that a capture is named by; empty when its name begins with none.</summary>
    public static string SymbolOf(string path) => new string([.. Path.GetFileName(path).TakeWhile(char.IsLetterOrDigit)]).ToUpperInvariant();

    // 0 at the end, below it when the packing is broken there.
    private static int Read(Stream text, ref byte[] buffer, int used, (string Path, long Line) place, ICollection<RecordingFault> faults)
    {
        if (used == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        try
        {
            return text.Read(buffer.AsSpan(used));
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException)
        {
            faults.Add(new RecordingFault(place.Path, place.Line, "the file is cut off or damaged after this line: " + fault.Message));
            return -1;
        }
    }

    private static RecordedFrame? Record(ReadOnlySpan<byte> line, RecordSource source, (string Path, long Line) place, ICollection<RecordingFault> faults)
    {
        line = line.EndsWith("\r"u8) ? line[..^1] : line;
        if (line.Length == 0)
        {
            return null;
        }

        if (!Parse(line, out long nanos, out int start))
        {
            faults.Add(new RecordingFault(place.Path, place.Line, "the line is no message with its time"));
            return null;
        }

        byte[] text = line[start..].ToArray();
        RecordKind kind = RecordEvents.KindOf(text) ?? (text.AsSpan().StartsWith("{\"lastUpdateId\""u8) ? RecordKind.Snapshot : RecordKind.Frame);
        return new RecordedFrame(new Timestamp(nanos), kind, source, text);
    }

    private static bool Parse(ReadOnlySpan<byte> line, out long nanos, out int start)
    {
        start = 0;
        if (line.Length > 0 && line[0] == '{')
        {
            return TryTimeOf(line, out nanos);
        }

        if (Utf8Parser.TryParse(line, out nanos, out int used) && used is >= 16 and <= 19 && used < line.Length && line[used] == ' ')
        {
            start = used + 1;
            return true;
        }

        return false;
    }

    private static bool TryTimeOf(ReadOnlySpan<byte> message, out long nanos)
    {
        foreach (byte[] field in _timeFields)
        {
            int at = message.IndexOf(field);
            if (at >= 0 && Utf8Parser.TryParse(message[(at + field.Length)..], out long milliseconds, out _))
            {
                nanos = Timestamp.FromUnixMilliseconds(milliseconds).Nanos;
                return true;
            }
        }

        nanos = 0;
        return false;
    }

    private static Stream Open(string path)
    {
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            return new GZipStream(file, CompressionMode.Decompress);
        }

        return path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? new ZipEntryStream(file) : file;
    }
}
