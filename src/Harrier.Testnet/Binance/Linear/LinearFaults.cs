using Harrier.Testnet.Binance.Shared;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Binance.Linear;

/// <summary>The wire's codes and texts for what the core refuses.</summary>
internal static class LinearFaults
{
    /// <summary>-4120: conditional orders have endpoints of their own since December 2025.</summary>
    public static ApiFault UseAlgo { get; } = ApiFault.Bad(-4120, "Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.");

    /// <summary>-4061.</summary>
    public static ApiFault PositionSide { get; } = ApiFault.Bad(-4061, "Order's position side does not match user's setting.");

    /// <summary>-4059.</summary>
    public static ApiFault SamePositionMode { get; } = ApiFault.Bad(-4059, "No need to change position side.");

    /// <summary>-4046.</summary>
    public static ApiFault SameMarginType { get; } = ApiFault.Bad(-4046, "No need to change margin type.");

    /// <summary>-4028.</summary>
    public static ApiFault BadLeverage { get; } = ApiFault.Bad(-4028, "Leverage is not valid");

    /// <summary>-1125.</summary>
    public static ApiFault NoListenKey { get; } = ApiFault.Bad(-1125, "This listenKey does not exist.");

    /// <summary>-2011.</summary>
    public static ApiFault UnknownOrder { get; } = ApiFault.Bad(-2011, "Unknown order sent.");

    /// <summary>-2013.</summary>
    public static ApiFault NoSuchOrder { get; } = ApiFault.Bad(-2013, "Order does not exist.");

    /// <summary>The refusal of a new order or of an amendment.</summary>
    public static ApiFault Of(Refusal refusal, ListedInstrument? instrument, in NewOrder terms)
    {
        string side = terms.IsSell ? "lower" : "higher";
        return refusal.Reason switch
        {
            RefusalReason.UnknownSymbol => ApiFault.BadSymbol,
            RefusalReason.MarketClosed => ApiFault.Bad(-4140, "Invalid symbol status for opening position."),
            RefusalReason.BadPrice when terms.Price > (instrument?.MaxPrice ?? 0) => ApiFault.Bad(-4002, "Price greater than max price."),
            RefusalReason.BadPrice when terms.Price > 0 => ApiFault.Bad(-4013, "Price less than min price."),
            RefusalReason.BadPrice => ApiFault.Bad(-4001, "Price less than 0."),
            RefusalReason.PriceTick => ApiFault.Bad(-4014, "Price not increased by tick size."),
            RefusalReason.PriceBand => ApiFault.Bad(-4131, $"The counterparty's best price does not meet the PERCENT_PRICE filter limit ({side} bound)."),
            RefusalReason.QuantityTooSmall when terms.Quantity <= 0 => ApiFault.Bad(-4003, "Quantity less than or equal to zero."),
            RefusalReason.QuantityTooSmall => ApiFault.Bad(-4004, "Quantity less than min quantity."),
            RefusalReason.QuantityTooLarge => ApiFault.Bad(-4005, "Quantity greater than max quantity."),
            RefusalReason.QuantityStep => ApiFault.Bad(-1111, "Precision is over the maximum defined for this asset."),
            RefusalReason.MinNotional => ApiFault.Bad(-4164, FormattableString.Invariant($"Order's notional must be no smaller than {instrument?.MinNotional / 1.000m:0.####} (unless you choose reduce only).")),
            _ => OfState(refusal.Reason),
        };
    }

    private static ApiFault OfState(RefusalReason reason) => reason switch
    {
        RefusalReason.TooManyOrders => ApiFault.Bad(-2025, "Reach max open order limit."),
        RefusalReason.TooManyConditional => ApiFault.Bad(-4045, "Reach max stop order limit."),
        RefusalReason.InsufficientBalance => ApiFault.Bad(-2018, "Balance is insufficient."),
        RefusalReason.InsufficientMargin => ApiFault.Bad(-2019, "Margin is insufficient."),
        RefusalReason.WouldTake => ApiFault.Bad(-5022, "Due to the order could not be executed as maker, the Post Only order will be rejected."),
        RefusalReason.WouldTrigger => ApiFault.Bad(-2021, "Order would immediately trigger."),
        RefusalReason.DuplicateClientId => ApiFault.Bad(-4116, "ClientOrderId is duplicated."),
        RefusalReason.UnknownOrder => NoSuchOrder,
        RefusalReason.ReduceOnly => ApiFault.Bad(-2022, "ReduceOnly Order is rejected."),
        RefusalReason.PositionLimit => ApiFault.Bad(-2027, "Exceeded the maximum allowable position at current leverage."),
        RefusalReason.NoLiquidity => ApiFault.Bad(-5021, "Due to the order could not be filled immediately, the FOK order has been rejected. The order will not be recorded in the order history."),
        RefusalReason.NothingChanged => ApiFault.Bad(-5027, "No need to modify the order."),
        RefusalReason.NotAmendable => ApiFault.Bad(-5025, "Only limit order is supported."),
        RefusalReason.AccountSuspended => ApiFault.Bad(-2015, "Invalid API-key, IP, or permissions for action."),
        _ => ApiFault.Bad(-2010, "NEW_ORDER_REJECTED"),
    };
}
