namespace Harrier.Features.Indicators;

/// <summary>
/// Makes kernels from text such as <c>rsi:14</c> or <c>bbands:20:2</c>. Parameters left out at the end take their defaults; column names
/// carry the parameters as typed.
/// </summary>
public static class IndicatorCatalog
{
    private const int FarthestSuggestion = 2;

    private static readonly Dictionary<string, IndicatorDefinition> ByName =
        IndicatorDefinitions.All.ToDictionary(definition => definition.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Every indicator, sorted by name.</summary>
    public static IReadOnlyList<IndicatorDefinition> All { get; } =
        [.. IndicatorDefinitions.All.OrderBy(definition => definition.Name, StringComparer.Ordinal)];

    /// <summary>Makes one kernel.</summary>
    /// <param name="text">A name, then its parameters, each after a colon.</param>
    /// <exception cref="IndicatorParameterException">Unknown name, too many parameters, or one that is not accepted.</exception>
    public static NamedIndicator Parse(string text)
    {
        string[] parts = text.Split(':', StringSplitOptions.TrimEntries);
        return ByName.TryGetValue(parts[0], out IndicatorDefinition? definition)
            ? definition.Create(string.Join(':', parts), parts[1..])
            : throw new IndicatorParameterException("indicator", Shown(parts[0]), Alternatives(parts[0]));
    }

    /// <summary>Makes the kernels of a comma-separated list.</summary>
    /// <exception cref="IndicatorParameterException">As <see cref="Parse"/>; also when the same columns are asked for twice.</exception>
    public static IReadOnlyList<NamedIndicator> ParseSet(string text)
    {
        List<NamedIndicator> set = [];
        HashSet<string> columns = [];
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            NamedIndicator indicator = Parse(part);
            if (!indicator.Columns.All(columns.Add))
            {
                throw new IndicatorParameterException("indicator", part, "each indicator once");
            }

            set.Add(indicator);
        }

        return set;
    }

    /// <summary>Text for an error message; nothing at all is made visible.</summary>
    internal static string Shown(string text) => text.Length == 0 ? "(empty)" : text;

    private static string Alternatives(string name)
    {
        int farthest = Math.Min(FarthestSuggestion, name.Length / 2);
        string? nearest = All.Select(definition => definition.Name)
            .Where(candidate => Distance(name, candidate) <= farthest)
            .MinBy(candidate => Distance(name, candidate));
        string all = string.Join(", ", All.Select(definition => definition.Name));
        return nearest is null ? $"one of {all}" : $"did you mean {nearest}? One of {all}";
    }

    /// <summary>Single-letter edits between two names, ignoring case (Levenshtein, 1966).</summary>
    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 0; i < left.Length; i++)
        {
            int diagonal = row[0]++;
            for (int k = 0; k < right.Length; k++)
            {
                bool same = char.ToUpperInvariant(left[i]) == char.ToUpperInvariant(right[k]);
                int replaced = diagonal + (same ? 0 : 1);
                diagonal = row[k + 1];
                row[k + 1] = Math.Min(replaced, 1 + Math.Min(row[k], row[k + 1]));
            }
        }

        return row[^1];
    }
}
