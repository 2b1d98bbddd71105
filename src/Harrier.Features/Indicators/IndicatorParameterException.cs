using System.Globalization;
using System.Runtime.CompilerServices;

namespace Harrier.Features.Indicators;

/// <summary>A parameter of an indicator, or the text that names one, is not usable.</summary>
/// <param name="field">Name of the parameter or option.</param>
/// <param name="value">What was given.</param>
/// <param name="allowed">What would be accepted.</param>
public sealed class IndicatorParameterException(string field, string value, string allowed)
    : ArgumentException($"{field}: {value}: {allowed}")
{
    /// <summary>Longest period accepted, as in TA-Lib.</summary>
    public const int MaxPeriod = 100_000;

    /// <summary>Name of the parameter or option.</summary>
    public string Field { get; } = field;

    /// <summary>What was given.</summary>
    public string Value { get; } = value;

    /// <summary>What would be accepted.</summary>
    public string Allowed { get; } = allowed;

    internal static int RequirePeriod(int value, int minimum = 1, [CallerArgumentExpression(nameof(value))] string field = "") =>
        value >= minimum && value <= MaxPeriod
            ? value
            : throw new IndicatorParameterException(
                field,
                value.ToString(CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"a whole number from {minimum} to {MaxPeriod}"));

    internal static double RequirePositive(double value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        value > 0 && double.IsFinite(value)
            ? value
            : throw new IndicatorParameterException(field, value.ToString(CultureInfo.InvariantCulture), "a finite number above 0");
}
