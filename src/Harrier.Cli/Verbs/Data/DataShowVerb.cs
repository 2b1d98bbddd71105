using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Harrier.Cli.MarketData;
using Harrier.Domain;
using Harrier.Storage.Market;

namespace Harrier.Cli.Verbs.Data;

/// <summary><c>data show BTCUSDT 1h</c>: a series of bars and its first rows.</summary>
internal static class DataShowVerb
{
    private const int DefaultRows = 10;
    private static readonly string[] Columns = ["open_time", "open", "high", "low", "close", "volume", "quote_volume", "trades"];

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        StoreOption store = new();
        RangeOption range = new();
        Argument<string> symbol = new("SYMBOL") { Description = "the symbol, as BTCUSDT" };
        Argument<string?> interval = new("INTERVAL") { Description = "length of the bars, as 1h; needed when there are several", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> venue = new("--venue") { Description = "the venue; needed when several have the symbol", HelpName = "V" };
        Option<int> head = new("--head") { Description = "rows to show [10]", HelpName = "N", DefaultValueFactory = _ => DefaultRows };
        Option<bool> json = new("--json") { Description = "print JSON" };
        Command command = new("show", "Show a series of bars: what is known of it, and its first rows.") { symbol, interval, venue, head, json };
        range.AddTo(command);
        store.AddTo(command);
        return command.Does((parsed, output, _) =>
        {
            TimeRange span = range.Read(parsed);
            int count = parsed.GetValue(head);
            int rows = count >= 0 ? count : throw new InputException("head", count.ToString(CultureInfo.InvariantCulture), "0 or more");
            using MarketStore opened = store.Open(parsed);
            SeriesKey key = new SeriesChoice(parsed.GetRequiredValue(symbol), SeriesKind.Bars, parsed.GetValue(interval), parsed.GetValue(venue)).Find(opened);
            SeriesDescription description = opened.Describe(key);
            List<HistoricalBar> shown = [.. opened.Bars.Read(key, span).Take(rows)];
            output.Write(parsed.GetValue(json) ? ToJson(description, shown) : ToText(description, shown));
            return 0;
        });
    }

    private static string ToText(SeriesDescription series, List<HistoricalBar> bars)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        text.WriteLine($"venue     {series.Key.Venue}{(series.Key.Venue.IsSimulated ? " (the built-in exchange, not a real market)" : "")}");
        text.WriteLine($"symbol    {series.Key.Symbol} {series.Key.IntervalName}");
        text.WriteLine(FormattableString.Invariant($"rows      {series.Rows} from {series.First} to {series.Last} in {series.Files.Count} files"));
        text.WriteLine(FormattableString.Invariant($"decimals  {series.PriceDecimals} of prices, {series.VolumeDecimals} of volumes"));
        text.WriteLine($"source    {series.Facts.Source}");
        foreach (TimeRange gap in series.Gaps)
        {
            text.WriteLine($"missing   {gap}");
        }

        if (bars.Count > 0)
        {
            text.WriteLine();
            TextTable.Write(text, Columns, [.. bars.Select(Row)]);
        }

        return text.ToString();
    }

    private static string[] Row(HistoricalBar bar) =>
    [
        bar.OpenTime.ToString(), Text(bar.Open), Text(bar.High), Text(bar.Low), Text(bar.Close), Text(bar.Volume),
        Text(bar.QuoteVolume), bar.TradeCount?.ToString(CultureInfo.InvariantCulture) ?? "",
    ];

    private static string Text(decimal? value) => JsonText.Text(value is { } number ? ExactDecimal.Trim(number) : null) ?? "";

    private static string ToJson(SeriesDescription series, List<HistoricalBar> bars) => JsonText.Object(json =>
    {
        JsonText.Description(json, series);
        JsonText.Array(json, "bars", bars, bar => WriteBar(json, bar));
    });

    private static void WriteBar(Utf8JsonWriter json, HistoricalBar bar)
    {
        json.WriteString("open_time", bar.OpenTime.ToString());
        json.WriteString("open", Text(bar.Open));
        json.WriteString("high", Text(bar.High));
        json.WriteString("low", Text(bar.Low));
        json.WriteString("close", Text(bar.Close));
        json.WriteString("volume", Text(bar.Volume));
        json.WriteString("quote_volume", bar.QuoteVolume is null ? null : Text(bar.QuoteVolume));
        json.WriteString("taker_buy_volume", bar.TakerBuyVolume is null ? null : Text(bar.TakerBuyVolume));
        json.WriteString("taker_buy_quote_volume", bar.TakerBuyQuoteVolume is null ? null : Text(bar.TakerBuyQuoteVolume));
        if (bar.TradeCount is { } count)
        {
            json.WriteNumber("trade_count", count);
        }
        else
        {
            json.WriteNull("trade_count");
        }
    }
}
