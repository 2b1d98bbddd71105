using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Harrier.Architecture.Tests.Rules;

/// <summary>A name says what a thing does; these words say nothing.</summary>
internal static partial class Names
{
    private static readonly string[] _empty = ["Util", "Utils", "Utility", "Utilities", "Helper", "Helpers", "Common", "Misc", "Impl", "Manager"];

    /// <summary>The one manager: the term is the field's own.</summary>
    private static readonly string[] _allowed = ["OrderManager", "OrderManagerTests"];

    public static IEnumerable<Finding> EmptyNames(SourceFile file)
    {
        var paths = file.Path.Split('/').Select(Path.GetFileNameWithoutExtension).OfType<string>();
        foreach (var name in paths.Where(IsEmpty))
        {
            yield return new(file.Path, 0, $"'{name}' says nothing: name what it does");
        }

        if (file.IsCSharp)
        {
            foreach (var type in file.Syntax.DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Where(t => IsEmpty(t.Identifier.Text)))
            {
                yield return file.At(type.Identifier, $"'{type.Identifier.Text}' says nothing: name what it does");
            }
        }
    }

    /// <summary>Classes that are neither sealed nor meant to be derived from: nothing in the given files derives from them.</summary>
    public static IEnumerable<Finding> OpenClasses(IReadOnlyCollection<SourceFile> files)
    {
        var bases = files.SelectMany(f => f.Syntax.DescendantNodes().OfType<BaseTypeSyntax>()).Select(b => SimpleName(b.Type)).ToHashSet(StringComparer.Ordinal);
        var closed = files.SelectMany(Classes).Where(IsClosed).Select(c => c.Identifier.Text).ToHashSet(StringComparer.Ordinal);
        return files.SelectMany(f => Classes(f)
            .Where(c => !IsClosed(c) && !bases.Contains(c.Identifier.Text))
            .Where(c => !(c.Modifiers.Any(SyntaxKind.PartialKeyword) && closed.Contains(c.Identifier.Text)))
            .Select(c => f.At(c.Identifier, $"'{c.Identifier.Text}': sealed, until something derives from it")));
    }

    private static IEnumerable<TypeDeclarationSyntax> Classes(SourceFile file) => file.Syntax.DescendantNodes().OfType<TypeDeclarationSyntax>()
        .Where(t => t is ClassDeclarationSyntax || (t is RecordDeclarationSyntax r && !r.ClassOrStructKeyword.IsKind(SyntaxKind.StructKeyword)));

    private static bool IsClosed(TypeDeclarationSyntax type) => type.Modifiers.Any(SyntaxKind.SealedKeyword)
        || type.Modifiers.Any(SyntaxKind.StaticKeyword) || type.Modifiers.Any(SyntaxKind.AbstractKeyword);

    private static string SimpleName(TypeSyntax type) => type switch
    {
        SimpleNameSyntax s => s.Identifier.Text,
        QualifiedNameSyntax q => q.Right.Identifier.Text,
        _ => type.ToString(),
    };

    private static bool IsEmpty(string name) =>
        !_allowed.Contains(name, StringComparer.Ordinal) && PascalWord().Matches(name).Any(m => _empty.Contains(m.Value, StringComparer.Ordinal));

    [GeneratedRegex("[A-Z][a-z0-9]*")]
    private static partial Regex PascalWord();
}
