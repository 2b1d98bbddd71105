using System.Reflection;
using System.Text.RegularExpressions;

namespace Harrier.Engine.Strategies;

/// <summary>A strategy class as users see it: key, description, parameters.</summary>
public sealed partial class StrategyDescriptor
{
    private readonly ConstructorInfo _constructor;
    private readonly Type? _settings;

    private StrategyDescriptor(Type type, StrategyKeyAttribute attribute, ConstructorInfo constructor)
    {
        Type = type;
        Key = attribute.Key;
        Description = attribute.Description;
        _constructor = constructor;
        _settings = constructor.GetParameters() is [{ } settings] ? settings.ParameterType : null;
        Parameters = _settings is null ? [] : ParametersOf(type, _settings);
    }

    /// <summary>The class.</summary>
    public Type Type { get; }

    /// <summary>The name in upper snake case.</summary>
    public string Key { get; }

    /// <summary>What it does, in one line.</summary>
    public string Description { get; }

    /// <summary>The parameters in the order in which the settings record declares them.</summary>
    public IReadOnlyList<StrategyParameterDescriptor> Parameters { get; }

    /// <summary>Makes a new instance; what is not given keeps its default.</summary>
    /// <param name="values">Names and values as users write them.</param>
    /// <exception cref="StrategyInputException">A name is unknown or given twice, or a value is of another type or out of range.</exception>
    public ConfiguredStrategy Configure(IEnumerable<KeyValuePair<string, string>> values)
    {
        List<StrategyFault> faults = [];
        Dictionary<StrategyParameterDescriptor, object> given = [];
        foreach ((string name, string text) in values)
        {
            StrategyParameterDescriptor? parameter = Parameters.FirstOrDefault(known => known.Name == name);
            if (parameter is null)
            {
                faults.Add(new StrategyFault(name, text, Unknown(name)));
            }
            else if (given.TryGetValue(parameter, out object? earlier))
            {
                faults.Add(new StrategyFault(name, text, $"given once; it already is {StrategyParameterDescriptor.Format(earlier)}"));
            }
            else if (parameter.TryParse(text, out object value))
            {
                given.Add(parameter, value);
            }
            else
            {
                faults.Add(new StrategyFault(name, text, parameter.Allowed));
            }
        }

        if (faults.Count > 0)
        {
            throw new StrategyInputException(faults);
        }

        StrategyArgument[] arguments = [.. Parameters.Select(parameter => new StrategyArgument(parameter, given.GetValueOrDefault(parameter, parameter.Default)))];
        return new ConfiguredStrategy(Create(arguments), this, arguments);
    }

    /// <summary>Makes an instance; a constructor that refuses what the settings say together throws its own exception.</summary>
    internal Strategy Create(IReadOnlyList<StrategyArgument> arguments)
    {
        object?[] parts = [];
        if (_settings is not null)
        {
            object settings = Activator.CreateInstance(_settings)!;
            foreach (StrategyArgument argument in arguments)
            {
                argument.Parameter.Set(settings, argument.Value);
            }

            parts = [settings];
        }

        return (Strategy)_constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, parts, null);
    }

    /// <summary>Describes a class that carries a <see cref="StrategyKeyAttribute"/>.</summary>
    /// <exception cref="StrategyInputException">The class breaks the rules for strategies.</exception>
    internal static StrategyDescriptor Describe(Type type, StrategyKeyAttribute attribute)
    {
        Check(type, KeyForm().IsMatch(attribute.Key), $"a key in upper snake case such as MEAN_REVERSION, not '{attribute.Key}'");
        Check(type, type.IsSubclassOf(typeof(Strategy)) && !type.IsAbstract && !type.ContainsGenericParameters, "a class that derives from Strategy and is neither abstract nor generic");
        ConstructorInfo[] constructors = type.GetConstructors();
        bool isUsable = constructors is [{ } only]
            && (only.GetParameters() is [] || (only.GetParameters() is [{ } settings] && settings.ParameterType.GetConstructor(Type.EmptyTypes) is not null));
        Check(type, isUsable, "one public constructor that takes nothing, or a settings record that can be made without arguments");
        return new StrategyDescriptor(type, attribute, constructors[0]);
    }

    private static StrategyParameterDescriptor[] ParametersOf(Type strategy, Type type)
    {
        object settings = Activator.CreateInstance(type)!;
        List<StrategyParameterDescriptor> parameters = [];
        foreach (PropertyInfo property in type.GetProperties().OrderBy(property => property.MetadataToken))
        {
            if (property.GetCustomAttribute<StrategyParameterAttribute>() is not { } attribute)
            {
                Check(strategy, property.SetMethod is null, $"a [StrategyParameter] on {type.Name}.{property.Name}: without it nobody can set it");
                continue;
            }

            StrategyParameterDescriptor? parameter = StrategyParameterDescriptor.TryDescribe(property, attribute, settings);
            Check(strategy, parameter is not null, $"{type.Name}.{property.Name} as an init property of type int, double, decimal, bool or an enumeration with a default inside Min and Max");
            parameters.Add(parameter!);
        }

        return [.. parameters];
    }

    private static void Check(Type type, bool holds, string allowed)
    {
        if (!holds)
        {
            throw new StrategyInputException(new StrategyFault("strategy class", type.Name, allowed));
        }
    }

    [GeneratedRegex("^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$")]
    private static partial Regex KeyForm();

    private string Unknown(string name)
    {
        if (Parameters.Count == 0)
        {
            return $"{Key} takes no parameters";
        }

        IEnumerable<string> names = Parameters.Select(parameter => parameter.Name);
        string meant = NearestName.Find(name, names) is { } nearest ? $"did you mean {nearest}? " : "";
        return $"{meant}{Key} takes {string.Join(", ", names)}";
    }
}
