using System.CommandLine;
using Harrier.Cli.MarketData;
using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Storage.Market;

namespace Harrier.Cli.Verbs.Data;

/// <summary><c>data resample --symbol BTCUSDT --from 1m --to 4h</c>: stores longer bars made of shorter ones, or of trades.</summary>
internal static class DataResampleVerb
{
    private const string Trades = "trades";

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        StoreOption store = new();
        Option<string> symbol = new("--symbol") { Description = "the symbol, as BTCUSDT", HelpName = "S", Required = true };
        Option<string> from = new("--from") { Description = "length of the bars that are there, as 1m, or trades", HelpName = "I", Required = true };
        Option<string> to = new("--to") { Description = "length of the bars to make, as 4h; of bars a multiple", HelpName = "I", Required = true };
        Option<string?> venue = new("--venue") { Description = "the venue; needed when several have the symbol", HelpName = "V" };
        Option<bool> replace = new("--replace") { Description = "replace stored bars that have other values" };
        Option<bool> noCsv = new("--no-csv") { Description = "write no text beside the Parquet files" };
        Option<bool> json = new("--json") { Description = "print JSON" };
        Command command = new("resample", "Make longer bars of shorter ones or of trades, aligned to UTC, weeks to Mondays, with exact sums. Incomplete bars at both ends are left out.") { symbol, from, to, venue, replace, noCsv, json };
        store.AddTo(command);
        return command.Does((parsed, output, stop) =>
        {
            stop.ThrowIfCancellationRequested();
            BarSpec wanted = OptionText.Interval("--to", parsed.GetRequiredValue(to));
            using MarketStore opened = store.Open(parsed, new StoreOptions { WriteCsv = !parsed.GetValue(noCsv) });
            Source source = Find(opened, (parsed.GetRequiredValue(symbol), parsed.GetRequiredValue(from), parsed.GetValue(venue)));
            ResampledHistory made = source.Make(wanted, parsed.GetRequiredValue(to));
            SeriesKey target = SeriesKey.Bars(source.Key.Venue, source.Key.Symbol, wanted);
            SeriesFacts facts = source.Facts;
            StoreWriteResult result = made.Bars.Count == 0 ? new StoreWriteResult() : opened.Bars.Write(target, made.Bars, new StoreWrite
            {
                Source = $"resampled from {source.Key.IntervalName ?? Trades}",
                ReplaceConflicts = parsed.GetValue(replace),
                TickSize = facts.TickSize,
                LotSize = facts.LotSize,
                Market = facts.Market,
            });
            WriteResultText.Show(output, parsed.GetValue(json), target, result,
                new WriteNote("left_out_first", $"{source.Rows} before the first whole one, left out", made.DroppedFirst),
                new WriteNote("left_out_last", $"{source.Rows} after the last whole one, left out", made.DroppedLast));
            return result.Conflicts > 0 && !result.ConflictsReplaced ? StoreActions.Found : 0;
        });
    }
    private static Source Find(MarketStore store, (string Symbol, string From, string? Venue) asked)
    {
        if (asked.From == Trades)
        {
            SeriesKey trades = new SeriesChoice(asked.Symbol, SeriesKind.Trades, null, asked.Venue).Find(store);
            return new Source(trades, store.Trades.Describe(trades).Facts, Trades, (wanted, text) => wanted.IsTime
                ? HistoricalResampler.Aggregate(store.Trades.Read(trades, TimeRange.Always), wanted)
                : throw NoTime(text));
        }

        SeriesKey bars = new SeriesChoice(asked.Symbol, SeriesKind.Bars, asked.From, asked.Venue).Find(store);
        BarSpec shorter = bars.Interval!.Value;
        return new Source(bars, store.Bars.FactsOf(bars), "shorter bars", (wanted, text) =>
        {
            bool isMultiple = wanted.IntervalNanos > shorter.IntervalNanos && wanted.IntervalNanos % shorter.IntervalNanos == 0;
            return !wanted.IsTime ? throw NoTime(text)
                : isMultiple ? HistoricalResampler.Aggregate(store.Bars.Read(bars, TimeRange.Always), shorter, wanted)
                : throw new InputException("to", text, $"a multiple of {bars.IntervalName}");
        });
    }

    private static InputException NoTime(string text) => new("to", text, "a length of time: the store keeps bars of time; backtest --interval makes others of stored trades");

    /// <param name="Key">What is read.</param>
    /// <param name="Facts">What is known of it.</param>
    /// <param name="Rows">What its rows are called.</param>
    /// <param name="Make">Makes bars of a length; the text is what was asked for.</param>
    private sealed record Source(SeriesKey Key, SeriesFacts Facts, string Rows, Func<BarSpec, string, ResampledHistory> Make);
}
