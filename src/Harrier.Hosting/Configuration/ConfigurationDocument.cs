using System.Text.Json.Nodes;

namespace Harrier.Hosting.Configuration;

/// <summary>A configuration as it was read from a file.</summary>
/// <param name="Tree">Its values.</param>
/// <param name="Lines">In which line of the file a value stands, by its path such as <c>accounts[0].bots[1].symbol</c>; empty for a language that does not tell.</param>
public sealed record ConfigurationDocument(JsonObject Tree, IReadOnlyDictionary<string, long> Lines)
{
    /// <summary>Adds to faults in which line of the file they are, where that is known.</summary>
    /// <param name="faults">Faults, each beginning with the path of a value.</param>
    public IReadOnlyList<string> Locate(IReadOnlyList<string> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        return [.. faults.Select(fault => LineOf(fault) is { } line ? FormattableString.Invariant($"{fault} (line {line})") : fault)];
    }

    // A value that is missing has no line; the object that lacks it has.
    private long? LineOf(string fault)
    {
        string path = fault[..Math.Max(0, fault.IndexOf(':', StringComparison.Ordinal))];
        while (path.Length > 0)
        {
            if (Lines.TryGetValue(path, out long line))
            {
                return line;
            }

            path = path[..Math.Max(0, Math.Max(path.LastIndexOf('.'), path.LastIndexOf('[')))];
        }

        return null;
    }
}
