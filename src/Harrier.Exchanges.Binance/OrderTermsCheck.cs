using Harrier.Domain;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Binance;

/// <summary>Refuses, before anything is sent, what the venue does not have or what contradicts itself.</summary>
internal static class OrderTermsCheck
{
    private const int LongestClientId = 36;

    // Range of the trailing distance: 10 to 2000 basis points by a symbol's usual filter on spot, 0.1 to 10 % on USD-M.
    private const decimal LeastTrailing = 0.001m;
    private const decimal MostTrailing = 0.1m;

    public static VenueError? Refuse(BinanceMarket market, OrderRequest order)
    {
        string? reason = Sizes(order) ?? Times(order) ?? (market == BinanceMarket.Spot ? Spot(order) : UsdM(order)) ?? Name(order.ClientId);
        return reason is null ? null : new VenueError(VenueErrorKind.RefusedLocally, Outcome.NotDone, 0, reason);
    }

    private static string? Sizes(OrderRequest order) => order switch
    {
        { Quantity: < 0 } or { QuoteQuantity: < 0 } or { Price: < 0 } or { Trigger: < 0 } => "sizes and prices of an order are not negative",
        { Quantity: 0, QuoteQuantity: 0 } => "an order needs a size",
        { Quantity: > 0, QuoteQuantity: > 0 } => "an order has a size in base or in quote currency, not both",
        { QuoteQuantity: > 0, Type: not OrderType.Market } => "only a market order can be sized in quote currency",
        { Type: OrderType.Limit or OrderType.StopLimit, Price: 0 } => "a limit order needs a price",
        { Type: OrderType.Market or OrderType.Stop or OrderType.TrailingStop, Price: > 0 } => "an order that takes the market's price has no limit price",
        { Type: OrderType.Stop or OrderType.StopLimit or OrderType.TakeProfit, Trigger: 0 } => "an order that waits needs a trigger price",
        { Type: OrderType.Market or OrderType.Limit, Trigger: > 0 } => "an order that does not wait has no trigger price",
        { Type: OrderType.TrailingStop, TrailingFraction: < LeastTrailing or > MostTrailing } =>
            $"the venue trails by {LeastTrailing:P1} to {MostTrailing:P0} of the best price, not by {order.TrailingFraction:P3}",
        _ => null,
    };

    private static string? Times(OrderRequest order)
    {
        bool rests = order.Type is OrderType.Limit or OrderType.StopLimit || (order.Type == OrderType.TakeProfit && order.Price > 0);
        return order.PostOnly && !rests ? "only an order with a limit price can be post-only"
            : order.PostOnly && order.TimeInForce != TimeInForce.GoodTilCanceled ? "a post-only order rests: immediate-or-cancel and fill-or-kill contradict it"
            : !rests && order.TimeInForce == TimeInForce.FillOrKill ? "the venue has no fill-or-kill for orders without a limit price"
            : null;
    }

    private static string? Spot(OrderRequest order) => order switch
    {
        { PositionSide: not PositionSide.Both } => "spot has no long and short positions",
        { TriggerByMark: true } => "spot has no mark price to trigger by",

        // A spot sale can only reduce what is held, so the flag needs no counterpart there; a purchase never reduces anything.
        { ReduceOnly: true, Side: OrderSide.Buy } => "a reduce-only purchase does not exist on spot",
        { PostOnly: true, Type: not OrderType.Limit } => "spot has no post-only orders that wait for a trigger",
        _ => null,
    };

    private static string? UsdM(OrderRequest order) => order switch
    {
        { QuoteQuantity: > 0 } => "contracts are sized in base currency only",
        { ReduceOnly: true, PositionSide: not PositionSide.Both } => "in hedge mode the position side says what reduces; reduce-only is not accepted",
        _ => null,
    };

    // The pattern that the documents print for FIX; USD-M allows dots, slashes and colons as well.
    private static string? Name(string id) =>
        id.Length is > 0 and <= LongestClientId && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? null
            : $"a client order id is 1 to {LongestClientId} letters, digits, dashes and underscores";
}
