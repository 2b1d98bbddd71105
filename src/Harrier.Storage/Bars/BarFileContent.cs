using System.IO.Compression;

namespace Harrier.Storage.Bars;

/// <summary>One file, or one entry of a zip, that may hold bars.</summary>
/// <param name="Path">The file.</param>
/// <param name="Entry">The entry inside a zip; null for any other file.</param>
/// <param name="Name">Name relative to the path asked for; an entry stands behind an exclamation mark.</param>
/// <param name="Facts">What the name says.</param>
internal sealed record BarFileContent(string Path, string? Entry, string Name, BarFileName Facts)
{
    private static readonly string[] Endings = [".csv", ".json", ".gz", ".zip", ".txt", ".tsv", ".data"];

    /// <summary>Everything at a path that may hold bars, in the order of the names.</summary>
    /// <exception cref="BarDataException">There is nothing at the path.</exception>
    public static List<BarFileContent> List(string path)
    {
        List<BarFileContent> found = [];
        if (File.Exists(path))
        {
            AddFile(found, path, System.IO.Path.GetFileName(path));
        }
        else if (Directory.Exists(path))
        {
            string[] files = [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(file => Endings.Any(end => file.EndsWith(end, StringComparison.OrdinalIgnoreCase)))];
            Array.Sort(files, StringComparer.Ordinal);
            foreach (string file in files)
            {
                AddFile(found, file, System.IO.Path.GetRelativePath(path, file).Replace('\\', '/'));
            }
        }
        else
        {
            throw new BarDataException("data", path, "a file or folder that exists");
        }

        return found.Count > 0 ? found : throw new BarDataException("data", path, "at least one file with bars (csv, json, gz, zip)");
    }

    /// <summary>Reads the bars into a target.</summary>
    /// <returns>The layout that was found.</returns>
    /// <exception cref="BarDataException">The content cannot be read.</exception>
    public string ReadInto(BarFileTarget target)
    {
        try
        {
            using FileStream file = new(Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            if (Entry is not null)
            {
                using ZipArchive archive = new(file, ZipArchiveMode.Read);
                ZipArchiveEntry entry = archive.GetEntry(Entry) ?? throw new InvalidDataException("entry is gone");
                using Stream inside = entry.Open();
                string layout = Parse(inside, entry.Length, target, out long unpacked);
                return unpacked == entry.Length ? layout : throw new InvalidDataException("the zip entry is cut off");
            }

            if (!StartsWith(file, [0x1F, 0x8B]))
            {
                return Parse(file, file.Length, target, out _);
            }

            using GZipStream inflated = new(file, CompressionMode.Decompress, leaveOpen: true);

            // Bars in text shrink about fourfold; a wrong guess costs one copy.
            string text = Parse(inflated, file.Length * 4, target, out long given);
            GzipEnd.Verify(file, given);
            return text;
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new BarDataException("data", Name, "a readable file: " + fault.Message.ReplaceLineEndings(" "));
        }
    }

    private static void AddFile(List<BarFileContent> found, string path, string name)
    {
        using FileStream file = OpenToList(path, name);
        BarFileName facts = BarFileName.Parse(name);
        if (!StartsWith(file, "PK\u0003\u0004"u8))
        {
            found.Add(new BarFileContent(path, null, name, facts));
            return;
        }

        try
        {
            using ZipArchive archive = new(file, ZipArchiveMode.Read);
            foreach (ZipArchiveEntry entry in archive.Entries.Where(entry => entry.Length > 0).OrderBy(entry => entry.FullName, StringComparer.Ordinal))
            {
                BarFileName inside = BarFileName.Parse(entry.FullName);
                BarFileName both = new(inside.Venue.Name == "csv" ? facts.Venue : inside.Venue, inside.Symbol ?? facts.Symbol, inside.Interval ?? facts.Interval);
                found.Add(new BarFileContent(path, entry.FullName, $"{name}!{entry.FullName}", both));
            }
        }
        catch (InvalidDataException fault)
        {
            throw new BarDataException("data", name, "a readable zip: " + fault.Message.ReplaceLineEndings(" "));
        }
    }

    private static FileStream OpenToList(string path, string name)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BarDataException("data", name, "a readable file: " + fault.Message.ReplaceLineEndings(" "));
        }
    }

    private static bool StartsWith(FileStream file, ReadOnlySpan<byte> magic)
    {
        Span<byte> start = stackalloc byte[4];
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return start[..read].StartsWith(magic);
    }

    private string Parse(Stream content, long length, BarFileTarget target, out long given)
    {
        byte[] start = new byte[256];
        int read = content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> text = start.AsSpan(0, read);
        if (text.StartsWith("PAR1"u8) || text.Contains((byte)0))
        {
            throw new BarDataException("data", Name, "text: csv or JSON, plain or in gzip or zip");
        }

        using PrefixedStream whole = new(start.AsMemory(0, read), content);
        text = text.TrimStart("\uFEFF \t\r\n"u8);
        if (text.IsEmpty || text[0] is not ((byte)'[' or (byte)'{'))
        {
            CsvBarParser csv = new(target) { AllowFastPath = target.Exact is null };
            csv.Parse(whole, length);
            given = whole.Given;
            return csv.Layout;
        }

        using MemoryStream all = new((int)Math.Clamp(length, 256, Array.MaxLength));
        whole.CopyTo(all);
        given = whole.Given;
        JsonBarParser json = new(target);
        json.Parse(all.GetBuffer().AsSpan(0, (int)all.Length));
        return json.Layout;
    }
}
