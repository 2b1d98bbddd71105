using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Harrier.Engine.Strategies;

/// <summary>What kind of value a parameter takes.</summary>
public enum StrategyParameterKind
{
    /// <summary>A whole number of 32 bits.</summary>
    Int,

    /// <summary>A floating-point number.</summary>
    Double,

    /// <summary>An exact decimal number.</summary>
    Decimal,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>One of a few words.</summary>
    Enum,
}

/// <summary>One parameter of a strategy, as users see it.</summary>
public sealed class StrategyParameterDescriptor
{
    private readonly PropertyInfo _property;

    private StrategyParameterDescriptor(PropertyInfo property, StrategyParameterAttribute attribute, StrategyParameterKind kind, object initial)
    {
        _property = property;
        Name = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
        Description = attribute.Description;
        Kind = kind;
        Min = double.IsFinite(attribute.Min) ? attribute.Min : null;
        Max = double.IsFinite(attribute.Max) ? attribute.Max : null;
        Choices = kind == StrategyParameterKind.Enum ? [.. Enum.GetNames(property.PropertyType).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)] : [];
        Default = initial;
    }

    /// <summary>The name in lower snake case.</summary>
    public string Name { get; }

    /// <summary>What it means, in one line.</summary>
    public string Description { get; }

    /// <summary>What kind of value it takes.</summary>
    public StrategyParameterKind Kind { get; }

    /// <summary>The value when none is given; an int, double, decimal, bool or enumeration member.</summary>
    public object Default { get; }

    /// <summary>Smallest value accepted; null when there is no limit.</summary>
    public double? Min { get; }

    /// <summary>Largest value accepted; null when there is no limit.</summary>
    public double? Max { get; }

    /// <summary>The words of an enumeration; empty for other kinds.</summary>
    public IReadOnlyList<string> Choices { get; }

    /// <summary>What is accepted, in words.</summary>
    public string Allowed
    {
        get
        {
            string number = Kind == StrategyParameterKind.Int ? "a whole number" : "a number";
            return (Kind, Min, Max) switch
            {
                (StrategyParameterKind.Bool, _, _) => "true or false",
                (StrategyParameterKind.Enum, _, _) => "one of " + string.Join(", ", Choices),
                (_, { } min, { } max) => FormattableString.Invariant($"{number} from {min} to {max}"),
                (_, { } min, null) => FormattableString.Invariant($"{number}, at least {min}"),
                (_, null, { } max) => FormattableString.Invariant($"{number}, at most {max}"),
                _ => number,
            };
        }
    }

    /// <summary>Reads a value written by a user, in invariant culture.</summary>
    /// <returns>False when the text is of another type or the value is out of range.</returns>
    public bool TryParse(string text, out object value)
    {
        value = Default;
        object? parsed = Kind switch
        {
            StrategyParameterKind.Int => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null,
            StrategyParameterKind.Double => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null,
            StrategyParameterKind.Decimal => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number : null,
            StrategyParameterKind.Bool => bool.TryParse(text, out bool flag) ? flag : null,
            _ => ParseChoice(text),
        };
        if (parsed is null || !IsInRange(parsed))
        {
            return false;
        }

        value = parsed;
        return true;
    }

    /// <summary>Writes a value so that <see cref="TryParse"/> reads the same.</summary>
    public static string Format(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        Enum member => JsonNamingPolicy.SnakeCaseLower.ConvertName(member.ToString()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>Describes a property; null when its type cannot be a parameter or its default is out of its own range.</summary>
    internal static StrategyParameterDescriptor? TryDescribe(PropertyInfo property, StrategyParameterAttribute attribute, object settings)
    {
        Type type = property.PropertyType;
        StrategyParameterKind? kind = type switch
        {
            _ when type == typeof(int) => StrategyParameterKind.Int,
            _ when type == typeof(double) => StrategyParameterKind.Double,
            _ when type == typeof(decimal) => StrategyParameterKind.Decimal,
            _ when type == typeof(bool) => StrategyParameterKind.Bool,
            { IsEnum: true } => StrategyParameterKind.Enum,
            _ => null,
        };
        if (kind is not { } known || property.SetMethod is null || property.GetValue(settings) is not { } initial)
        {
            return null;
        }

        StrategyParameterDescriptor descriptor = new(property, attribute, known, initial);
        return descriptor.IsInRange(initial) ? descriptor : null;
    }

    internal void Set(object settings, object value) => _property.SetValue(settings, value);

    private bool IsInRange(object value)
    {
        if (Kind is StrategyParameterKind.Bool or StrategyParameterKind.Enum)
        {
            return true;
        }

        double number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        return double.IsFinite(number) && !(number < Min) && !(number > Max);
    }

    // Only the words: Enum.Parse would also take numbers and lists.
    private object? ParseChoice(string text)
    {
        for (int i = 0; i < Choices.Count; i++)
        {
            if (Choices[i].Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return Enum.Parse(_property.PropertyType, Enum.GetNames(_property.PropertyType)[i]);
            }
        }

        return null;
    }
}
