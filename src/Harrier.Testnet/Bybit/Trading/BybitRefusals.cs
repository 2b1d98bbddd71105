using Harrier.Testnet.Bybit.Requests;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Bybit.Trading;

/// <summary>The exchange's refusals in the venue's codes: spot and contracts have codes of their own.</summary>
internal static class BybitRefusals
{
    /// <summary>The code of a refusal.</summary>
    /// <param name="refusal">Why something was not done.</param>
    /// <param name="isSpot">On which market.</param>
    public static BybitFault Of(Refusal refusal, bool isSpot) => isSpot ? Spot(refusal) : Linear(refusal);

    private static BybitFault Spot(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.UnknownSymbol => new BybitFault(170121, "Invalid symbol."),
        RefusalReason.BadPrice or RefusalReason.PriceBand when IsHigh(refusal) => new BybitFault(170132, "Order price too high."),
        RefusalReason.BadPrice or RefusalReason.PriceBand => new BybitFault(170133, "Order price lower than the minimum."),
        RefusalReason.PriceTick => new BybitFault(170134, "Order price decimal too long."),
        RefusalReason.QuantityTooSmall => new BybitFault(170136, "Order quantity lower than the minimum."),
        RefusalReason.QuantityTooLarge => new BybitFault(170124, "Order quantity too large."),
        RefusalReason.QuantityStep => new BybitFault(170137, "Order quantity decimal too long."),
        RefusalReason.MinNotional => new BybitFault(170140, "Order value exceeded lower limit."),
        RefusalReason.TooManyOrders or RefusalReason.TooManyConditional => new BybitFault(170810, "Cannot exceed maximum of active orders."),
        RefusalReason.InsufficientBalance or RefusalReason.InsufficientMargin => new BybitFault(170131, "Insufficient balance."),
        RefusalReason.WouldTake => new BybitFault(170218, "The LIMIT-MAKER order is rejected due to invalid price."),
        RefusalReason.DuplicateClientId => new BybitFault(170141, "Duplicate clientOrderId"),
        RefusalReason.UnknownOrder => new BybitFault(170213, "Order does not exist."),
        _ => Shared(refusal) ?? new BybitFault(170210, "New order rejected."),
    };

    private static BybitFault Linear(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.UnknownSymbol => BybitFault.BadSymbol,
        RefusalReason.MarketClosed when refusal.Detail == nameof(ListingStatus.CancelOnly) => new BybitFault(30228, "No new positions during delisting."),
        RefusalReason.MarketClosed => new BybitFault(110074, "This contract is not live"),
        RefusalReason.BadPrice or RefusalReason.PriceBand => new BybitFault(110003, "Order price exceeds the allowable range."),
        RefusalReason.PriceTick => BybitFault.Invalid("price"),
        RefusalReason.QuantityTooSmall => BybitFault.Parameter("The number of contracts below minimum limit allowed"),
        RefusalReason.QuantityTooLarge => BybitFault.Parameter("The number of contracts exceeds maximum limit allowed"),
        RefusalReason.QuantityStep => BybitFault.Invalid("Qty"),
        RefusalReason.MinNotional => new BybitFault(110094, "Order does not meet minimum order value."),
        RefusalReason.TooManyOrders => new BybitFault(110020, "Not allowed to have more than 500 active orders."),
        RefusalReason.TooManyConditional => new BybitFault(110009, "The number of stop orders exceeds the maximum allowable limit."),
        RefusalReason.InsufficientBalance or RefusalReason.InsufficientMargin => new BybitFault(110007, "ab not enough for new order"),
        RefusalReason.DuplicateClientId => new BybitFault(110072, "OrderLinkedID is duplicate"),
        RefusalReason.UnknownOrder => new BybitFault(110001, "order not exists or too late to cancel"),
        RefusalReason.ReduceOnly => new BybitFault(110017, "current position is zero, cannot fix reduce-only order qty"),
        RefusalReason.PositionLimit => new BybitFault(110013, "cannot set leverage due to risk limit"),
        _ => Shared(refusal) ?? BybitFault.Parameter(refusal.Reason.ToString()),
    };

    private static BybitFault? Shared(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.NothingChanged => BybitFault.Parameter("The order remains unchanged as the parameters entered match the existing ones."),
        RefusalReason.NotAmendable => BybitFault.Parameter("params error: this order cannot be changed so"),
        RefusalReason.AccountSuspended => BybitFault.NoPermission,
        RefusalReason.WouldTrigger => new BybitFault(110092, "the trigger price is reached already: " + refusal.Detail),
        _ => null,
    };

    private static bool IsHigh(Refusal refusal) =>
        decimal.TryParse(refusal.Detail.Split(' ').ElementAtOrDefault(1), System.Globalization.CultureInfo.InvariantCulture, out decimal price)
        && decimal.TryParse(refusal.Detail.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture, out decimal bound) && price > bound;
}
