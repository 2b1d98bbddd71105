namespace Harrier.Engine.Strategies;

/// <summary>
/// Makes an init property of a settings record a parameter that users set by its name in lower snake case. The property's type is int,
/// double, decimal, bool or an enumeration; its initial value is the default.
/// </summary>
/// <param name="description">What it means, with its unit, in one line.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class StrategyParameterAttribute(string description) : Attribute
{
    /// <summary>What it means, with its unit, in one line.</summary>
    public string Description { get; } = description;

    /// <summary>Smallest value accepted; numbers only.</summary>
    /// <value>No limit.</value>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>Largest value accepted; numbers only.</summary>
    /// <value>No limit.</value>
    public double Max { get; init; } = double.PositiveInfinity;
}
