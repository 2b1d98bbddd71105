using System.IO.Compression;
using System.Text;
using Harrier.Domain;
using Harrier.Storage.Bars;

namespace Harrier.Tests.Storage.Bars;

/// <summary>A folder of bar files that vanishes with the test.</summary>
internal sealed class BarFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("harrier-bars-").FullName;

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        string path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public string WriteGzip(string name, string text)
    {
        using MemoryStream memory = new();
        using (GZipStream gzip = new(memory, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return Write(name, memory.ToArray());
    }

    public string WriteZip(string name, params (string Entry, string Text)[] entries)
    {
        using MemoryStream memory = new();
        using (ZipArchive archive = new(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string entry, string text) in entries)
            {
                using Stream stream = archive.CreateEntry(entry).Open();
                stream.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return Write(name, memory.ToArray());
    }

    /// <summary>Writes one file and reads it.</summary>
    public BarFileData Read(string name, string text, BarReadOptions? options = null) =>
        BarFileReader.Read(Write(name, text), options ?? new BarReadOptions()).ShouldHaveSingleItem();

    /// <summary>Reads the whole folder.</summary>
    public IReadOnlyList<BarFileData> ReadAll(BarReadOptions? options = null) => BarFileReader.Read(Path, options ?? new BarReadOptions());

    /// <summary>The bars as text: one that a reader of the test can compare with what the file says.</summary>
    public static string[] Show(BarSeries series)
    {
        string[] lines = new string[series.Count];
        for (int i = 0; i < lines.Length; i++)
        {
            Instrument instrument = series.Instrument;
            Bar bar = series[i];
            lines[i] = FormattableString.Invariant(
                $"{bar.OpenTime} {instrument.ToDecimal(bar.Open)} {instrument.ToDecimal(bar.High)} {instrument.ToDecimal(bar.Low)} {instrument.ToDecimal(bar.Close)} {bar.Volume}");
        }

        return lines;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
