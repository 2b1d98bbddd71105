using System.Xml.Linq;

namespace Harrier.Architecture.Tests.Rules;

/// <summary>Arrows point to the center. A project exists only where the compiler must forbid something, and this is what it forbids.</summary>
internal static class ProjectReferences
{
    // What a project may name directly; what these may name is allowed with it.
    private static readonly Dictionary<string, string[]> _direct = new(StringComparer.Ordinal)
    {
        ["Harrier.Domain"] = [],
        ["Harrier.Features"] = ["Harrier.Domain"],
        ["Harrier.Engine"] = ["Harrier.Domain", "Harrier.Features"],
        ["Harrier.Strategies"] = ["Harrier.Engine"],
        ["Harrier.Simulation"] = ["Harrier.Engine"],
        ["Harrier.Storage"] = ["Harrier.Engine"],
        ["Harrier.Research"] = ["Harrier.Simulation"],
        ["Harrier.Exchanges"] = ["Harrier.Engine"],
        ["Harrier.Exchanges.Binance"] = ["Harrier.Exchanges"],
        ["Harrier.Exchanges.Bybit"] = ["Harrier.Exchanges"],
        ["Harrier.Exchanges.Uphold"] = ["Harrier.Exchanges"],
        ["Harrier.Testnet"] = ["Harrier.Simulation"],
        ["Harrier.Hosting"] = ["Harrier.Research", "Harrier.Storage", "Harrier.Exchanges"],
        ["Harrier.Api"] = ["Harrier.Hosting"],
        ["Harrier.Cli"] =
        [
            "Harrier.Api", "Harrier.Hosting", "Harrier.Research", "Harrier.Storage", "Harrier.Strategies", "Harrier.Exchanges.Binance", "Harrier.Exchanges.Bybit", "Harrier.Exchanges.Uphold", "Harrier.Testnet",
        ],
    };

    public static IReadOnlyCollection<string> Projects => _direct.Keys;

    /// <summary>Checks the references of one project file.</summary>
    public static IEnumerable<Finding> Forbidden(SourceFile projectFile) => Forbidden(
        projectFile.Path,
        Path.GetFileNameWithoutExtension(projectFile.Path),
        XDocument.Parse(projectFile.Text).Descendants("ProjectReference").Select(r => NameOf(r.Attribute("Include")!.Value)));

    /// <summary>Checks the references of one project, wherever they were read.</summary>
    public static IEnumerable<Finding> Forbidden(string where, string project, IEnumerable<string> references)
    {
        if (!_direct.ContainsKey(project))
        {
            return [new(where, 0, $"{project} has no row in {nameof(ProjectReferences)}: say what it may depend on")];
        }

        var allowed = Closure(project);
        return references.Where(r => !allowed.Contains(r))
            .Select(r => new Finding(where, 0, $"{project} must not depend on {r}; allowed: {string.Join(", ", allowed.Order(StringComparer.Ordinal))}"));
    }

    private static HashSet<string> Closure(string project)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(_direct[project]);
        while (open.TryDequeue(out var next))
        {
            if (reached.Add(next))
            {
                foreach (var further in _direct[next])
                {
                    open.Enqueue(further);
                }
            }
        }

        return reached;
    }

    private static string NameOf(string include) => Path.GetFileNameWithoutExtension(include.Replace('\\', '/'));
}
