namespace Harrier.Engine.Strategies;

/// <summary>Names a strategy class for users; the <see cref="StrategyCatalog"/> finds it by this attribute.</summary>
/// <param name="key">Stable name in upper snake case: <c>MEAN_REVERSION</c>.</param>
/// <param name="description">What it does, in one line.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class StrategyKeyAttribute(string key, string description) : Attribute
{
    /// <summary>Stable name in upper snake case.</summary>
    public string Key { get; } = key;

    /// <summary>What it does, in one line.</summary>
    public string Description { get; } = description;
}
