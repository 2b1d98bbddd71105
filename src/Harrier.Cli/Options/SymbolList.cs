namespace Harrier.Cli.Options;

/// <summary>Reads symbols as people write them: BTCUSDT, BTC/USDT, BTC-USDT, with commas between.</summary>
internal static class SymbolList
{
    /// <summary>Reads them as the venues write most of theirs: without a separator, in upper case.</summary>
    /// <param name="option">Where they were given.</param>
    /// <param name="texts">One or more texts.</param>
    /// <param name="most">The most symbols.</param>
    /// <returns>Each symbol once, in the order given.</returns>
    /// <exception cref="InputException">There is none, there are too many, or one cannot be a symbol.</exception>
    public static IReadOnlyList<string> Read(string option, IReadOnlyList<string> texts, int most)
    {
        string field = option.TrimStart('-');
        string[] parts = [.. texts.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        if (parts.Length == 0 || parts.Length > most)
        {
            throw new InputException(field, parts.Length == 0 ? "none given" : $"{parts.Length} symbols", $"1 to {most} symbols such as BTCUSDT, BTC/USDT or BTC-USDT");
        }

        List<string> symbols = [];
        foreach (string part in parts)
        {
            string symbol = part.Replace("/", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
            if (symbol.Length == 0 || symbol.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter is '@' or '"' or '\\'))
            {
                throw new InputException(field, part, "symbols such as BTCUSDT, BTC/USDT or BTC-USDT");
            }

            if (!symbols.Contains(symbol, StringComparer.Ordinal))
            {
                symbols.Add(symbol);
            }
        }

        return symbols;
    }
}
