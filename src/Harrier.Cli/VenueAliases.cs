using Harrier.Domain;

namespace Harrier.Cli;

/// <summary>The names by which people call venues.</summary>
internal static class VenueAliases
{
    /// <summary>The venues whose market data and accounts can be read.</summary>
    public static IReadOnlyList<string> Known => Composition.Exchanges.Venues;

    /// <summary>The venue that is meant.</summary>
    /// <param name="field">Where the name was given; dashes in front are left out of the error.</param>
    /// <param name="text">The name or its alias.</param>
    /// <exception cref="InputException">There is no such venue.</exception>
    public static VenueId Find(string field, string text)
    {
        string name = Canonical(text);
        return Known.Contains(name, StringComparer.Ordinal)
            ? new VenueId(name)
            : throw new InputException(field.TrimStart('-'), text, "one of " + string.Join(", ", Known));
    }

    /// <summary>The venue whose stored data are meant: one of the known, or any other name that data can be stored under, such as <c>sim-...</c>.</summary>
    /// <param name="field">As for <see cref="Find"/>.</param>
    /// <param name="text">The name or its alias.</param>
    /// <exception cref="InputException">The text is no name of a venue.</exception>
    public static VenueId FindStored(string field, string text)
    {
        string name = Canonical(text);
        return name.Length > 0 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? new VenueId(name)
            : throw new InputException(field.TrimStart('-'), text, "a venue such as " + string.Join(", ", Known) + " or sim-...");
    }

    /// <summary>True when both names are of one venue, be it of different markets: these share their keys.</summary>
    public static bool ShareKeys(string left, string right) => HouseOf(Canonical(left)) == HouseOf(Canonical(right));

    private static string Canonical(string text) => text.ToLowerInvariant() switch
    {
        "binance" => "binance-spot",
        "bybit" => "bybit-linear",
        var name => name,
    };

    private static string HouseOf(string name) => name.Split('-')[0];
}
