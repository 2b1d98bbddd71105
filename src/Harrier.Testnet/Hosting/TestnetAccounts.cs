using Harrier.Testnet.Core;

namespace Harrier.Testnet.Hosting;

/// <summary>The account that is there from the start, and what new accounts have.</summary>
public static class TestnetAccounts
{
    /// <summary>Name of the account whose key is in the ready line.</summary>
    public const string DefaultName = "default";

    private const decimal QuoteAmount = 100_000;

    /// <summary>Name, key and secret of an account; one key serves all markets of a venue.</summary>
    public static AccountTerms Terms(long seed, string name) => new()
    {
        Name = name,
        ApiKey = KeyMint.Mint(seed, "binance", name, "key"),
        Secret = KeyMint.Mint(seed, "binance", name, "secret"),
    };

    /// <summary>What a new account has: quote assets, and on spot about as much worth of each base asset.</summary>
    public static IReadOnlyDictionary<string, decimal> Balances(ExchangeCore core)
    {
        ArgumentNullException.ThrowIfNull(core);
        Dictionary<string, decimal> balances = new(StringComparer.Ordinal);
        foreach (ListedInstrument instrument in core.Listings)
        {
            // A coin that others are priced in is no dollar: as much worth of it as of the others.
            balances[instrument.Quote] = core.Kind == MarketKind.Spot && core.Listings.FirstOrDefault(one => one.Base == instrument.Quote && one.LastPrice > 0) is { } priced
                ? RoundDown(QuoteAmount / priced.LastPrice)
                : QuoteAmount;
        }

        foreach (ListedInstrument instrument in core.Listings)
        {
            if (core.Kind == MarketKind.Spot && instrument.LastPrice > 0)
            {
                _ = balances.TryAdd(instrument.Base, RoundDown(QuoteAmount / instrument.LastPrice));
            }
        }

        return balances;
    }

    /// <summary>Opens the account of the ready line.</summary>
    /// <param name="core">Where.</param>
    /// <param name="seed">Seed of the key.</param>
    /// <param name="balances">What it has; null for <see cref="Balances"/>.</param>
    public static ExchangeAccount OpenDefault(ExchangeCore core, long seed, IReadOnlyDictionary<string, decimal>? balances = null)
    {
        ArgumentNullException.ThrowIfNull(core);
        lock (core.Gate)
        {
            return core.OpenAccount(Terms(seed, DefaultName) with { Balances = balances ?? Balances(core) });
        }
    }

    // Amounts that people can read: 1.5, 31, 690, 170000.
    internal static decimal RoundDown(decimal amount)
    {
        decimal unit = 1;
        while (unit * 100 <= amount)
        {
            unit *= 10;
        }

        while (unit > amount && unit > 0.00000001m)
        {
            unit /= 10;
        }

        return Math.Floor(amount / unit) * unit;
    }
}
