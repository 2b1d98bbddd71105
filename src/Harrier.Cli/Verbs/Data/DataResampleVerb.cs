using System.CommandLine;
using Harrier.Cli.MarketData;
using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Storage.Market;

namespace Harrier.Cli.Verbs.Data;

/// <summary><c>data resample --symbol BTCUSDT --from 1m --to 4h</c>: stores longer bars made of shorter ones.</summary>
internal static class DataResampleVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        StoreOption store = new();
        Option<string> symbol = new("--symbol") { Description = "the symbol, as BTCUSDT", HelpName = "S", Required = true };
        Option<string> from = new("--from") { Description = "length of the bars that are there, as 1m", HelpName = "I", Required = true };
        Option<string> to = new("--to") { Description = "length of the bars to make, a multiple, as 4h", HelpName = "I", Required = true };
        Option<string?> venue = new("--venue") { Description = "the venue; needed when several have the symbol", HelpName = "V" };
        Option<bool> replace = new("--replace") { Description = "replace stored bars that have other values" };
        Option<bool> noCsv = new("--no-csv") { Description = "write no text beside the Parquet files" };
        Option<bool> json = new("--json") { Description = "print JSON" };
        Command command = new("resample", "Make longer bars of shorter ones, aligned to UTC, weeks to Mondays, with exact sums. Incomplete bars at both ends are left out.") { symbol, from, to, venue, replace, noCsv, json };
        store.AddTo(command);
        return command.Does((parsed, output, stop) =>
        {
            stop.ThrowIfCancellationRequested();
            BarSpec wanted = OptionText.Interval("--to", parsed.GetRequiredValue(to));
            using MarketStore opened = store.Open(parsed, new StoreOptions { WriteCsv = !parsed.GetValue(noCsv) });
            SeriesKey source = new SeriesChoice(parsed.GetRequiredValue(symbol), SeriesKind.Bars, parsed.GetRequiredValue(from), parsed.GetValue(venue)).Find(opened);
            if (wanted.IntervalNanos <= source.Interval!.Value.IntervalNanos || wanted.IntervalNanos % source.Interval.Value.IntervalNanos != 0)
            {
                throw new InputException("to", parsed.GetRequiredValue(to), $"a multiple of {source.IntervalName}");
            }

            ResampledHistory made = HistoricalResampler.Aggregate(opened.Bars.Read(source, TimeRange.Always), source.Interval.Value, wanted);
            SeriesKey target = SeriesKey.Bars(source.Venue, source.Symbol, wanted);
            SeriesFacts facts = opened.Bars.FactsOf(source);
            StoreWriteResult result = made.Bars.Count == 0 ? new StoreWriteResult() : opened.Bars.Write(target, made.Bars, new StoreWrite
            {
                Source = $"resampled from {source.IntervalName}",
                ReplaceConflicts = parsed.GetValue(replace),
                TickSize = facts.TickSize,
                LotSize = facts.LotSize,
                Market = facts.Market,
            });
            WriteResultText.Show(output, parsed.GetValue(json), target, result,
                new WriteNote("left_out_first", "shorter bars before the first whole one, left out", made.DroppedFirst),
                new WriteNote("left_out_last", "shorter bars after the last whole one, left out", made.DroppedLast));
            return result.Conflicts > 0 && !result.ConflictsReplaced ? StoreActions.Found : 0;
        });
    }
}
