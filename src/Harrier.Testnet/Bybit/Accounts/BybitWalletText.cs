using System.Text.Json;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Bybit.Accounts;

/// <summary>
/// The unified wallet: one balance of each coin for spot and contracts. Contracts settle in their quote coin, and that coin alone is their margin; other
/// coins are no collateral, which the answers say. Values in USD are at the last prices of the exchange, with USDT and USDC at 1.
/// </summary>
/// <param name="markets">Spot and linear.</param>
internal sealed class BybitWalletText(BybitMarkets markets)
{
    /// <summary>Writes an account with its coins.</summary>
    /// <param name="json">Where.</param>
    /// <param name="name">Whose.</param>
    /// <param name="wanted">Of these coins only; null for all it has.</param>
    public void Write(Utf8JsonWriter json, string name, IReadOnlyCollection<string>? wanted)
    {
        List<Coin> coins = [.. Coins(name)];
        decimal wallet = coins.Sum(c => c.Wallet * c.Price);
        decimal profit = coins.Sum(c => c.Margin.Unrealized * c.Price);
        decimal initial = coins.Sum(c => (c.Margin.PositionMargin + c.Margin.OrderMargin) * c.Price);
        decimal maintenance = coins.Sum(c => c.Margin.Maintenance * c.Price);
        decimal margin = coins.Where(c => c.IsSettling).Sum(c => (c.Wallet + c.Margin.Unrealized) * c.Price);
        json.WriteStartObject();
        json.WriteString("accountType"u8, "UNIFIED");
        Money(json, "totalEquity"u8, wallet + profit);
        Money(json, "totalWalletBalance"u8, wallet);
        Money(json, "totalMarginBalance"u8, margin);
        Money(json, "totalAvailableBalance"u8, coins.Where(c => c.IsSettling).Sum(c => c.Margin.Available * c.Price));
        Money(json, "totalPerpUPL"u8, profit);
        Money(json, "totalInitialMargin"u8, initial);
        Money(json, "totalMaintenanceMargin"u8, maintenance);
        json.WritePlain("accountIMRate"u8, margin > 0 ? decimal.Round(initial / margin, 4) : 0);
        json.WritePlain("accountMMRate"u8, margin > 0 ? decimal.Round(maintenance / margin, 4) : 0);
        json.WriteString("accountLTV"u8, "0");
        json.WriteStartArray("coin"u8);
        foreach (Coin coin in coins.Where(c => wanted is null || wanted.Contains(c.Name)))
        {
            Write(json, coin);
        }

        foreach (string absent in (wanted ?? []).Where(w => coins.All(c => c.Name != w)))
        {
            Write(json, new Coin(absent, 0, 0, default, 1, false, 0));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Coin coin)
    {
        json.WriteStartObject();
        json.WriteString("coin"u8, coin.Name);
        Money(json, "equity"u8, coin.Wallet + coin.Margin.Unrealized);
        Money(json, "usdValue"u8, (coin.Wallet + coin.Margin.Unrealized) * coin.Price);
        Money(json, "walletBalance"u8, coin.Wallet);
        Money(json, "locked"u8, coin.Locked);
        json.WriteString("spotHedgingQty"u8, "0");
        json.WriteString("borrowAmount"u8, "0");
        json.WriteString("spotBorrow"u8, "0");
        json.WriteString("accruedInterest"u8, "0");
        json.WriteString("availableToWithdraw"u8, "");
        json.WriteString("availableToBorrow"u8, "");
        json.WriteString("free"u8, "");
        Money(json, "totalOrderIM"u8, coin.Margin.OrderMargin);
        Money(json, "totalPositionIM"u8, coin.Margin.PositionMargin);
        Money(json, "totalPositionMM"u8, coin.Margin.Maintenance);
        Money(json, "unrealisedPnl"u8, coin.Margin.Unrealized);
        Money(json, "cumRealisedPnl"u8, coin.Realized);
        json.WriteString("bonus"u8, "0");
        json.WriteBoolean("marginCollateral"u8, coin.IsSettling);
        json.WriteBoolean("collateralSwitch"u8, coin.IsSettling);
        json.WriteEndObject();
    }

    private static void Money(Utf8JsonWriter json, ReadOnlySpan<byte> name, decimal amount) => json.WritePlain(name, decimal.Round(amount, InstrumentNumbers.MoneyDigits));

    private IEnumerable<Coin> Coins(string name)
    {
        if (markets.Spot.Core.ByName(name) is not { } spot || markets.Linear.Core.ByName(name) is not { } linear)
        {
            yield break;
        }

        foreach (AssetBalance balance in spot.Balances)
        {
            bool isSettling = markets.Linear.Core.Listings.Any(l => l.Quote == balance.Asset);
            yield return new Coin(
                balance.Asset,
                balance.Free + balance.Locked,
                balance.Locked,
                linear.Margin(balance.Asset),
                PriceOf(balance.Asset),
                isSettling,
                linear.Positions.Where(p => p.Instrument.Quote == balance.Asset).Sum(p => p.RealizedPnl));
        }
    }

    private decimal PriceOf(string coin) => coin is "USDT" or "USDC" or "USD" ? 1
        : markets.Spot.Core.Listings.FirstOrDefault(l => l.Base == coin && l.Quote is "USDT" or "USDC" or "USD")?.LastPrice ?? 0;

    private readonly record struct Coin(string Name, decimal Wallet, decimal Locked, MarginSummary Margin, decimal Price, bool IsSettling, decimal Realized);
}
