namespace Harrier.Engine.Strategies;

/// <summary>The value of one parameter.</summary>
/// <param name="Parameter">Which.</param>
/// <param name="Value">An int, double, decimal, bool or enumeration member.</param>
public sealed record StrategyArgument(StrategyParameterDescriptor Parameter, object Value)
{
    /// <summary>The value as a user would write it.</summary>
    public string Text => StrategyParameterDescriptor.Format(Value);
}

/// <summary>A new strategy and what it was made from.</summary>
/// <param name="Strategy">The instance; it belongs to one engine.</param>
/// <param name="Descriptor">Its class.</param>
/// <param name="Arguments">All parameters with the values in force, defaults included, in the order of the descriptor.</param>
public sealed record ConfiguredStrategy(Strategy Strategy, StrategyDescriptor Descriptor, IReadOnlyList<StrategyArgument> Arguments)
{
    /// <summary>Makes another instance with the same values, for another engine.</summary>
    public Strategy CreateAnother() => Descriptor.Create(Arguments);
}
