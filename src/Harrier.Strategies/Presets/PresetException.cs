namespace Harrier.Strategies.Presets;

/// <summary>Something in a preset is not allowed.</summary>
/// <param name="field">The file and the key with those around it: <c>scalping.json, risk.risk_per_trade</c>.</param>
/// <param name="value">What is there.</param>
/// <param name="allowed">What would be accepted.</param>
public sealed class PresetException(string field, string value, string allowed) : Exception($"{field}: {value}: {allowed}")
{
    /// <summary>The key with those around it.</summary>
    public string Field { get; } = field;

    /// <summary>What is there.</summary>
    public string Value { get; } = value;

    /// <summary>What would be accepted.</summary>
    public string Allowed { get; } = allowed;
}
