using System.Text.Json;

namespace Harrier.Architecture.Tests.Rules;

/// <summary>
/// With transitive pinning NuGet says nothing when an index lacks the version that was asked for and it takes the next one.
/// A package whose locked version is not the highest one requested has drifted: pin it in Directory.Packages.props.
/// </summary>
internal static class LockFiles
{
    public static IEnumerable<Finding> Drift(SourceFile lockFile)
    {
        using var json = JsonDocument.Parse(lockFile.Text);
        var findings = new List<Finding>();
        foreach (var framework in json.RootElement.GetProperty("dependencies").EnumerateObject())
        {
            var asked = Requests(framework.Value).ToLookup(r => r.Package, r => r.Version, StringComparer.OrdinalIgnoreCase);
            foreach (var package in framework.Value.EnumerateObject().Where(p => p.Value.TryGetProperty("resolved", out _)))
            {
                var resolved = package.Value.GetProperty("resolved").GetString()!;
                var highest = asked[package.Name].MaxBy(v => v, _versions);
                if (highest is not null && _versions.Compare(highest, resolved) != 0)
                {
                    findings.Add(new(lockFile.Path, 0, $"{package.Name}: {highest} was asked for, {resolved} is locked"));
                }
            }
        }

        return findings;
    }

    private static readonly IComparer<string> _versions = Comparer<string>.Create((a, b) =>
    {
        var (left, right) = (Parse(a), Parse(b));
        return left.Number != right.Number ? left.Number.CompareTo(right.Number)
            : left.Label == right.Label ? 0
            : left.Label.Length == 0 ? 1
            : right.Label.Length == 0 ? -1
            : string.CompareOrdinal(left.Label, right.Label);
    });

    private static IEnumerable<(string Package, string Version)> Requests(JsonElement framework)
    {
        foreach (var package in framework.EnumerateObject())
        {
            if (package.Value.TryGetProperty("requested", out var requested))
            {
                yield return (package.Name, LowestOf(requested.GetString()!));
            }

            if (package.Value.TryGetProperty("dependencies", out var dependencies))
            {
                foreach (var dependency in dependencies.EnumerateObject())
                {
                    yield return (dependency.Name, LowestOf(dependency.Value.GetString()!));
                }
            }
        }
    }

    // "[1.2.3, )", "[1.2.3]" and "1.2.3" all ask for 1.2.3.
    private static string LowestOf(string range) => range.Trim('[', '(', ']', ')', ' ').Split(',')[0].Trim();

    private static (Version Number, string Label) Parse(string text)
    {
        var parts = text.Split('+')[0].Split('-', 2);
        var numbers = parts[0].Split('.').Concat(["0", "0", "0", "0"]).Take(4);
        return (Version.Parse(string.Join('.', numbers)), parts.Length == 2 ? parts[1] : "");
    }
}
