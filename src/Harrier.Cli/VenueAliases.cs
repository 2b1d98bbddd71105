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

    /// <summary>The venue that is meant.</summary>
    /// <exception cref="InputException">There is no such venue.</exception>
    public static VenueId Find(string option, string text) => _names.TryGetValue(text, out string? name)
        ? new VenueId(name)
        : throw new InputException(option.TrimStart('-'), text, "one of " + string.Join(", ", _names.Keys));
}
