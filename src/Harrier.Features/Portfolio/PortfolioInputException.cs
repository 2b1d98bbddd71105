namespace Harrier.Features.Portfolio;

/// <summary>A setting, pair or figure of the portfolio's mathematics is not usable.</summary>
/// <param name="field">Name of the setting or figure, in snake case as users write it.</param>
/// <param name="value">What was given.</param>
/// <param name="allowed">What would be accepted.</param>
public sealed class PortfolioInputException(string field, string value, string allowed)
    : ArgumentException($"{field}: {value}: {allowed}")
{
    /// <summary>Name of the setting or figure.</summary>
    public string Field { get; } = field;

    /// <summary>What was given.</summary>
    public string Value { get; } = value;

    /// <summary>What would be accepted.</summary>
    public string Allowed { get; } = allowed;
}
