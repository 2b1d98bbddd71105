using Microsoft.CodeAnalysis;

namespace Harrier.Architecture.Tests.Rules;

/// <summary>A venue's name in code outside its own project is a special case waiting to grow. Comments may name venues as examples.</summary>
internal static class VenueNames
{
    /// <summary>
    /// Where a venue may be named although it is not the venue's own project; a folder ends with a slash. This is the whole list.
    /// </summary>
    private static readonly (string Path, string Reason)[] _allowed =
    [
        ("src/Harrier.Testnet/", "speaks the wire protocols of the venues"),
        ("src/Harrier.Storage/Bars/", "recognizes the files that venues publish by their names and columns"),
        ("src/Harrier.Cli/VenueAliases.cs", "the short names that people type"),
        ("src/Harrier.Cli/Composition/Exchanges.cs", "joins the venue projects to the program"),
    ];

    private static readonly string[] _venues = ["binance", "bybit", "uphold"];

    public static IEnumerable<Finding> OutOfPlace(SourceFile file)
    {
        if (_allowed.Any(a => a.Path.EndsWith('/') ? file.Path.StartsWith(a.Path, StringComparison.Ordinal) : file.Path == a.Path))
        {
            return [];
        }

        var foreign = _venues.Where(v => !file.Path.StartsWith($"src/Harrier.Exchanges.{v}/", StringComparison.OrdinalIgnoreCase)).ToList();
        return file.Syntax.DescendantTokens()
            .Select(t => (Token: t, Venue: foreign.Find(v => t.Text.Contains(v, StringComparison.OrdinalIgnoreCase))))
            .Where(t => t.Venue is not null)
            .Select(t => file.At(t.Token, $"names {t.Venue} outside its project"));
    }
}
