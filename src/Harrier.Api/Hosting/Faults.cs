using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Hosting;

/// <summary>What is wrong with a request, all of it, by field.</summary>
internal sealed class Faults
{
    private readonly Dictionary<string, string[]> _faults = new(StringComparer.Ordinal);

    /// <value>True when nothing is wrong.</value>
    public bool IsEmpty => _faults.Count == 0;

    /// <summary>The answer.</summary>
    public ValidationProblem Problem => TypedResults.ValidationProblem(_faults);

    /// <summary>Something is wrong with a field.</summary>
    /// <param name="field">Which.</param>
    /// <param name="value">What stands there; null where nothing does.</param>
    /// <param name="allowed">What may stand there.</param>
    public void Add(string field, string? value, string allowed) => _faults[field] = [$"{Shown.Of(value)}: {allowed}"];

    /// <summary>A whole number in a query.</summary>
    public int Whole(string field, string? text, int least, int most, int otherwise)
    {
        if (text is null)
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most)
        {
            return value;
        }

        Add(field, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));
        return otherwise;
    }
}
