using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Harrier.Storage.Bars;
using Harrier.Storage.Market;

namespace Harrier.Tests.Storage.Market;

/// <summary>Real files through the store and out again, against a naive reading of the same text.</summary>
public sealed class RecordedKlinesImportTests
{
    private static readonly string[] Wanted = ["open", "high", "low", "close", "volume"];

    [Theory]
    [InlineData("1d")]
    [InlineData("1h")]
    [InlineData("5m")]
    [InlineData("1m")]
    public void Write_RecordedFiles_ComeOutWithEveryValueEqual(string interval)
    {
        string folder = SharedData.Require("data/klines/" + interval);

        // One file has its columns in an order that nothing in it names; the readers refuse it.
        IEnumerable<string> files = Directory.GetFiles(folder).Where(static file => !Path.GetFileName(file).StartsWith("gct_", StringComparison.Ordinal));
        foreach (string file in files.GroupBy(LayoutOf).Select(static alike => alike.MinBy(static file => new FileInfo(file).Length)!).Order(StringComparer.Ordinal))
        {
            string text = TextOf(file);
            List<decimal[]> expected = text.AsSpan().TrimStart()[0] == '[' ? ReadJson(text) : ReadCsv(text);
            HistoricalBarFile read = HistoricalBarReader.Read(file, new BarReadOptions()).Single();
            using StoredBars stored = new(new StoreOptions { WriteCsv = false });
            SeriesKey key = SeriesKey.Bars(read.Report.Venue, read.Report.Symbol, read.Interval);

            StoreWriteResult result = stored.Store.Bars.Write(key, read.Bars, StoredBars.From(file));

            (result.Added, result.Conflicts).ShouldBe((expected.Count, 0), file);
            expected = read.Bars[0].OpenTime < read.Bars[^1].OpenTime ? expected : [.. expected.AsEnumerable().Reverse()];
            Same(expected, [.. stored.Store.Bars.Read(key, TimeRange.Always).Select(bar => (decimal[])[bar.Open, bar.High, bar.Low, bar.Close, bar.Volume])], file);
            using MemoryStream exported = new();
            stored.Store.ExportText(key, TimeRange.Always, exported);
            Same(expected, ReadCsv(Encoding.UTF8.GetString(exported.ToArray())), file);
        }
    }

    private static void Same(List<decimal[]> expected, List<decimal[]> actual, string file)
    {
        actual.Count.ShouldBe(expected.Count, file);
        for (int i = 0; i < expected.Count; i++)
        {
            if (!actual[i].AsSpan().SequenceEqual(expected[i]))
            {
                actual[i].ShouldBe(expected[i], $"{file} row {i}");
            }
        }
    }

    // Of files that differ in nothing but their numbers the smallest tells as much as a year of minutes.
    private static string LayoutOf(string file)
    {
        string first = TextOf(file).AsSpan().TrimStart()[..80].ToString().Split('\n')[0];
        string shape = first[0] == '[' ? "json" : first.Any(char.IsAsciiLetter) ? first : $"{first.Count(static letter => letter == ',')} columns";
        return Path.GetFileName(file).Split('_')[0] + " " + shape;
    }

    private static string TextOf(string file)
    {
        using Stream stream = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(File.OpenRead(file), CompressionMode.Decompress) : File.OpenRead(file);
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    private static List<decimal[]> ReadJson(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        return [.. document.RootElement.EnumerateArray().Select(row => Enumerable.Range(1, 5).Select(i => Number(row[i].ToString())).ToArray())];
    }

    private static List<decimal[]> ReadCsv(string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] names = lines[0].ToLowerInvariant().Split(',');
        bool hasHeader = names.Contains("open");
        int[] columns = hasHeader ? [.. Wanted.Select(name => Array.IndexOf(names, name))] : [1, 2, 3, 4, 5];
        columns[4] = columns[4] < 0 ? Array.FindIndex(names, name => name.StartsWith("volume", StringComparison.Ordinal)) : columns[4];
        return [.. lines.Skip(hasHeader ? 1 : 0).Select(line => line.Split(',')).Select(cells => columns.Select(column => Number(cells[column])).ToArray())];
    }

    private static decimal Number(string text) => decimal.Parse(text.Trim('"'), NumberStyles.Float, CultureInfo.InvariantCulture);
}
