using Harrier.Domain;
using Harrier.Exchanges.Binance.Wire;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Binance.Mapping;

/// <summary>Balances, positions, fees, permissions and funding of REST answers in our words. Pure.</summary>
internal static class AccountMapping
{
    public static AccountSnapshot Of(SpotAccountMessage message) => new(
        [.. message.Balances.Where(b => b.Free + b.Locked != 0).Select(b => new AssetBalance(new Asset(b.Asset), b.Free, b.Locked, b.Free + b.Locked))],
        message.CanTrade,
        IsHedgeMode: false,
        BinanceWords.Instant(message.UpdateTime));

    public static AccountSnapshot Of(LinearAccountMessage message, AccountConfigMessage config) => new(
        [.. message.Assets.Where(a => a.WalletBalance != 0).Select(Balance)],
        config.CanTrade,
        config.DualSidePosition,
        BinanceWords.Instant(message.Assets.Max(a => a.UpdateTime)));

    /// <summary>Positions that are not flat; leverage and kind of margin come from another call since version 3.</summary>
    public static IReadOnlyList<VenuePosition> Of(IEnumerable<PositionMessage> positions, IEnumerable<SymbolConfigMessage> configs)
    {
        Dictionary<string, SymbolConfigMessage> bySymbol = [];
        foreach (SymbolConfigMessage config in configs)
        {
            bySymbol[config.Symbol] = config;
        }

        return [.. positions.Where(p => p.PositionAmt != 0).Select(p => Of(p, bySymbol.GetValueOrDefault(p.Symbol)))];
    }

    public static VenuePosition Of(PositionMessage message, SymbolConfigMessage? config)
    {
        string? margin = config?.MarginType ?? message.MarginType;
        return new VenuePosition
        {
            Symbol = message.Symbol,
            Side = BinanceWords.PositionSideOf(message.PositionSide),
            Quantity = message.PositionAmt,
            EntryPrice = message.EntryPrice,
            MarkPrice = BinanceWords.Price(message.MarkPrice),
            LiquidationPrice = BinanceWords.Price(message.LiquidationPrice),
            UnrealizedPnl = message.UnRealizedProfit,
            Notional = message.Notional,
            Leverage = config?.Leverage ?? (message.Leverage is decimal leverage ? (int)leverage : null),
            IsIsolated = margin is null ? null : string.Equals(margin, "ISOLATED", StringComparison.OrdinalIgnoreCase),
            Updated = BinanceWords.Instant(message.UpdateTime),
        };
    }

    public static FeeRates Of(SpotCommissionMessage message)
    {
        decimal Sum(Func<CommissionPartMessage, decimal> pick) =>
            new[] { message.StandardCommission, message.SpecialCommission, message.TaxCommission }.Sum(p => p is null ? 0 : pick(p));

        // The side's part differs between buying and selling only where a tax does; the larger is what an order may cost.
        decimal side = Math.Max(Sum(p => p.Buyer), Sum(p => p.Seller));
        DiscountMessage? discount = message.Discount is { EnabledForAccount: true, EnabledForSymbol: true } ? message.Discount : null;
        return new FeeRates(message.Symbol, Sum(p => p.Maker) + side, Sum(p => p.Taker) + side)
        {
            DiscountAsset = BinanceWords.AssetOf(discount?.DiscountAsset),
            DiscountFactor = discount?.Discount ?? 1,
        };
    }

    public static FeeRates Of(LinearCommissionMessage message) => new(message.Symbol, message.MakerCommissionRate, message.TakerCommissionRate);

    public static KeyPermissions Of(BinanceMarket market, ApiRestrictionsMessage message) =>
        new(market == BinanceMarket.Spot ? message.EnableSpotAndMarginTrading : message.EnableFutures, message.EnableWithdrawals, message.IpRestrict)
        {
            CanRead = message.EnableReading,
            CanTransfer = message.EnableInternalTransfer,
        };

    public static FundingTerms Of(PremiumIndexMessage message) => new(
        message.Symbol,
        message.MarkPrice,
        BinanceWords.Price(message.IndexPrice),
        message.LastFundingRate,
        Timestamp.FromUnixMilliseconds(message.NextFundingTime))
    {
        Time = BinanceWords.Instant(message.Time),
    };

    public static FundingPayment Of(IncomeMessage message) =>
        new(message.Symbol, message.TranId, new Money(message.Income, new Asset(message.Asset)), Timestamp.FromUnixMilliseconds(message.Time));

    public static FundingRate Of(FundingRateMessage message) =>
        new(message.Symbol, Timestamp.FromUnixMilliseconds(message.FundingTime), message.FundingRate, BinanceWords.Price(message.MarkPrice));

    private static AssetBalance Balance(LinearAssetMessage asset)
    {
        decimal free = asset.AvailableBalance ?? asset.WalletBalance;
        return new AssetBalance(new Asset(asset.Asset), free, Math.Max(0, asset.WalletBalance - free), asset.WalletBalance);
    }
}
