using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Harrier.Architecture.Tests.Rules;

/// <summary>
/// Backtest, paper and live run the same code: only the composition root may ask which of them it is.
/// A branch on the mode anywhere else is a second engine.
/// </summary>
internal static class ModeSwitches
{
    private static readonly string[] _names = ["mode", "tradingmode", "runmode", "enginemode", "botmode", "islive", "ispaper", "isbacktest"];

    public static IEnumerable<Finding> OutsideComposition(SourceFile file)
    {
        if (file.Path.StartsWith("src/Harrier.Cli/Composition/", StringComparison.Ordinal))
        {
            return [];
        }

        return file.Syntax.DescendantNodes()
            .Where(n => Asked(n).Any(e => _names.Contains(LastName(e), StringComparer.OrdinalIgnoreCase)))
            .Select(n => file.At(n, $"'{n.ToString().Split('\n')[0]}': only Harrier.Cli/Composition may ask for the mode"));
    }

    private static IEnumerable<ExpressionSyntax> Asked(SyntaxNode node) => node switch
    {
        BinaryExpressionSyntax b when b.IsKind(SyntaxKind.EqualsExpression) || b.IsKind(SyntaxKind.NotEqualsExpression) => [b.Left, b.Right],
        IsPatternExpressionSyntax p => [p.Expression],
        SwitchStatementSyntax s => [s.Expression],
        SwitchExpressionSyntax s => [s.GoverningExpression],
        IfStatementSyntax { Condition: IdentifierNameSyntax or MemberAccessExpressionSyntax } i => [i.Condition],
        _ => [],
    };

    private static string LastName(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax i => i.Identifier.Text.TrimStart('_'),
        MemberAccessExpressionSyntax m => m.Name.Identifier.Text,
        ParenthesizedExpressionSyntax p => LastName(p.Expression),
        _ => "",
    };
}
