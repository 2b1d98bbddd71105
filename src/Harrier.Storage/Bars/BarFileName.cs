using System.Buffers;
using Harrier.Domain;

namespace Harrier.Storage.Bars;

/// <summary>What the name of a file says about the bars inside.</summary>
/// <param name="Venue">Venue; <c>csv</c> when the name holds none that is known.</param>
/// <param name="Symbol">Symbol without separators; null when the name holds none.</param>
/// <param name="Interval">Length of the bars; null when the name holds none.</param>
internal sealed record BarFileName(VenueId Venue, string? Symbol, BarSpec? Interval)
{
    private static readonly VenueId Unknown = new("csv");

    // Longer names first; the short ones are aliases.
    private static readonly (string Text, string Venue)[] Venues =
    [
        ("binance-spot", "binance-spot"), ("binance-usdm", "binance-usdm"), ("bybit-linear", "bybit-linear"), ("bybit-spot", "bybit-spot"),
        ("uphold", "uphold"), ("binance", "binance-spot"), ("bybit", "bybit-linear"),
    ];

    private static readonly SearchValues<char> VenueLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private static readonly string[] Endings = [".gz", ".zip", ".json", ".csv", ".txt", ".tsv", ".data"];

    /// <summary>Reads names such as <c>binance-usdm_LINKUSDT-1m-2023-02.csv.gz</c>, <c>BTCUSDT-1h-2024-01.zip</c>, <c>BTC_USDT-1h.json</c>.</summary>
    public static BarFileName Parse(string fileName)
    {
        string name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        while (Array.Find(Endings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) is { } ending)
        {
            name = name[..^ending.Length];
        }

        VenueId venue = TakeVenue(ref name);
        string[] parts = name.Split(['_', '-', '.', ' ', '/'], StringSplitOptions.RemoveEmptyEntries);
        string? symbol = null;
        BarSpec? interval = null;
        for (int i = 0; i < parts.Length; i++)
        {
            if (interval is null && TryParseInterval(parts[i], out BarSpec spec))
            {
                interval = spec;
            }
            else if (symbol is null && i + 1 < parts.Length && IsQuoteAsset(parts[i + 1]) && TryNormalizeSymbol(parts[i] + "-" + parts[i + 1], out string pair))
            {
                symbol = pair;
                i++;
            }
            else if (symbol is null && IsSymbol(parts[i]))
            {
                _ = TryNormalizeSymbol(parts[i], out symbol);
            }
        }

        return new BarFileName(venue, symbol, interval);
    }

    /// <summary>The symbol without separators and in upper case.</summary>
    public static bool TryNormalizeSymbol(string text, out string symbol)
    {
        bool valid = SymbolText.TryParse(text, out Asset baseAsset, out Asset quoteAsset);
        symbol = valid ? baseAsset.Code + quoteAsset.Code : "";
        return valid;
    }

    /// <summary>How fills at a venue are settled, as far as its name says.</summary>
    public static InstrumentKind? MarketOf(VenueId venue) => venue.Name switch
    {
        string name when name.EndsWith("-spot", StringComparison.Ordinal) => InstrumentKind.Spot,
        string name when name.EndsWith("-usdm", StringComparison.Ordinal) || name.EndsWith("-linear", StringComparison.Ordinal) => InstrumentKind.LinearPerpetual,
        _ => null,
    };

    // Only the start of a name is taken for a venue: further on the word may be anything, as in a copy that somebody has changed.
    private static VenueId TakeVenue(ref string name)
    {
        bool simulated = name.StartsWith("sim-", StringComparison.OrdinalIgnoreCase);
        string rest = simulated ? name[4..] : name;
        foreach ((string text, string venue) in Venues)
        {
            bool ends = rest.Length == text.Length || (rest.Length > text.Length && !char.IsAsciiLetterOrDigit(rest[text.Length]));
            if (ends && rest.StartsWith(text, StringComparison.OrdinalIgnoreCase))
            {
                name = rest[text.Length..];
                return new VenueId(simulated ? "sim-" + venue : venue);
            }
        }

        // Whatever comes from a simulation must never pass for a real market, known or not.
        int end = rest.IndexOf('_', StringComparison.Ordinal);
        if (simulated && end > 0 && rest.AsSpan(0, end).IndexOfAnyExcept(VenueLetters) < 0)
        {
            name = rest[end..];
            return new VenueId("sim-" + rest[..end]);
        }

        return Unknown;
    }

    private static bool TryParseInterval(string part, out BarSpec spec)
    {
        spec = default;
        return part.Length is >= 2 and <= 4 && char.IsAsciiDigit(part[0]) && BarSpec.TryParse(part, out spec);
    }

    private static bool IsQuoteAsset(string part) => SymbolText.TryParse("X" + part, out Asset baseAsset, out _) && baseAsset.Code == "X";

    // A lone word that merely ends like a quote asset ("beth", "trusd") must be at least as long as real symbols are.
    private static bool IsSymbol(string part) => part.Length >= 6 && part.All(char.IsAsciiLetterOrDigit) && TryNormalizeSymbol(part, out _);
}
