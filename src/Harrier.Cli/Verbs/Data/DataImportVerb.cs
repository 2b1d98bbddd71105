using System.CommandLine;
using Harrier.Cli.MarketData;
using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Storage.Bars;
using Harrier.Storage.Market;

namespace Harrier.Cli.Verbs.Data;

/// <summary><c>data import FILES --venue V --symbol S --interval I</c>: bars of files into the store, every number as written.</summary>
internal static class DataImportVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        StoreOption store = new();
        Argument<string[]> files = new("FILES") { Description = "files or folders of bars: csv, JSON, plain or in gzip or zip", Arity = ArgumentArity.OneOrMore };
        Option<string> venue = new("--venue") { Description = "where the bars were recorded: " + string.Join(", ", VenueAliases.Known) + ", or sim-...", HelpName = "V", Required = true };
        Option<string?> symbol = new("--symbol") { Description = "the symbol, as BTCUSDT; needed when no file name or row says it", HelpName = "S" };
        Option<string?> interval = new("--interval") { Description = "length of the bars, as 1h; needed when it cannot be told from the files", HelpName = "I" };
        Option<bool> replace = new("--replace") { Description = "replace stored bars that have other values" };
        Option<bool> noCsv = new("--no-csv") { Description = "write no text beside the Parquet files" };
        Option<bool> json = new("--json") { Description = "print JSON" };
        Command command = new("import", "Take bars from files into the store, every number exactly as it is written.") { files, venue, symbol, interval, replace, noCsv, json };
        store.AddTo(command);
        return command.Does((parsed, output, stop) =>
        {
            VenueId named = VenueAliases.FindStored("--venue", parsed.GetRequiredValue(venue));
            VenueId id = named.IsSimulated ? named : VenueAliases.Find("--venue", parsed.GetRequiredValue(venue));
            BarReadOptions options = new()
            {
                Symbols = parsed.GetValue(symbol) is { } name ? [name] : [],
                Interval = parsed.GetValue(interval) is { } length ? OptionText.Interval("--interval", length) : null,
            };
            List<HistoricalBarFile> read = [.. parsed.GetRequiredValue(files).SelectMany(file => HistoricalBarReader.Read(file, options))];
            CheckVenues(read, id, parsed.InvocationConfiguration.Error);
            using MarketStore opened = store.Open(parsed, new StoreOptions { WriteCsv = !parsed.GetValue(noCsv) });
            bool hasConflicts = false;
            foreach (HistoricalBarFile file in read)
            {
                stop.ThrowIfCancellationRequested();
                SeriesKey key = SeriesKey.Bars(id, file.Report.Symbol, file.Interval);
                StoreWriteResult result = opened.Bars.Write(key, file.Bars, new StoreWrite { Source = SourceOf(file), ReplaceConflicts = parsed.GetValue(replace) });
                WriteResultText.Show(output, parsed.GetValue(json), key, result, [.. file.Report.Findings.Where(IsLoss).Select(finding => new WriteNote("refused", finding.Detail, finding.Count))]);
                hasConflicts |= result.Conflicts > 0 && !result.ConflictsReplaced;
            }

            return hasConflicts ? StoreActions.Found : 0;
        });
    }

    private static string SourceOf(HistoricalBarFile file) => "file " + string.Join(", ", file.Report.Files.Take(3).Select(source => source.Name)) + (file.Report.Files.Count > 3 ? ", ..." : "");

    // What the store itself sorts out and counts is no loss.
    private static bool IsLoss(BarFinding finding) => finding.Kind is BarFindingKind.RefusedRow or BarFindingKind.OtherSymbol or BarFindingKind.UnusedFile;

    // Data of a simulation must never pass for that of a real market, whatever the user says.
    private static void CheckVenues(List<HistoricalBarFile> files, VenueId venue, TextWriter errors)
    {
        if (files.Find(file => file.Report.Venue.IsSimulated && !venue.IsSimulated) is { } simulated)
        {
            throw new InputException("venue", venue.Name, $"{simulated.Report.Venue}, which the name of {simulated.Report.Files[0].Name} says");
        }

        foreach (HistoricalBarReport report in files.Select(file => file.Report).Where(report => VenueAliases.Known.Contains(report.Venue.Name) && report.Venue != venue))
        {
            errors.WriteLine($"warning: {report.Files[0].Name}: its name says {report.Venue}, and it is stored as {venue}");
        }
    }
}
