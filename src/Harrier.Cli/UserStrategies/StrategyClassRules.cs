using Harrier.Engine.Strategies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Harrier.Cli.UserStrategies;

/// <summary>Finds the strategies of user code and what keeps the catalog from listing them.</summary>
/// <param name="builtInKeys">Keys that are taken.</param>
internal sealed class StrategyClassRules(IReadOnlySet<string> builtInKeys)
{
    private readonly Dictionary<string, Location> _places = [];
    private readonly Dictionary<string, string> _owners = [];

    /// <summary>How many strategies were found.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a fault for each strategy without a key, or with one that is taken.</summary>
    public void Check(SemanticModel model, UserStrategyFaults faults)
    {
        foreach (ClassDeclarationSyntax declaration in model.SyntaxTree.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>())
        {
            if (model.GetDeclaredSymbol(declaration) is not { } type)
            {
                continue;
            }

            Location place = declaration.Identifier.GetLocation();
            AttributeData? attribute = type.GetAttributes().FirstOrDefault(known => known.AttributeClass?.Name == nameof(StrategyKeyAttribute));
            if (attribute is null && Derives(type) && !type.IsAbstract)
            {
                faults.Add(place, $"[StrategyKey(\"NAME\", \"what it does\")] on the class {type.Name}, or abstract if it is none to choose");
            }
            else if (attribute is { ConstructorArguments: [{ Value: string key }, _] })
            {
                Count++;
                _places.TryAdd(type.Name, place);
                CheckKey(key, type, (place, faults));
            }
        }
    }

    /// <summary>Where a class stands, by its name.</summary>
    public Location? PlaceOf(string className) => _places.GetValueOrDefault(className);

    private void CheckKey(string key, INamedTypeSymbol type, (Location Place, UserStrategyFaults Faults) at)
    {
        if (builtInKeys.Contains(key))
        {
            at.Faults.Add(at.Place, $"a key of its own for {type.Name}: {key} is a built-in strategy");
        }
        else if (!_owners.TryAdd(key, type.Name))
        {
            at.Faults.Add(at.Place, $"a key of its own for {type.Name}: {key} is taken by {_owners[key]}");
        }
    }

    private static bool Derives(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.Name == nameof(Strategy) && ancestor.ContainingNamespace.ToDisplayString() == typeof(Strategy).Namespace)
            {
                return true;
            }
        }

        return false;
    }
}
