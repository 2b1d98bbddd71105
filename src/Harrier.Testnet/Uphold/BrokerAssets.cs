namespace Harrier.Testnet.Uphold;

/// <summary>An asset of the broker.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Precision">Decimals of its amounts.</param>
/// <param name="Type">The venue's word for its kind.</param>
internal sealed record BrokerAsset(string Code, string Name, int Precision, string Type)
{
    private static readonly Dictionary<string, BrokerAsset> _known = new BrokerAsset[]
    {
        new("USD", "US Dollar", 2, "fiat"),
        new("EUR", "Euro", 2, "fiat"),
        new("GBP", "Pound Sterling", 2, "fiat"),
        new("USDT", "Tether", 6, "stablecoin"),
        new("USDC", "USD Coin", 6, "stablecoin"),
        new("BTC", "Bitcoin", 8, "cryptocurrency"),
        new("LTC", "Litecoin", 8, "cryptocurrency"),
        new("DOGE", "Dogecoin", 8, "cryptocurrency"),
        new("XRP", "XRP", 6, "cryptocurrency"),
        new("SOL", "Solana", 9, "cryptocurrency"),
    }.ToDictionary(a => a.Code, StringComparer.Ordinal);

    /// <summary>Whether its price is one dollar. The dollar of the other venues' markets is taken for the dollar itself.</summary>
    public bool IsDollar => Code is "USD" or "USDT" or "USDC";

    /// <summary>The asset of a code; those nobody knows are tokens with 18 decimals, as most are.</summary>
    public static BrokerAsset Of(string code) => _known.TryGetValue(code, out BrokerAsset? known) ? known : new BrokerAsset(code, code, 18, "cryptocurrency");
}
