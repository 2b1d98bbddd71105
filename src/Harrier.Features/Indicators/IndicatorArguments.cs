using System.Globalization;

namespace Harrier.Features.Indicators;

/// <summary>The parameters of one catalog text, typed or default, read by position.</summary>
/// <param name="text">The whole text, for error messages.</param>
/// <param name="parameters">What the indicator takes.</param>
/// <param name="given">What was typed: as many or fewer.</param>
internal sealed class IndicatorArguments(string text, IReadOnlyList<IndicatorParameter> parameters, string[] given)
{
    /// <summary>The parameter as a whole number; its range is the kernel's business.</summary>
    public int Whole(int index) =>
        int.TryParse(Text(index), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw Refused(index, "a whole number");

    /// <summary>The parameter as a finite number.</summary>
    public double Number(int index) =>
        double.TryParse(Text(index), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw Refused(index, "a number");

    /// <summary>The position of the parameter among its words.</summary>
    public int Word(int index)
    {
        IReadOnlyList<string> words = parameters[index].Words;
        string typed = Text(index);
        for (int i = 0; i < words.Count; i++)
        {
            if (string.Equals(words[i], typed, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        throw Refused(index, string.Join(" or ", words));
    }

    private string Text(int index) => index < given.Length ? given[index] : parameters[index].Default;

    private IndicatorParameterException Refused(int index, string allowed) =>
        new($"{text}, {parameters[index].Name}", IndicatorCatalog.Shown(Text(index)), allowed);
}
