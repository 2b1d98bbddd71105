namespace Harrier.Cli;

/// <summary>Input that a person can correct; shown as one line and answered with exit code 2.</summary>
/// <param name="field">Option, or file with line and column.</param>
/// <param name="value">What was given.</param>
/// <param name="allowed">What would be accepted.</param>
public sealed class InputException(string field, string value, string allowed) : Exception($"{field}: {value}: {allowed}")
{
    /// <summary>Option, or file with line and column.</summary>
    public string Field { get; } = field;

    /// <summary>What was given.</summary>
    public string Value { get; } = value;

    /// <summary>What would be accepted.</summary>
    public string Allowed { get; } = allowed;
}
