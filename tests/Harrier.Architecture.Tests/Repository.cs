namespace Harrier.Architecture.Tests;

/// <summary>The checkout that these tests were built from, as files on disk.</summary>
internal static class Repository
{
    private static readonly string[] _codeFolders = ["src", "tests", "bench", "web"];
    private static readonly string[] _generatedFolders = ["artifacts", "bin", "obj", "node_modules", "dist", "TestResults", ".git", ".vs", ".idea"];
    private static readonly string[] _textExtensions =
        [".cs", ".csproj", ".props", ".targets", ".slnx", ".json", ".yml", ".yaml", ".md", ".sh", ".ts", ".tsx", ".css", ".html", ".txt", ".editorconfig", ".globalconfig", ""];

    private static readonly Lazy<IReadOnlyList<SourceFile>> _code = new(() => [.. _codeFolders.SelectMany(Under)
        .Where(f => f.Path.EndsWith(".cs", StringComparison.Ordinal) || f.Path.EndsWith(".ts", StringComparison.Ordinal) || f.Path.EndsWith(".tsx", StringComparison.Ordinal))
        .Where(f => !f.Path.StartsWith("web/src/api/", StringComparison.Ordinal))]);

    /// <summary>The folder that holds Harrier.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The written code: C# and TypeScript of src, tests, bench and web, without generated files.</summary>
    public static IReadOnlyList<SourceFile> Code => _code.Value;

    /// <summary>The C# files under a folder.</summary>
    public static IEnumerable<SourceFile> CSharp(string folder = "") =>
        Code.Where(f => f.IsCSharp && f.Path.StartsWith(folder, StringComparison.Ordinal));

    /// <summary>Every text file of the checkout: code, settings, scripts, documents.</summary>
    public static IEnumerable<SourceFile> AllText() => Under("")
        .Where(f => _textExtensions.Contains(Path.GetExtension(f.Path), StringComparer.Ordinal) && !f.Path.Contains("/Golden/", StringComparison.Ordinal));

    /// <summary>The files under a folder of the checkout, in ordinal order; none when the folder does not exist.</summary>
    public static IEnumerable<SourceFile> Under(string folder)
    {
        var start = Path.Combine(Root, folder);
        return Directory.Exists(start)
            ? Walk(start).Select(p => Path.GetRelativePath(Root, p).Replace('\\', '/')).Order(StringComparer.Ordinal).Select(SourceFile.FromDisk)
            : [];
    }

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            yield return file;
        }

        foreach (var child in Directory.EnumerateDirectories(folder).Where(d => !_generatedFolders.Contains(Path.GetFileName(d), StringComparer.Ordinal)))
        {
            foreach (var file in Walk(child))
            {
                yield return file;
            }
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Harrier.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"no folder above {AppContext.BaseDirectory} holds Harrier.slnx");
    }
}
