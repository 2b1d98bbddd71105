using System.Globalization;
using Harrier.Domain;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Bybit.Mapping;

/// <summary>The venue's words and ours. A word that is not known is null or Unknown, never a guess; the caller keeps it raw.</summary>
internal static class BybitWords
{
    private const string PostOnlyRefused = "EC_PostOnlyWillTakeLiquidity";

    public static string Of(OrderSide side) => side == OrderSide.Buy ? "Buy" : "Sell";

    public static OrderSide? Side(string? word) => word switch
    {
        "Buy" => OrderSide.Buy,
        "Sell" => OrderSide.Sell,
        _ => null,
    };

    /// <summary>PostOnly is good till canceled as well; the plain form of that is left out, as it is what the venue takes without a word.</summary>
    public static string? Of(OrderRequest order) => order.PostOnly ? "PostOnly"
        : order.TimeInForce == TimeInForce.ImmediateOrCancel && order.Price > 0 ? "IOC"
        : order.TimeInForce == TimeInForce.FillOrKill ? "FOK"
        : null;

    public static TimeInForce? Time(string? word) => word switch
    {
        "GTC" or "PostOnly" or "RPI" => TimeInForce.GoodTilCanceled,
        "IOC" => TimeInForce.ImmediateOrCancel,
        "FOK" => TimeInForce.FillOrKill,
        _ => null,
    };

    public static PositionSide PositionSideOf(int? index) => index switch
    {
        1 => PositionSide.Long,
        2 => PositionSide.Short,
        _ => PositionSide.Both,
    };

    /// <summary>The venue's number of a position.</summary>
    public static string IndexOf(PositionSide side) => side switch
    {
        PositionSide.Long => "1",
        PositionSide.Short => "2",
        _ => "0",
    };

    public static OrderType? Type(Wire.OrderMessage message)
    {
        OrderType? plain = message.OrderType switch
        {
            "Market" => OrderType.Market,
            "Limit" => OrderType.Limit,
            _ => null,
        };
        return message.StopOrderType switch
        {
            null or "" or "UNKNOWN" => plain,
            "Stop" when Waits(message) => OrderType.TakeProfit,
            "Stop" or "StopLoss" or "PartialStopLoss" => plain == OrderType.Limit ? OrderType.StopLimit : OrderType.Stop,
            "TakeProfit" or "PartialTakeProfit" => OrderType.TakeProfit,
            "TrailingStop" => OrderType.TrailingStop,
            _ => null,
        };
    }

    /// <summary>
    /// Where the order stands. A canceled one that nobody canceled ended by its time in force or for lack of liquidity; one that had to rest
    /// and could not was refused, which this venue tells only here.
    /// </summary>
    public static VenueOrderStatus Status(Wire.OrderMessage message)
    {
        bool isUntouched = message.CumExecQty is null or 0;
        bool mayNotRest = message.TimeInForce is "IOC" or "FOK" || message.OrderType == "Market";
        return message.OrderStatus switch
        {
            "Untriggered" or "Created" => VenueOrderStatus.Waiting,
            "New" => VenueOrderStatus.Open,
            "PartiallyFilled" => VenueOrderStatus.PartiallyFilled,
            "Triggered" => VenueOrderStatus.Triggered,
            "Filled" => VenueOrderStatus.Filled,
            "Cancelled" when message.RejectReason == PostOnlyRefused && isUntouched => VenueOrderStatus.Rejected,
            "Cancelled" or "PartiallyFilledCanceled" when mayNotRest && message.CancelType != "CancelByUser" => VenueOrderStatus.Expired,
            "Cancelled" or "PartiallyFilledCanceled" or "Deactivated" => VenueOrderStatus.Canceled,
            "Rejected" => VenueOrderStatus.Rejected,
            _ => VenueOrderStatus.Unknown,
        };
    }

    /// <summary>True for orders that the venue makes itself to close a position: liquidation, deleveraging, delivery.</summary>
    public static bool IsVenueMade(string? createType) => createType is not null
        && (createType.StartsWith("CreateByLiq", StringComparison.Ordinal) || createType.StartsWith("CreateByAdl", StringComparison.Ordinal)
            || createType.StartsWith("CreateByTakeOver", StringComparison.Ordinal) || createType.StartsWith("CreateBySettle", StringComparison.Ordinal));

    /// <summary>True for executions of orders that the venue makes itself.</summary>
    public static bool IsVenueMadeExecution(string? type) => type is "AdlTrade" or "BustTrade" or "Delivery";

    public static string Reason(string? word) => word is null or "" or "EC_NoError" or "UNKNOWN" ? "" : word;

    public static Timestamp? Instant(string? milliseconds) =>
        long.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value > 0 ? Timestamp.FromUnixMilliseconds(value) : null;

    /// <summary>The venue writes 0 or nothing where there is no price.</summary>
    public static decimal? Price(decimal? price) => price is null or 0 ? null : price;

    public static Asset? AssetOf(string? code) => string.IsNullOrWhiteSpace(code) ? null : new Asset(code);

    /// <summary>An order's id: a UUID on linear, a number on spot. Any other text, which only examples have, gets an id of our own.</summary>
    public static VenueOrderId OrderId(string text) => VenueOrderId.TryParse(text, out VenueOrderId id) ? id : VenueOrderId.Derive("order id: " + text);

    public static VenueTradeId TradeId(string text) => VenueTradeId.TryParse(text, out VenueTradeId id) ? id : VenueTradeId.Derive("execution id: " + text);

    // A purchase that waits for a fall, or a sale that waits for a rise.
    private static bool Waits(Wire.OrderMessage message) =>
        (Direction(message) == 2 && message.Side == "Buy") || (Direction(message) == 1 && message.Side == "Sell");

    // Spot reads the direction off the price at which the order came, and need not tell it.
    private static int Direction(Wire.OrderMessage message) => message switch
    {
        { TriggerDirection: 1 or 2 } => message.TriggerDirection.Value,
        { TriggerPrice: > 0, LastPriceOnCreated: > 0 } => message.TriggerPrice >= message.LastPriceOnCreated ? 1 : 2,
        _ => 0,
    };
}
