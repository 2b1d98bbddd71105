using Harrier.Domain;

namespace Harrier.Exchanges.Trading;

/// <summary>What no venue accepts, because it contradicts itself.</summary>
public static class OrderTerms
{
    private const int LongestClientId = 36;

    /// <summary>What is wrong with an order at any venue; null when nothing is.</summary>
    public static string? Contradiction(OrderRequest order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return Sizes(order) ?? Times(order) ?? Name(order.ClientId);
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
        _ => null,
    };

    private static string? Times(OrderRequest order)
    {
        bool rests = order.Type is OrderType.Limit or OrderType.StopLimit || (order.Type == OrderType.TakeProfit && order.Price > 0);
        return order.PostOnly && !rests ? "only an order with a limit price can be post-only"
            : order.PostOnly && order.TimeInForce != TimeInForce.GoodTilCanceled ? "a post-only order rests: immediate-or-cancel and fill-or-kill contradict it"
            : !rests && order.TimeInForce == TimeInForce.FillOrKill ? "no venue has fill-or-kill for orders without a limit price"
            : null;
    }

    // What all venues take; some allow dots, slashes and colons as well.
    private static string? Name(string id) =>
        id.Length is > 0 and <= LongestClientId && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? null
            : $"a client order id is 1 to {LongestClientId} letters, digits, dashes and underscores";
}
