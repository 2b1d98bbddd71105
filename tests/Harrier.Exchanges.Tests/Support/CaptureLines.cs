using System.IO.Compression;
using System.Text;

namespace Harrier.Exchanges.Tests.Support;

/// <summary>Messages of the recordings in the shared data.</summary>
public static class CaptureLines
{
    /// <summary>Every line of a packed file.</summary>
    public static IEnumerable<string> Lines(string relativePath)
    {
        using FileStream file = File.OpenRead(SharedData.Require(relativePath));
        using GZipStream unpacked = new(file, CompressionMode.Decompress);
        using StreamReader reader = new(unpacked, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>Lines of the form "nanoseconds JSON".</summary>
    public static IEnumerable<(long Nanos, byte[] Message)> Stamped(string relativePath)
    {
        foreach (string line in Lines(relativePath))
        {
            int blank = line.IndexOf(' ', StringComparison.Ordinal);
            yield return (long.Parse(line.AsSpan(0, blank), System.Globalization.CultureInfo.InvariantCulture), Encoding.UTF8.GetBytes(line[(blank + 1)..]));
        }
    }

    /// <summary>The JSON of lines of the form "seconds: JSON" or "address -> seconds: JSON"; other lines are left out.</summary>
    public static IEnumerable<(string Head, byte[] Message)> Cryptofeed(string relativePath)
    {
        foreach (string line in Lines(relativePath))
        {
            int start = line.IndexOf(": {", StringComparison.Ordinal);
            if (start > 0 && !line.StartsWith("configuration", StringComparison.Ordinal))
            {
                yield return (line[..start], Encoding.UTF8.GetBytes(line[(start + 2)..]));
            }
        }
    }
}
