using System.CommandLine;
using System.Globalization;
using Harrier.Cli.MarketData;
using Harrier.Storage.Market;

namespace Harrier.Cli.Verbs.Data;

/// <summary><c>data list</c>: what the store holds.</summary>
internal static class DataListVerb
{
    private static readonly string[] Columns = ["venue", "symbol", "kind", "interval", "rows", "first", "last", "missing", "files", "MiB", "source"];

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        StoreOption store = new();
        SeriesFilter filter = new();
        Option<bool> json = new("--json") { Description = "print JSON" };
        Command command = new("list", "List the series of the store.") { json };
        filter.AddTo(command);
        store.AddTo(command);
        return command.Does((parsed, output, _) =>
        {
            using MarketStore opened = store.Open(parsed);
            List<ListedSeries> series = [.. filter.Choose(parsed, opened).Select(key => ListedSeries.Of(opened, key))];
            if (parsed.GetValue(json))
            {
                output.Write(ToJson(opened.Root, series));
            }
            else
            {
                Write(output, opened.Root, series);
            }

            BadInput.Show(parsed.InvocationConfiguration.Error, series.Where(one => one.Fault is not null).Select(one => one.Fault!));
            return series.Exists(one => one.Fault is not null) ? StoreActions.Found : 0;
        });
    }

    private static void Write(TextWriter output, string root, List<ListedSeries> series)
    {
        output.WriteLine($"store  {root}");
        if (series.Count == 0)
        {
            output.WriteLine("empty: harrier collect and harrier data import fill it");
            return;
        }

        TextTable.Write(output, Columns, [.. series.Select(Row)]);
    }

    private static string[] Row(ListedSeries series) => series.Description is not { } found
        ? [series.Key.Venue.Name, series.Key.Symbol, series.Key.Kind.ToString().ToLowerInvariant(), series.Key.IntervalName ?? "", "?", "", "", "", "", "", "damaged: data check says more"]
        :
        [
            found.Key.Venue.Name, found.Key.Symbol, found.Key.Kind.ToString().ToLowerInvariant(), found.Key.IntervalName ?? "", found.Rows.ToString(CultureInfo.InvariantCulture),
            found.First?.ToString() ?? "", found.Last?.ToString() ?? "", MissingBars(found).ToString(CultureInfo.InvariantCulture), found.Files.Count.ToString(CultureInfo.InvariantCulture),
            (found.Bytes / 1048576.0).ToString("0.00", CultureInfo.InvariantCulture), found.Facts.Source,
        ];

    private static long MissingBars(SeriesDescription series) =>
        series.Key.Interval is { } interval ? series.Gaps.Sum(gap => (gap.To.Nanos - gap.From.Nanos) / interval.IntervalNanos) : 0;

    private static string ToJson(string root, List<ListedSeries> series) => JsonText.Object(json =>
    {
        json.WriteString("store", root);
        JsonText.Array(json, "series", series, one =>
        {
            if (one.Description is { } description)
            {
                JsonText.Description(json, description);
            }
            else
            {
                JsonText.Key(json, one.Key);
                json.WriteString("fault", one.Fault);
            }
        });
    });

    private sealed record ListedSeries(SeriesKey Key, SeriesDescription? Description, string? Fault)
    {
        public static ListedSeries Of(MarketStore store, SeriesKey key)
        {
            try
            {
                return new ListedSeries(key, store.Describe(key), null);
            }
            catch (StoreException fault)
            {
                return new ListedSeries(key, null, fault.Message);
            }
        }
    }
}
