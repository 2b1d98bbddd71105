namespace Harrier.Domain;

/// <summary>Reads the ways in which people and venues write a symbol: BTCUSDT, BTC/USDT, BTC-USDT.</summary>
public static class SymbolText
{
    // Longest first, so that BTCFDUSD is BTC and FDUSD and not BTCFD and USD.
    private static readonly string[] QuoteAssets =
        ["FDUSD", "USDT", "USDC", "BUSD", "TUSD", "BTC", "ETH", "BNB", "EUR", "GBP", "TRY", "BRL", "JPY", "DAI", "USD"];

    /// <summary>Splits a symbol into base and quote asset.</summary>
    /// <returns>False when there is no separator and no known quote asset at the end.</returns>
    public static bool TryParse(string text, out Asset baseAsset, out Asset quoteAsset)
    {
        baseAsset = default;
        quoteAsset = default;
        string upper = (text ?? "").Trim().ToUpperInvariant();
        int separator = upper.IndexOfAny(['/', '-', '_']);
        if (separator > 0 && separator < upper.Length - 1)
        {
            return TrySplit(upper[..separator], upper[(separator + 1)..], out baseAsset, out quoteAsset);
        }

        foreach (string quote in QuoteAssets)
        {
            if (upper.Length > quote.Length && upper.EndsWith(quote, StringComparison.Ordinal))
            {
                return TrySplit(upper[..^quote.Length], quote, out baseAsset, out quoteAsset);
            }
        }

        return false;
    }

    private static bool TrySplit(string left, string right, out Asset baseAsset, out Asset quoteAsset)
    {
        bool valid = left.All(char.IsAsciiLetterOrDigit) && right.All(char.IsAsciiLetterOrDigit);
        baseAsset = valid ? new Asset(left) : default;
        quoteAsset = valid ? new Asset(right) : default;
        return valid;
    }
}
