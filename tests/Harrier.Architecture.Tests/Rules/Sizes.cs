using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Harrier.Architecture.Tests.Rules;

/// <summary>Something larger than the house allows. The line number is left out on purpose: the ratchet must not change when lines move.</summary>
internal sealed record Excess(string Rule, string Path, string Subject, int Value);

/// <summary>Limits that keep a file readable on a few screens and a method on one.</summary>
internal static class Sizes
{
    public const int MaxFileLines = 400;
    public const int MaxMethodLines = 50;
    public const int MaxParameters = 5;

    public static IEnumerable<Excess> Of(SourceFile file)
    {
        var lines = file.Text.Length == 0 ? 0 : file.Lines.Count() - (file.Text.EndsWith('\n') ? 1 : 0);
        if (lines > MaxFileLines)
        {
            yield return new("file-lines", file.Path, "-", lines);
        }

        if (!file.IsCSharp)
        {
            yield break;
        }

        foreach (var node in file.Syntax.DescendantNodes())
        {
            if (BodyLines(node) is int length && length > MaxMethodLines)
            {
                yield return new("method-lines", file.Path, NameOf(node), length);
            }

            if (Parameters(node) is { } parameters && parameters.Parameters.Count > MaxParameters)
            {
                yield return new("parameters", file.Path, NameOf(node), parameters.Parameters.Count);
            }
        }
    }

    // From the line of the name, so that attributes and documentation cost nothing.
    private static int? BodyLines(SyntaxNode node)
    {
        SyntaxToken? start = node switch
        {
            MethodDeclarationSyntax m => m.Identifier,
            ConstructorDeclarationSyntax c => c.Identifier,
            OperatorDeclarationSyntax o => o.OperatorToken,
            LocalFunctionStatementSyntax l => l.Identifier,
            AccessorDeclarationSyntax a => a.Keyword,
            _ => null,
        };
        return start is { } token ? LineOf(node.GetLastToken()) - LineOf(token) + 1 : null;
    }

    // A positional record is the cure for many parameters, and the signature of an extern method is not ours.
    private static ParameterListSyntax? Parameters(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax m when m.Modifiers.Any(SyntaxKind.ExternKeyword) || m.Modifiers.Any(SyntaxKind.PartialKeyword) => null,
        BaseMethodDeclarationSyntax m => m.ParameterList,
        LocalFunctionStatementSyntax l => l.ParameterList,
        DelegateDeclarationSyntax d => d.ParameterList,
        RecordDeclarationSyntax => null,
        TypeDeclarationSyntax t => t.ParameterList,
        _ => null,
    };

    private static string NameOf(SyntaxNode node) => string.Join('.', node.AncestorsAndSelf().Reverse().Select(n => n switch
    {
        BaseTypeDeclarationSyntax t => t.Identifier.Text,
        DelegateDeclarationSyntax d => d.Identifier.Text,
        MethodDeclarationSyntax m => m.Identifier.Text,
        ConstructorDeclarationSyntax => "ctor",
        OperatorDeclarationSyntax o => "operator" + o.OperatorToken.Text,
        PropertyDeclarationSyntax p => p.Identifier.Text,
        AccessorDeclarationSyntax a => a.Keyword.Text,
        LocalFunctionStatementSyntax l => l.Identifier.Text,
        _ => null,
    }).Where(n => n is not null));

    private static int LineOf(SyntaxToken token) => token.GetLocation().GetLineSpan().EndLinePosition.Line;
}
