using System.Reflection;

namespace Harrier.Engine.Strategies;

/// <summary>
/// The strategies of some assemblies: every class with a <see cref="StrategyKeyAttribute"/>, found once by reflection. A new strategy
/// needs no entry anywhere.
/// </summary>
public sealed class StrategyCatalog
{
    private readonly StrategyDescriptor[] _strategies;

    /// <summary>Scans assemblies.</summary>
    /// <exception cref="StrategyInputException">A class breaks the rules for strategies, or two have the same key.</exception>
    public StrategyCatalog(params IEnumerable<Assembly> assemblies)
    {
        List<StrategyFault> faults = [];
        List<StrategyDescriptor> found = [];
        foreach (Type type in assemblies.SelectMany(assembly => assembly.GetTypes()))
        {
            if (type.GetCustomAttribute<StrategyKeyAttribute>(inherit: false) is not { } attribute)
            {
                continue;
            }

            try
            {
                found.Add(StrategyDescriptor.Describe(type, attribute));
            }
            catch (StrategyInputException fault)
            {
                faults.AddRange(fault.Faults);
            }
        }

        _strategies = [.. found.OrderBy(strategy => strategy.Key, StringComparer.Ordinal).ThenBy(strategy => strategy.Type.FullName, StringComparer.Ordinal)];
        for (int i = 1; i < _strategies.Length; i++)
        {
            if (_strategies[i].Key == _strategies[i - 1].Key)
            {
                faults.Add(new StrategyFault("strategy class", _strategies[i].Type.Name, $"a key of its own; {_strategies[i].Key} is taken by {_strategies[i - 1].Type.Name}"));
            }
        }

        if (faults.Count > 0)
        {
            throw new StrategyInputException(faults);
        }
    }

    /// <summary>All strategies in the order of their keys.</summary>
    public IReadOnlyList<StrategyDescriptor> Strategies => _strategies;

    /// <summary>The strategy with a key; case does not matter.</summary>
    /// <exception cref="StrategyInputException">There is none: the message names the nearest and lists all.</exception>
    public StrategyDescriptor Find(string key)
    {
        foreach (StrategyDescriptor strategy in _strategies)
        {
            if (strategy.Key.Equals(key, StringComparison.OrdinalIgnoreCase))
            {
                return strategy;
            }
        }

        IEnumerable<string> keys = _strategies.Select(strategy => strategy.Key);
        string meant = NearestName.Find(key, keys) is { } nearest ? $"did you mean {nearest}? " : "";
        throw new StrategyInputException(new StrategyFault("strategy", key, $"{meant}one of {string.Join(", ", keys)}"));
    }

    /// <summary>Makes a strategy from a key and the parameters that differ from their defaults.</summary>
    /// <exception cref="StrategyInputException">The key is unknown, or a parameter is; see <see cref="StrategyDescriptor.Configure"/>.</exception>
    public ConfiguredStrategy Create(string key, IEnumerable<KeyValuePair<string, string>> values) => Find(key).Configure(values);
}
