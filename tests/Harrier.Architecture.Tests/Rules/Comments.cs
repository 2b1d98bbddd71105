using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Harrier.Architecture.Tests.Rules;

/// <summary>Comments say why. Code that is not wanted is deleted: version control remembers it. Sections that need a fold are files.</summary>
internal static partial class Comments
{
    public static IEnumerable<Finding> Regions(SourceFile file) =>
        file.Syntax.DescendantTrivia().Where(t => t.IsKind(SyntaxKind.RegionDirectiveTrivia)).Select(t => file.At(t, "a region: split the file instead"));

    public static IEnumerable<Finding> CommentedOutCode(SourceFile file) =>
        file.Syntax.DescendantTrivia()
            .Where(t => t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsKind(SyntaxKind.MultiLineCommentTrivia))
            .Where(t => t.ToString().Split('\n').Any(LooksLikeCode))
            .Select(t => file.At(t, $"code in a comment: '{t.ToString().Trim()}'"));

    // Prose ending in a semicolon can parse as a declaration ("see below;"), so a sign that only code has is asked for too.
    private static bool LooksLikeCode(string line)
    {
        var text = line.Trim().TrimStart('/', '*').Replace("*/", "", StringComparison.Ordinal).Trim();
        var complete = text.EndsWith(';') ? text : text.EndsWith('{') ? text + "}" : null;
        return complete is not null && CodeSign().IsMatch(text) && Parses(complete);
    }

    private static bool Parses(string statement)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        var asStatement = SyntaxFactory.ParseStatement(statement, options: options);
        var asMember = SyntaxFactory.ParseMemberDeclaration(statement, options: options);
        return IsWhole(asStatement, statement) || (asMember is not null && IsWhole(asMember, statement));
    }

    private static bool IsWhole(SyntaxNode node, string text) => !node.ContainsDiagnostics && node.FullSpan.Length == text.Length;

    [GeneratedRegex(@"\w\(|=|^(return|if|else|for|foreach|while|using|throw|var|public|private|internal|protected|static|await|break|continue)\b")]
    private static partial Regex CodeSign();
}
