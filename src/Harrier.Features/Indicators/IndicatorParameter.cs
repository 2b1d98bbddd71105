using System.Globalization;

namespace Harrier.Features.Indicators;

/// <summary>One parameter of an indicator in the catalog: a name, a default in the form it is typed in, and what it accepts.</summary>
/// <param name="Name">Lower case, as in error messages.</param>
/// <param name="Default">Used when the parameter is left out.</param>
/// <param name="Words">The words accepted; empty for a number.</param>
/// <param name="IsWhole">True for a whole number.</param>
public sealed record IndicatorParameter(string Name, string Default, IReadOnlyList<string> Words, bool IsWhole)
{
    internal static IndicatorParameter Whole(string name, int defaultValue) =>
        new(name, defaultValue.ToString(CultureInfo.InvariantCulture), [], true);

    internal static IndicatorParameter Number(string name, double defaultValue) =>
        new(name, defaultValue.ToString(CultureInfo.InvariantCulture), [], false);

    internal static IndicatorParameter Word(string name, params string[] words) => new(name, words[0], words, false);
}
