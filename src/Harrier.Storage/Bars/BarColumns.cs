using System.Text;

namespace Harrier.Storage.Bars;

/// <summary>Which column holds what.</summary>
/// <param name="fields">The meaning of each column up to the last one that is read.</param>
/// <param name="delimiter">Comma, semicolon or tab.</param>
/// <param name="hasHeader">True when the first line names the columns.</param>
/// <param name="description">The layout in words, for the report.</param>
internal sealed class BarColumns(BarField[] fields, byte delimiter, bool hasHeader, string description)
{
    private static readonly BarField[] Required = [BarField.Time, BarField.Open, BarField.High, BarField.Low, BarField.Close, BarField.Volume];

    // The first name of a list that a header has wins: a file with unix and date columns is read by the exact one.
    private static readonly (BarField Field, string[] Names)[] Aliases =
    [
        (BarField.Time, ["open_time", "opentime", "open_time_ms", "timestamp", "time", "unix", "unix_timestamp", "ts", "t", "start", "start_time", "starttime", "kline_start_time", "datetime", "date_time", "date", "open_timestamp", "open_date", "candle_begin_time"]),
        (BarField.Open, ["open", "o", "open_price", "price_open"]),
        (BarField.High, ["high", "h", "high_price", "price_high"]),
        (BarField.Low, ["low", "l", "low_price", "price_low"]),
        (BarField.Close, ["close", "c", "close_price", "price_close", "last"]),
        (BarField.Volume, ["volume", "vol", "v", "base_volume", "volume_base", "base_asset_volume", "basevolume"]),
        (BarField.QuoteVolume, ["quote_volume", "quote_asset_volume", "quotevolume", "quote_vol", "volume_quote", "turnover", "quote_av", "q"]),
        (BarField.TradeCount, ["count", "trades", "trade_count", "tradecount", "number_of_trades", "num_trades", "n"]),
        (BarField.TakerBuyVolume, ["taker_buy_volume", "taker_buy_base_asset_volume", "taker_buy_base_volume", "taker_buy_base", "tb_base_av", "taker_base_volume"]),
        (BarField.TakerBuyQuoteVolume, ["taker_buy_quote_volume", "taker_buy_quote_asset_volume", "taker_buy_quote", "tb_quote_av", "taker_quote_volume"]),
        (BarField.Ticker, ["ticker", "symbol", "pair", "tic", "instrument"]),
    ];

    private static readonly HashSet<string> QuoteNames = ["usdt", "usdc", "usd", "busd", "fdusd", "tusd", "eur"];

    /// <summary>The meaning of each column up to the last one that is read.</summary>
    public ReadOnlySpan<BarField> Fields => fields;

    /// <summary>The same without what only exact reading takes.</summary>
    public BarField[] FastFields { get; } = UpTo([.. fields.Select(field => field == BarField.TakerBuyQuoteVolume ? BarField.Skip : field)], field => field != BarField.Skip);

    /// <summary>What stands between two cells.</summary>
    public byte Delimiter { get; } = delimiter;

    /// <summary>True when the first line names the columns.</summary>
    public bool HasHeader { get; } = hasHeader;

    /// <summary>The layout in words.</summary>
    public string Description { get; } = description;

    /// <summary>Understands the first line that is not a comment.</summary>
    /// <returns>Null when the line is neither a header nor a row, as the title lines that some archives write above the header.</returns>
    /// <exception cref="BarDataException">A header lacks a column, or there is no header and the number of columns means nothing.</exception>
    public static BarColumns? Detect(ReadOnlySpan<byte> line, BarRowPlace place)
    {
        byte delimiter = DetectDelimiter(line);
        string[] cells = [.. Encoding.UTF8.GetString(line).Split((char)delimiter).Select(Normalize)];
        bool isHeader = cells.Count(cell => RoleOf(cell) is >= BarField.Open and <= BarField.Close) >= 2;
        if (isHeader)
        {
            return FromHeader(cells, delimiter, place);
        }

        byte[] first = Encoding.UTF8.GetBytes(cells[0]);
        return TimeText.TryParse(first, out _, out _) ? FromCount(cells.Length, delimiter, place) : null;
    }

    /// <summary>What an element of a JSON array of arrays holds, by the number of its values.</summary>
    /// <returns>Empty when the number means nothing.</returns>
    public static BarField[] OfCount(int columns) => columns switch
    {
        6 => Required,
        7 => [.. Required, BarField.QuoteVolume],
        11 or 12 => [.. Required, BarField.Skip, BarField.QuoteVolume, BarField.TradeCount, BarField.TakerBuyVolume, BarField.TakerBuyQuoteVolume],
        _ => [],
    };

    /// <summary>What a property of a JSON object or a header cell holds.</summary>
    public static BarField RoleOf(string name)
    {
        string normal = Normalize(name);
        foreach ((BarField field, string[] names) in Aliases)
        {
            if (names.Contains(normal))
            {
                return field;
            }
        }

        // "Volume BTC" and "Volume USDT" stand side by side in some archives.
        return !normal.StartsWith("volume_", StringComparison.Ordinal) ? BarField.Skip
            : QuoteNames.Contains(normal["volume_".Length..]) ? BarField.QuoteVolume
            : BarField.Volume;
    }

    private static BarColumns FromHeader(string[] cells, byte delimiter, BarRowPlace place)
    {
        BarField[] found = [.. cells.Select(RoleOf)];
        BarField[] chosen = new BarField[cells.Length];
        foreach (BarField field in Enum.GetValues<BarField>())
        {
            int column = field == BarField.Skip ? -1 : Choose(cells, found, field);
            if (column >= 0)
            {
                chosen[column] = field;
            }
            else if (Required.Contains(field))
            {
                throw new BarDataException("data", $"{place}: columns {string.Join(",", cells)}", $"a column for {field.ToString().ToLowerInvariant()}");
            }
        }

        return Create(chosen, delimiter, true, $"csv, header {string.Join((char)delimiter, cells)}");
    }

    private static int Choose(string[] cells, BarField[] found, BarField field)
    {
        foreach ((BarField aliased, string[] names) in Aliases)
        {
            if (aliased != field)
            {
                continue;
            }

            foreach (string name in names)
            {
                int column = Array.IndexOf(cells, name);
                if (column >= 0)
                {
                    return column;
                }
            }
        }

        return Array.IndexOf(found, field);
    }

    private static BarColumns FromCount(int columns, byte delimiter, BarRowPlace place)
    {
        BarField[] fields = OfCount(columns);
        return fields.Length > 0
            ? Create(fields, delimiter, false, FormattableString.Invariant($"csv, {columns} columns without header: {(columns > 7 ? "Binance kline" : "time, open, high, low, close, volume")}"))
            : throw new BarDataException("data", FormattableString.Invariant($"{place}: {columns} columns without header"), "6, 7 or 12 columns, or a header that names them");
    }

    private static BarColumns Create(BarField[] fields, byte delimiter, bool hasHeader, string description)
    {
        return new BarColumns(UpTo(fields, field => field != BarField.Skip), delimiter, hasHeader, description);
    }

    private static BarField[] UpTo(BarField[] fields, Predicate<BarField> lastUsed) => fields[..(Array.FindLastIndex(fields, lastUsed) + 1)];

    private static byte DetectDelimiter(ReadOnlySpan<byte> line)
    {
        int commas = line.Count((byte)',');
        int semicolons = line.Count((byte)';');
        int tabs = line.Count((byte)'\t');
        return commas >= semicolons && commas >= tabs ? (byte)',' : semicolons >= tabs ? (byte)';' : (byte)'\t';
    }

    private static string Normalize(string cell)
    {
        string text = cell.Trim().Trim('"', '\'', '\uFEFF').Trim().ToLowerInvariant().Replace("(", "_", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal);
        return text.Replace(' ', '_').Replace("__", "_", StringComparison.Ordinal);
    }
}
