namespace Harrier.Features.Indicators;

/// <summary>An entry of the catalog: how an indicator is named, what it takes and what its columns are called.</summary>
public sealed class IndicatorDefinition
{
    private readonly Func<IndicatorArguments, IIndicator> _create;

    internal IndicatorDefinition(string name, IndicatorParameter[] parameters, string[] columns, Func<IndicatorArguments, IIndicator> create)
    {
        Name = name;
        Parameters = parameters;
        ColumnPatterns = columns;
        _create = create;
    }

    /// <summary>Lower case, such as <c>macd</c>.</summary>
    public string Name { get; }

    /// <summary>In the order in which they are typed.</summary>
    public IReadOnlyList<IndicatorParameter> Parameters { get; }

    /// <summary>Column names; <c>*</c> stands for the parameters as typed, each after an underscore.</summary>
    public IReadOnlyList<string> ColumnPatterns { get; }

    /// <summary>True when the result depends on the bars' open times.</summary>
    public bool NeedsTimes { get; internal init; }

    /// <summary>The full form with defaults, such as <c>macd:12:26:9</c>.</summary>
    public string Usage => string.Join(':', Parameters.Select(parameter => parameter.Default).Prepend(Name));

    internal NamedIndicator Create(string text, string[] given)
    {
        if (given.Length > Parameters.Count)
        {
            string allowed = Parameters.Count == 0 ? "no parameters" : $"at most {Parameters.Count}, as in {Usage}";
            throw new IndicatorParameterException(Name, text, allowed);
        }

        try
        {
            IIndicator kernel = _create(new IndicatorArguments(text, Parameters, given));
            string suffix = string.Concat(given.Select(parameter => "_" + parameter));
            string[] columns = [.. ColumnPatterns.Select(pattern => pattern.Replace("*", suffix, StringComparison.Ordinal))];
            return new NamedIndicator(text, kernel, columns, NeedsTimes);
        }
        catch (IndicatorParameterException e) when (!e.Field.StartsWith(text, StringComparison.Ordinal))
        {
            throw new IndicatorParameterException($"{text}, {e.Field}", e.Value, e.Allowed);
        }
    }
}
