using Harrier.Domain;

namespace Harrier.Cli;

/// <summary>The names by which people call venues.</summary>
internal static class VenueAliases
{
    private static readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["binance"] = "binance-spot",
        ["binance-spot"] = "binance-spot",
        ["binance-usdm"] = "binance-usdm",
    };

    /// <summary>All of them, with commas between.</summary>
    public static string All => string.Join(", ", _names.Keys);

    /// <summary>The venue that is meant.</summary>
    /// <exception cref="InputException">There is no such venue.</exception>
    public static VenueId Find(string option, string text) => _names.TryGetValue(text, out string? name)
        ? new VenueId(name)
        : throw new InputException(option.TrimStart('-'), text, "one of " + All);

    /// <summary>True when both names are of one house, be it of different markets: these share their keys.</summary>
    public static bool ShareKeys(string left, string right) => string.Equals(HouseOf(left), HouseOf(right), StringComparison.OrdinalIgnoreCase);

    private static string HouseOf(string name) => name.Split('-')[0];
}
