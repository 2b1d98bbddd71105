using System.Reflection;

namespace Harrier.Architecture.Tests;

/// <summary>The compiled projects under src, found beside this test assembly.</summary>
internal static class Assemblies
{
    private static readonly Lazy<IReadOnlyDictionary<string, Assembly>> _all = new(() => Rules.ProjectReferences.Projects
        .Select(p => (Project: p, File: Path.Combine(AppContext.BaseDirectory, FileOf(p))))
        .Where(p => File.Exists(p.File))
        .ToDictionary(p => p.Project, p => Assembly.LoadFrom(p.File), StringComparer.Ordinal));

    /// <summary>By project name, such as <c>Harrier.Domain</c>.</summary>
    public static IReadOnlyDictionary<string, Assembly> All => _all.Value;

    public static Assembly Domain => All["Harrier.Domain"];

    public static Assembly Engine => All["Harrier.Engine"];

    /// <summary>The project that an assembly was built from.</summary>
    public static string ProjectOf(AssemblyName name) => name.Name == "harrier" ? "Harrier.Cli" : name.Name!;

    private static string FileOf(string project) => (project == "Harrier.Cli" ? "harrier" : project) + ".dll";
}
