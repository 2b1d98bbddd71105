using System.Globalization;

namespace Harrier.Exchanges.Uphold;

/// <summary>A part of a list, as the venue's <c>Range</c> header says it; both ends included.</summary>
/// <param name="First">The first item, from 0.</param>
/// <param name="Last">The last item.</param>
internal readonly record struct ItemRange(int First, int Last)
{
    /// <summary>Most items that one answer has.</summary>
    public const int PageSize = 50;

    public static ItemRange Page(int first) => new(first, first + PageSize - 1);

    /// <summary>How many items there are in all: the 137 of <c>items 0-49/137</c>; null where the header says nothing.</summary>
    public static int? TotalOf(IReadOnlyDictionary<string, string> headers)
    {
        if (!headers.TryGetValue("content-range", out string? text))
        {
            return null;
        }

        int slash = text.LastIndexOf('/');
        return slash >= 0 && int.TryParse(text.AsSpan(slash + 1).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int total) ? total : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"items={First}-{Last}");
}
