using System.Globalization;
using Harrier.Domain;

namespace Harrier.Hosting.Portfolio;

/// <summary>What a bot never gives of its assets, as people write it: <c>USD:100,BTC:0.5</c>. Two of the same text are equal.</summary>
public sealed record PortfolioReserves
{
    private const string NoneText = "none";

    private readonly string _text;

    private PortfolioReserves(SortedDictionary<string, decimal> amounts)
    {
        Amounts = amounts.ToDictionary(static pair => new Asset(pair.Key), static pair => pair.Value);
        _text = amounts.Count == 0 ? NoneText : string.Join(',', amounts.Select(static pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}:{pair.Value}")));
    }

    /// <summary>No reserves.</summary>
    public static PortfolioReserves None { get; } = new([]);

    /// <summary>Units of each asset.</summary>
    public IReadOnlyDictionary<Asset, decimal> Amounts { get; }

    /// <summary>Reads them.</summary>
    /// <returns>Null where the text is none.</returns>
    public static PortfolioReserves? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        SortedDictionary<string, decimal> amounts = new(StringComparer.Ordinal);
        foreach (string part in text == NoneText ? [] : text.Split(','))
        {
            string[] sides = part.Split(':');
            bool isNumber = decimal.TryParse(sides[^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount);
            bool isOne = isNumber && sides.Length == 2 && sides[0].Length is > 0 and <= 20 && sides[0].All(char.IsAsciiLetterOrDigit);
            if (!isOne || !amounts.TryAdd(sides[0].ToUpperInvariant(), amount))
            {
                return null;
            }
        }

        return new PortfolioReserves(amounts);
    }

    /// <inheritdoc/>
    public bool Equals(PortfolioReserves? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_text);

    /// <inheritdoc/>
    public override string ToString() => _text;
}
