using Harrier.Domain;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Binance.Mapping;

/// <summary>The venue's words and ours. A word that is not known is null or Unknown, never a guess; the caller keeps it raw.</summary>
internal static class BinanceWords
{
    public static string Of(OrderSide side) => side == OrderSide.Buy ? "BUY" : "SELL";

    public static string Of(TimeInForce time) => time switch
    {
        TimeInForce.ImmediateOrCancel => "IOC",
        TimeInForce.FillOrKill => "FOK",
        _ => "GTC",
    };

    public static string Of(PositionSide side) => side switch
    {
        PositionSide.Long => "LONG",
        PositionSide.Short => "SHORT",
        _ => "BOTH",
    };

    public static OrderSide? Side(string? word) => word switch
    {
        "BUY" => OrderSide.Buy,
        "SELL" => OrderSide.Sell,
        _ => null,
    };

    public static PositionSide PositionSideOf(string? word) => word switch
    {
        "LONG" => PositionSide.Long,
        "SHORT" => PositionSide.Short,
        _ => PositionSide.Both,
    };

    /// <summary>GTX is good till canceled and post-only; GTD and the like are not among our words.</summary>
    public static TimeInForce? Time(string? word) => word switch
    {
        "GTC" or "GTX" => TimeInForce.GoodTilCanceled,
        "IOC" => TimeInForce.ImmediateOrCancel,
        "FOK" => TimeInForce.FillOrKill,
        _ => null,
    };

    public static OrderType? SpotType(string? word, bool trails) => word switch
    {
        "MARKET" => OrderType.Market,
        "LIMIT" or "LIMIT_MAKER" => OrderType.Limit,
        "STOP_LOSS" or "STOP_LOSS_LIMIT" or "TAKE_PROFIT" or "TAKE_PROFIT_LIMIT" when trails => OrderType.TrailingStop,
        "STOP_LOSS" => OrderType.Stop,
        "STOP_LOSS_LIMIT" => OrderType.StopLimit,
        "TAKE_PROFIT" or "TAKE_PROFIT_LIMIT" => OrderType.TakeProfit,
        _ => null,
    };

    public static OrderType? LinearType(string? word) => word switch
    {
        "MARKET" or "LIQUIDATION" => OrderType.Market,
        "LIMIT" => OrderType.Limit,
        "STOP_MARKET" => OrderType.Stop,
        "STOP" => OrderType.StopLimit,
        "TAKE_PROFIT" or "TAKE_PROFIT_MARKET" => OrderType.TakeProfit,
        "TRAILING_STOP_MARKET" => OrderType.TrailingStop,
        _ => null,
    };

    /// <summary>Orders made by the venue are at work while their status says so: NEW_INSURANCE, NEW_ADL.</summary>
    public static VenueOrderStatus Status(string? word) => word switch
    {
        "NEW" or "NEW_INSURANCE" or "NEW_ADL" or "PENDING_CANCEL" => VenueOrderStatus.Open,
        "PENDING_NEW" => VenueOrderStatus.Waiting,
        "PARTIALLY_FILLED" => VenueOrderStatus.PartiallyFilled,
        "FILLED" => VenueOrderStatus.Filled,
        "CANCELED" => VenueOrderStatus.Canceled,
        "REJECTED" => VenueOrderStatus.Rejected,
        "EXPIRED" or "EXPIRED_IN_MATCH" => VenueOrderStatus.Expired,
        _ => VenueOrderStatus.Unknown,
    };

    /// <summary>FINISHED says that the order it made is over, filled or canceled: only that order tells which.</summary>
    public static VenueOrderStatus AlgoStatus(string? word) => word switch
    {
        "NEW" => VenueOrderStatus.Waiting,
        "TRIGGERING" or "TRIGGERED" or "FINISHED" => VenueOrderStatus.Triggered,
        "CANCELED" => VenueOrderStatus.Canceled,
        "REJECTED" => VenueOrderStatus.Rejected,
        "EXPIRED" => VenueOrderStatus.Expired,
        _ => VenueOrderStatus.Unknown,
    };

    public static Timestamp? Instant(long? milliseconds) => milliseconds is > 0 ? Timestamp.FromUnixMilliseconds(milliseconds.Value) : null;

    /// <summary>The venue writes 0 where there is no price.</summary>
    public static decimal? Price(decimal? price) => price is null or 0 ? null : price;

    public static Asset? AssetOf(string? code) => string.IsNullOrWhiteSpace(code) ? null : new Asset(code);
}
