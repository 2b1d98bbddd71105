using Harrier.Testnet.Binance.Shared;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Binance.Spot;

/// <summary>The exchange's refusals in the venue's codes and words.</summary>
internal static class SpotRefusals
{
    /// <summary>Refusal of a new order.</summary>
    public static ApiFault OfNew(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.UnknownSymbol => ApiFault.BadSymbol,
        RefusalReason.MarketClosed => ApiFault.Bad(-1013, "Market is closed."),
        RefusalReason.BadPrice or RefusalReason.PriceTick => Filter("PRICE_FILTER"),
        RefusalReason.PriceBand => Filter("PERCENT_PRICE_BY_SIDE"),
        RefusalReason.QuantityTooSmall or RefusalReason.QuantityTooLarge or RefusalReason.QuantityStep => Filter("LOT_SIZE"),
        RefusalReason.MinNotional => Filter("NOTIONAL"),
        RefusalReason.TooManyOrders => Filter("MAX_NUM_ORDERS"),
        RefusalReason.TooManyConditional => Filter("MAX_NUM_ALGO_ORDERS"),
        RefusalReason.InsufficientBalance or RefusalReason.InsufficientMargin => Rejected("Account has insufficient balance for requested action."),
        RefusalReason.WouldTake => Rejected("Order would immediately match and take."),
        RefusalReason.WouldTrigger => Rejected("Order would trigger immediately."),
        RefusalReason.DuplicateClientId => Rejected("Duplicate order sent."),
        RefusalReason.AccountSuspended => Rejected("This action is disabled on this account."),
        _ => Rejected("Order was rejected."),
    };

    /// <summary>Refusal of a cancel.</summary>
    public static ApiFault OfCancel(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.UnknownSymbol => ApiFault.BadSymbol,
        _ => ApiFault.Bad(-2011, "Unknown order sent."),
    };

    /// <summary>Refusal of an amendment.</summary>
    public static ApiFault OfAmend(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.UnknownSymbol => ApiFault.BadSymbol,
        RefusalReason.UnknownOrder => ApiFault.NoSuchOrder,
        RefusalReason.NothingChanged => ApiFault.Bad(-2038, "The requested action would change no state; rejecting."),
        RefusalReason.NotAmendable => ApiFault.Bad(-2038, "Order amend (quantity increase) is not supported."),
        RefusalReason.MarketClosed => ApiFault.Bad(-1013, "Market is closed."),
        RefusalReason.QuantityTooSmall or RefusalReason.QuantityTooLarge or RefusalReason.QuantityStep => Filter("LOT_SIZE"),
        RefusalReason.MinNotional => Filter("NOTIONAL"),
        _ => ApiFault.Bad(-2038, "Order amend was rejected."),
    };

    private static ApiFault Filter(string name) => ApiFault.Bad(-1013, "Filter failure: " + name);

    private static ApiFault Rejected(string message) => ApiFault.Bad(-2010, message);
}
