using System.CommandLine;
using Harrier.Cli.Indicators;
using Harrier.Cli.MarketData;
using Harrier.Cli.Options;
using Harrier.Storage.Market;

namespace Harrier.Cli.Verbs.Data;

/// <summary><c>data export --symbol S --interval I --format csv|parquet --out FILE</c>: a series as one file.</summary>
internal static class DataExportVerb
{
    private static readonly Dictionary<string, bool> Formats = new() { ["csv"] = false, ["parquet"] = true };
    private static readonly Dictionary<string, SeriesKind> Kinds = Enum.GetValues<SeriesKind>().ToDictionary(kind => kind.ToString().ToLowerInvariant());

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        StoreOption store = new();
        RangeOption range = new();
        Option<string> symbol = new("--symbol") { Description = "the symbol, as BTCUSDT", HelpName = "S", Required = true };
        Option<string?> interval = new("--interval") { Description = "length of the bars, as 1h; needed when there are several", HelpName = "I" };
        Option<string?> venue = new("--venue") { Description = "the venue; needed when several have the symbol", HelpName = "V" };
        Option<string> kind = new("--kind") { Description = "what to export: " + string.Join(", ", Kinds.Keys) + " [bars]", HelpName = "K", DefaultValueFactory = _ => "bars" };
        Option<string> format = new("--format") { Description = "csv or parquet [csv]", HelpName = "F", DefaultValueFactory = _ => "csv" };
        Option<string> target = new("--out") { Description = "the file; - is standard output (csv only)", HelpName = "FILE", Required = true };
        Command command = new("export", "Write a series into one file, every number exactly as it was stored.") { symbol, interval, venue, kind, format, target };
        range.AddTo(command);
        store.AddTo(command);
        return command.Does((parsed, output, _) =>
        {
            bool isParquet = OptionText.Choice("--format", parsed.GetRequiredValue(format), Formats);
            SeriesKind wanted = OptionText.Choice("--kind", parsed.GetRequiredValue(kind), Kinds);
            string file = CheckTarget(parsed.GetRequiredValue(target), isParquet);
            TimeRange span = range.Read(parsed);
            using MarketStore opened = store.Open(parsed);
            SeriesKey key = new SeriesChoice(parsed.GetRequiredValue(symbol), wanted, parsed.GetValue(interval), parsed.GetValue(venue)).Find(opened);
            Export(opened, key, span, file, isParquet);
            if (file != WholeOutput.StandardOutput)
            {
                output.WriteLine($"{key} written to {file}");
            }

            return 0;
        });
    }

    private static string CheckTarget(string file, bool isParquet)
    {
        if (isParquet && file == WholeOutput.StandardOutput)
        {
            throw new InputException("out", file, "a file, as Parquet is no text");
        }

        if (file == WholeOutput.StandardOutput)
        {
            return file;
        }

        string? folder = string.IsNullOrWhiteSpace(file) ? null : Path.GetDirectoryName(Path.GetFullPath(file));
        return folder is not null && Directory.Exists(folder) && !Directory.Exists(file) ? file : throw new InputException("out", file, "a file in a folder that exists");
    }

    private static void Export(MarketStore store, SeriesKey key, TimeRange range, string file, bool isParquet)
    {
        if (isParquet)
        {
            store.ExportParquet(key, range, file);
        }
        else if (file == WholeOutput.StandardOutput)
        {
            using Stream output = Console.OpenStandardOutput();
            store.ExportText(key, range, output);
        }
        else
        {
            store.ExportText(key, range, file);
        }
    }
}
