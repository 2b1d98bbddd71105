using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Harrier.Cli.UserStrategies;

/// <summary>
/// Finds what would make a strategy decide differently on the same data: other clocks, unseeded randomness, the outside world, state that
/// outlives a run. It guards against mistakes, not against malice: code that a user compiles here runs with the user's rights.
/// </summary>
internal static class DeterminismRules
{
    private const string Clock = "time is Now of the strategy: another clock decides differently in a backtest";
    private const string Randomness = "randomness needs a seed, new Random(seed): a backtest must give the same result twice";
    private const string World = "a strategy sees only what the engine gives it: files, network, processes and environment differ between runs";
    private const string Threads = "a strategy runs on the engine's thread: other threads make the order of its decisions random";
    private const string Hashing = "hash codes differ between processes: they must not reach a decision";
    private const string Screen = "standard output belongs to the program: show values with Describe";
    private const string Mirror = "reflection and native code reach around the engine";
    private const string Static = "no static state: it is neither saved nor reset between runs; use a field and SaveState";

    private static readonly Dictionary<string, string> Members = new()
    {
        ["System.DateTime.Now"] = Clock,
        ["System.DateTime.UtcNow"] = Clock,
        ["System.DateTime.Today"] = Clock,
        ["System.DateTimeOffset.Now"] = Clock,
        ["System.DateTimeOffset.UtcNow"] = Clock,
        ["System.TimeProvider.System"] = Clock,
        ["System.TimeZoneInfo.Local"] = Clock,
        ["System.Guid.NewGuid"] = Randomness,
        ["System.Guid.CreateVersion7"] = Randomness,
        ["System.Random.Shared"] = Randomness,
        ["System.String.GetHashCode"] = Hashing,
        ["System.Object.GetHashCode"] = Hashing,
    };

    private static readonly Dictionary<string, string> Types = new()
    {
        ["System.Diagnostics.Stopwatch"] = Clock,
        ["System.Diagnostics.Process"] = World,
        ["System.Environment"] = World,
        ["System.AppContext"] = World,
        ["System.AppDomain"] = World,
        ["System.GC"] = World,
        ["System.Console"] = Screen,
        ["System.HashCode"] = Hashing,
        ["System.Activator"] = Mirror,
        ["System.Runtime.CompilerServices.Unsafe"] = Mirror,
        ["System.Runtime.CompilerServices.RuntimeHelpers"] = Mirror,
    };

    private static readonly Dictionary<string, string> Namespaces = new()
    {
        ["System.IO"] = World,
        ["System.Net"] = World,
        ["System.Security.Cryptography"] = Randomness,
        ["System.Threading"] = Threads,
        ["System.Timers"] = Threads,
        ["System.Reflection"] = Mirror,
        ["System.Runtime.InteropServices"] = Mirror,
        ["System.Runtime.Loader"] = Mirror,
    };

    // What a strategy may need to refuse a state that is not its own.
    private static readonly HashSet<string> Allowed = ["System.IO.InvalidDataException"];

    /// <summary>Adds a fault for each use in a file.</summary>
    public static void Check(SemanticModel model, UserStrategyFaults faults)
    {
        foreach (SyntaxNode node in model.SyntaxTree.GetRoot().DescendantNodes())
        {
            ISymbol? symbol = node switch
            {
                SimpleNameSyntax or BaseObjectCreationExpressionSyntax => model.GetSymbolInfo(node).Symbol,
                _ => null,
            };
            if (symbol is not null && Reason(symbol) is { } reason)
            {
                faults.Add(node.GetLocation(), $"{Name(symbol)}: {reason}");
            }

            if (IsStaticState(node))
            {
                faults.Add(node.GetLocation(), Static);
            }
        }
    }

    private static string? Reason(ISymbol symbol)
    {
        if (symbol is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.IsEmpty: true, ContainingType: { } made } && FullName(made) == "System.Random")
        {
            return Randomness;
        }

        if (symbol is IMethodSymbol { ContainingType: { } mirrored } && FullName(mirrored) == "System.Type")
        {
            return Mirror;
        }

        ITypeSymbol? type = symbol as ITypeSymbol ?? symbol.ContainingType;
        if (type is null || symbol is INamespaceSymbol || Allowed.Contains(FullName(type)))
        {
            return null;
        }

        if (symbol is not ITypeSymbol && Members.TryGetValue($"{FullName(type)}.{symbol.Name}", out string? reason))
        {
            return reason;
        }

        return Types.GetValueOrDefault(FullName(type)) ?? ReasonOf(type.ContainingNamespace);
    }

    private static string? ReasonOf(INamespaceSymbol? space)
    {
        for (; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (Namespaces.TryGetValue(space.ToDisplayString(), out string? reason))
            {
                return reason;
            }
        }

        return null;
    }

    private static bool IsStaticState(SyntaxNode node) => node switch
    {
        FieldDeclarationSyntax field => IsStatic(field.Modifiers) && !field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword),
        EventFieldDeclarationSyntax declaration => IsStatic(declaration.Modifiers),
        PropertyDeclarationSyntax { AccessorList.Accessors: var accessors } property => IsStatic(property.Modifiers)
            && accessors.Any(accessor => accessor.IsKind(SyntaxKind.SetAccessorDeclaration) && accessor is { Body: null, ExpressionBody: null }),
        _ => false,
    };

    private static bool IsStatic(SyntaxTokenList modifiers) => modifiers.Any(SyntaxKind.StaticKeyword);

    private static string Name(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => $"new {constructor.ContainingType.Name}",
        ITypeSymbol type => type.Name,
        _ => $"{symbol.ContainingType.Name}.{symbol.Name}",
    };

    private static string FullName(ITypeSymbol type) => $"{type.ContainingNamespace?.ToDisplayString()}.{type.MetadataName}";
}
