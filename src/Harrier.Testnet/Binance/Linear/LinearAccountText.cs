using System.Text.Json;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Binance.Linear;

/// <summary>Balances and positions as REST answers them.</summary>
/// <param name="core">The exchange.</param>
/// <param name="income">When wallets changed.</param>
internal sealed class LinearAccountText(ExchangeCore core, LinearIncome income)
{
    /// <summary>Largest position that one contract takes; the margin tiers end there.</summary>
    public const decimal MaxNotional = 1_000_000_000m;

    /// <summary>Assets that an account can hold as margin, in the order of the listings.</summary>
    public IEnumerable<string> AssetsOf(ExchangeAccount account) =>
        core.Listings.Select(l => l.Quote).Concat(account.Balances.Select(b => b.Asset)).Distinct(StringComparer.Ordinal);

    /// <summary>Positions that the third version of the endpoints lists: those held, and those with open orders.</summary>
    public IEnumerable<ExchangePosition> Active(ExchangeAccount account)
    {
        HashSet<ListedInstrument> ordered = [.. core.OpenOrders(account).Select(o => o.Instrument)];
        return core.Listings.Select(account.Position).Where(p => p.Quantity != 0 || ordered.Contains(p.Instrument));
    }

    /// <summary>One asset as the balance endpoints list it.</summary>
    public void WriteBalance(Utf8JsonWriter json, ExchangeAccount account, string asset)
    {
        MarginSummary margin = account.Margin(asset);
        json.WriteStartObject();
        json.WriteString("accountAlias"u8, "SgsR");
        json.WriteString("asset"u8, asset);
        json.WriteMoney("balance"u8, margin.Wallet);
        json.WriteMoney("crossWalletBalance"u8, margin.CrossWallet);
        json.WriteMoney("crossUnPnl"u8, margin.CrossEquity - margin.CrossWallet);
        json.WriteMoney("availableBalance"u8, margin.Available);
        json.WriteMoney("maxWithdrawAmount"u8, Math.Min(margin.Available, margin.Wallet));
        json.WriteBoolean("marginAvailable"u8, true);
        json.WriteNumber("updateTime"u8, income.UpdatedMilliseconds(account, asset));
        json.WriteEndObject();
    }

    /// <summary>One asset as the account endpoints list it.</summary>
    public void WriteAsset(Utf8JsonWriter json, ExchangeAccount account, string asset)
    {
        MarginSummary margin = account.Margin(asset);
        json.WriteStartObject();
        json.WriteString("asset"u8, asset);
        json.WriteMoney("walletBalance"u8, margin.Wallet);
        json.WriteMoney("unrealizedProfit"u8, margin.Unrealized);
        json.WriteMoney("marginBalance"u8, margin.Wallet + margin.Unrealized);
        json.WriteMoney("maintMargin"u8, margin.Maintenance);
        json.WriteMoney("initialMargin"u8, margin.PositionMargin + margin.OrderMargin);
        json.WriteMoney("positionInitialMargin"u8, margin.PositionMargin);
        json.WriteMoney("openOrderInitialMargin"u8, margin.OrderMargin);
        json.WriteMoney("crossWalletBalance"u8, margin.CrossWallet);
        json.WriteMoney("crossUnPnl"u8, margin.CrossEquity - margin.CrossWallet);
        json.WriteMoney("availableBalance"u8, margin.Available);
        json.WriteMoney("maxWithdrawAmount"u8, Math.Min(margin.Available, margin.Wallet));
        json.WriteBoolean("marginAvailable"u8, true);
        json.WriteNumber("updateTime"u8, income.UpdatedMilliseconds(account, asset));
        json.WriteEndObject();
    }

    /// <summary>Sums over the dollar-like assets, which count one for one here.</summary>
    public void WriteTotals(Utf8JsonWriter json, ExchangeAccount account)
    {
        List<MarginSummary> all = [.. AssetsOf(account).Select(account.Margin)];
        decimal wallet = all.Sum(m => m.Wallet);
        decimal unrealized = all.Sum(m => m.Unrealized);
        json.WriteMoney("totalInitialMargin"u8, all.Sum(m => m.PositionMargin + m.OrderMargin));
        json.WriteMoney("totalMaintMargin"u8, all.Sum(m => m.Maintenance));
        json.WriteMoney("totalWalletBalance"u8, wallet);
        json.WriteMoney("totalUnrealizedProfit"u8, unrealized);
        json.WriteMoney("totalMarginBalance"u8, wallet + unrealized);
        json.WriteMoney("totalPositionInitialMargin"u8, all.Sum(m => m.PositionMargin));
        json.WriteMoney("totalOpenOrderInitialMargin"u8, all.Sum(m => m.OrderMargin));
        json.WriteMoney("totalCrossWalletBalance"u8, all.Sum(m => m.CrossWallet));
        json.WriteMoney("totalCrossUnPnl"u8, all.Sum(m => m.CrossEquity - m.CrossWallet));
        json.WriteMoney("availableBalance"u8, all.Sum(m => m.Available));
        json.WriteMoney("maxWithdrawAmount"u8, all.Sum(m => Math.Min(m.Available, m.Wallet)));
    }

    /// <summary>A position as the account endpoint lists it.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="position">The position.</param>
    /// <param name="version">2 tells leverage and entry price, 3 does not.</param>
    public static void WriteAccountPosition(Utf8JsonWriter json, ExchangePosition position, int version)
    {
        json.WriteStartObject();
        json.WriteString("symbol"u8, position.Instrument.Symbol);
        json.WriteString("positionSide"u8, "BOTH");
        json.WriteQuantity("positionAmt"u8, position.Instrument, position.Quantity);
        json.WriteMoney("unrealizedProfit"u8, position.UnrealizedPnl);
        json.WriteMoney("isolatedMargin"u8, IsolatedMargin(position));
        json.WriteMoney("notional"u8, position.Notional);
        json.WriteMoney("isolatedWallet"u8, position.IsolatedMargin);
        json.WriteMoney("initialMargin"u8, position.InitialMargin);
        json.WriteMoney("maintMargin"u8, position.MaintenanceMargin);
        if (version == 2)
        {
            json.WritePlain("entryPrice"u8, decimal.Round(position.EntryPrice, InstrumentNumbers.MoneyDigits));
            json.WriteNumberText("leverage"u8, position.Leverage);
            json.WriteBoolean("isolated"u8, position.Isolated);
            json.WritePlain("maxNotional"u8, MaxNotional);
            json.WriteMoney("positionInitialMargin"u8, position.InitialMargin);
            json.WriteMoney("openOrderInitialMargin"u8, MarginRules.OrderMargin(position));
        }

        json.WriteNumber("updateTime"u8, position.Updated.UnixMilliseconds);
        json.WriteEndObject();
    }

    /// <summary>A position as the risk endpoint lists it.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="position">The position.</param>
    /// <param name="version">2 tells leverage and margin type, 3 the margins.</param>
    public static void WriteRisk(Utf8JsonWriter json, ExchangePosition position, int version)
    {
        json.WriteStartObject();
        json.WriteString("symbol"u8, position.Instrument.Symbol);
        json.WriteString("positionSide"u8, "BOTH");
        json.WriteQuantity("positionAmt"u8, position.Instrument, position.Quantity);
        json.WritePlain("entryPrice"u8, decimal.Round(position.EntryPrice, InstrumentNumbers.MoneyDigits));
        json.WritePlain("breakEvenPrice"u8, decimal.Round(BreakEven(position), InstrumentNumbers.MoneyDigits));
        json.WriteMoney("markPrice"u8, position.Instrument.MarkPrice);
        json.WriteMoney("unRealizedProfit"u8, position.UnrealizedPnl);
        json.WritePlain("liquidationPrice"u8, decimal.Round(position.LiquidationPrice, InstrumentNumbers.MoneyDigits));
        json.WriteMoney("isolatedMargin"u8, IsolatedMargin(position));
        json.WriteMoney("notional"u8, position.Notional);
        json.WriteMoney("isolatedWallet"u8, position.IsolatedMargin);
        if (version == 2)
        {
            json.WriteNumberText("leverage"u8, position.Leverage);
            json.WritePlain("maxNotionalValue"u8, MaxNotional);
            json.WriteString("marginType"u8, position.Isolated ? "isolated" : "cross");
            json.WriteString("isAutoAddMargin"u8, "false");
        }
        else
        {
            json.WriteString("marginAsset"u8, position.Instrument.Quote);
            json.WriteMoney("initialMargin"u8, position.InitialMargin + MarginRules.OrderMargin(position));
            json.WriteMoney("maintMargin"u8, position.MaintenanceMargin);
            json.WriteMoney("positionInitialMargin"u8, position.InitialMargin);
            json.WriteMoney("openOrderInitialMargin"u8, MarginRules.OrderMargin(position));
            json.WriteNumber("adl"u8, position.Quantity == 0 ? 0 : 1);
        }

        json.WriteNumber("updateTime"u8, position.Updated.UnixMilliseconds);
        json.WriteEndObject();
    }

    /// <summary>Price at which closing would bring back the entry's cost with the taker fee of both ways; 0 without position.</summary>
    public static decimal BreakEven(ExchangePosition position)
    {
        decimal fees = 2 * position.Account.TakerFee;
        return position.EntryPrice * (position.Quantity > 0 ? 1 + fees : 1 - fees);
    }

    private static decimal IsolatedMargin(ExchangePosition position) => position.Isolated ? position.IsolatedMargin + position.UnrealizedPnl : 0;
}
