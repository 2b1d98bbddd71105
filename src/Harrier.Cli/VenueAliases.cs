namespace Harrier.Cli;

/// <summary>The names of venues as people type them.</summary>
internal static class VenueAliases
{
    /// <summary>The venues whose accounts can be read.</summary>
    public static IReadOnlyList<string> Trading { get; } = ["binance-spot", "binance-usdm"];

    /// <summary>The full name of a venue whose accounts can be read.</summary>
    /// <param name="field">Where the name was given.</param>
    /// <param name="text">The name or its alias.</param>
    /// <exception cref="InputException">There is no such venue.</exception>
    public static string Venue(string field, string text)
    {
        string name = Canonical(text);
        return Trading.Contains(name, StringComparer.Ordinal) ? name : throw new InputException(field, text, "one of " + string.Join(", ", Trading));
    }

    /// <summary>True when both names are of one venue, be it of different markets: these share their keys.</summary>
    public static bool ShareKeys(string left, string right) => HouseOf(Canonical(left)) == HouseOf(Canonical(right));

    private static string Canonical(string text) => text switch
    {
        "binance" => "binance-spot",
        "bybit" => "bybit-linear",
        _ => text,
    };

    private static string HouseOf(string name) => name.Split('-')[0];
}
