using Harrier.Domain;
using Harrier.Exchanges.Bybit.Wire;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Bybit.Mapping;

/// <summary>Balances, positions, fees, permissions and funding in our words, from REST and from the private stream alike. Pure.</summary>
internal static class AccountMapping
{
    private const int DaysWithoutAddress = 90;

    public static IReadOnlyList<AssetBalance> Of(WalletMessage message) => [.. message.Coin.Select(Balance)];

    public static VenuePosition Of(PositionMessage message)
    {
        decimal signed = message.Side switch
        {
            "Buy" => message.Size,
            "Sell" => -message.Size,
            _ => 0,
        };
        decimal? value = BybitWords.Price(message.PositionValue);
        return new VenuePosition
        {
            Symbol = message.Symbol,
            Side = BybitWords.PositionSideOf(message.PositionIdx),
            Quantity = signed,
            EntryPrice = message.AvgPrice ?? message.EntryPrice ?? 0,
            MarkPrice = BybitWords.Price(message.MarkPrice),
            LiquidationPrice = BybitWords.Price(message.LiqPrice),
            UnrealizedPnl = message.UnrealisedPnl,
            Notional = signed < 0 ? -value : value,
            Leverage = message.Leverage is > 0 and decimal leverage ? (int)leverage : null,
            IsIsolated = message.TradeMode is { } margin ? margin == 1 : null,
            Updated = BybitWords.Instant(message.UpdatedTime),
        };
    }

    public static FeeRates Of(FeeRateMessage message) => new(message.Symbol, message.MakerFeeRate, message.TakerFeeRate);

    public static KeyPermissions Of(BybitMarket market, KeyMessage message)
    {
        bool Holds(string of, string right) => message.Permissions.TryGetValue(of, out List<string>? rights) && rights.Contains(right);
        bool mayTrade = market == BybitMarket.Spot ? Holds("Spot", "SpotTrade") : Holds("ContractTrade", "Order") || Holds("Derivatives", "DerivativesTrade");
        bool isRestricted = message.Ips is { Count: > 0 } addresses && !addresses.Contains("*");
        return new KeyPermissions(mayTrade && message.ReadOnly is not 1, Holds("Wallet", "Withdraw"), isRestricted)
        {
            CanTransfer = Holds("Wallet", "AccountTransfer") || Holds("Wallet", "SubMemberTransfer"),
            EndsIn = message.DeadlineDay is >= 0 and <= DaysWithoutAddress and int days ? TimeSpan.FromDays(days) : null,
        };
    }

    public static FundingTerms Of(ContractTickerMessage message) => new(
        message.Symbol,
        message.MarkPrice,
        BybitWords.Price(message.IndexPrice),
        message.FundingRate,
        BybitWords.Instant(message.NextFundingTime) ?? default);

    public static FundingRate Of(FundingRateMessage message) =>
        new(message.Symbol, BybitWords.Instant(message.FundingRateTimestamp) ?? throw new ArgumentException("a payment without a time"), message.FundingRate, null);

    // What was borrowed to trade is in the balance and has to be given back; orders and positions of contracts hold back margin besides what spot orders lock.
    private static AssetBalance Balance(CoinMessage coin)
    {
        decimal total = coin.WalletBalance;
        decimal held = (coin.Locked ?? 0) + (coin.TotalOrderIM ?? 0) + (coin.TotalPositionIM ?? 0);
        decimal free = Math.Max(0, total - held - (coin.SpotBorrow ?? 0));
        return new AssetBalance(new Asset(coin.Coin), free, held, total);
    }
}
