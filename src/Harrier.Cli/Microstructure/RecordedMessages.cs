using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Harrier.Domain;
using Harrier.Storage.Recording;

namespace Harrier.Cli.Microstructure;

/// <summary>
/// Recorded messages of a venue: what <c>harrier record</c> wrote, a file or a folder; or one a line as <c>&lt;unix ns&gt; &lt;json&gt;</c>, or as bare JSON that says when it
/// was sent (<c>"ts"</c> or <c>"E"</c> in milliseconds), plain, gz, or zip of one file. Lines that are neither are left out.
/// </summary>
internal static partial class RecordedMessages
{
    /// <summary>True when the file begins with such a message.</summary>
    public static bool IsRecording(string path) => Read(path).Any();

    /// <summary>All messages in the order in which they came.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="options">Which records of a recording of several symbols or venues; null for all.</param>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static IEnumerable<(Timestamp Received, byte[] Message)> Read(string path, RecordingReadOptions? options = null) =>
        Directory.Exists(path) || RecordingFile.IsSegment(path) ? Segments(path, options) : Lines(path);

    private static IEnumerable<(Timestamp Received, byte[] Message)> Segments(string path, RecordingReadOptions? options)
    {
        RecordingReader reader;
        try
        {
            reader = RecordingReader.Open(path, options);
        }
        catch (RecordingException)
        {
            // Perhaps bars.
            yield break;
        }

        foreach (RecordedFrame frame in reader.Frames())
        {
            if (frame.Kind is RecordKind.Frame or RecordKind.Snapshot)
            {
                yield return (frame.Time, frame.Bytes.ToArray());
            }
        }
    }

    private static IEnumerable<(Timestamp Received, byte[] Message)> Lines(string path)
    {
        using FileStream file = Open(path);
        using ZipArchive? zip = path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? Unzip(file, path) : null;
        using StreamReader reader = new(Content(file, zip, path), Encoding.UTF8);
        int before = 0;
        int messages = 0;
        while (Line(reader, path) is { } line)
        {
            if (Parse(line) is { } message)
            {
                messages++;
                yield return message;
            }
            else if (messages == 0 && ++before > 20)
            {
                yield break;
            }
        }
    }

    private static string? Line(StreamReader reader, string path)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (InvalidDataException fault)
        {
            throw new InputException("data", path, fault.Message);
        }
    }

    private static (Timestamp, byte[])? Parse(string line)
    {
        int blank = line.IndexOf(' ', StringComparison.Ordinal);
        if (blank > 0 && blank + 1 < line.Length && line[blank + 1] == '{'
            && long.TryParse(line.AsSpan(0, blank), NumberStyles.None, CultureInfo.InvariantCulture, out long nanos))
        {
            return (new Timestamp(nanos), Encoding.UTF8.GetBytes(line[(blank + 1)..]));
        }

        return line.StartsWith('{') && SentAt().Match(line) is { Success: true } sent
            ? (Timestamp.FromUnixMilliseconds(long.Parse(sent.Groups[1].ValueSpan, CultureInfo.InvariantCulture)), Encoding.UTF8.GetBytes(line))
            : null;
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException("data", path, fault is FileNotFoundException or DirectoryNotFoundException ? "a file that exists" : fault.Message);
        }
    }

    private static ZipArchive Unzip(FileStream file, string path)
    {
        try
        {
            return new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (InvalidDataException fault)
        {
            throw new InputException("data", path, fault.Message);
        }
    }

    private static Stream Content(FileStream file, ZipArchive? zip, string path)
    {
        if (zip is not null)
        {
            return zip.Entries is [{ } only] ? only.Open() : throw new InputException("data", path, "a zip of one file");
        }

        return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    [GeneratedRegex("\"(?:ts|E)\":(\\d{13})\\b")]
    private static partial Regex SentAt();
}
