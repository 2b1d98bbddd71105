using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Harrier.Architecture.Tests;

/// <summary>A file of the checkout, or a sample that stands for one in the test of a rule.</summary>
internal sealed class SourceFile(string path, Lazy<string> text)
{
    private SyntaxNode? _syntax;

    public string Path { get; } = path;

    public string Text => text.Value;

    public bool IsCSharp => Path.EndsWith(".cs", StringComparison.Ordinal);

    public IEnumerable<string> Lines => Text.Split('\n').Select(l => l.TrimEnd('\r'));

    /// <summary>The C# syntax, parsed once.</summary>
    public SyntaxNode Syntax => _syntax ??= CSharpSyntaxTree.ParseText(Text, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot();

    public static SourceFile FromDisk(string path) => new(path, new Lazy<string>(() => File.ReadAllText(System.IO.Path.Combine(Repository.Root, path))));

    public static SourceFile Sample(string path, string text) => new(path, new Lazy<string>(text));

    public Finding At(SyntaxNodeOrToken place, string message) => At(place.GetLocation()!, message);

    public Finding At(SyntaxTrivia place, string message) => At(place.GetLocation(), message);

    private Finding At(Location place, string message) => new(Path, place.GetLineSpan().StartLinePosition.Line + 1, message);
}
