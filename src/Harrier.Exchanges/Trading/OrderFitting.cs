using Harrier.Domain;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Symbols;

namespace Harrier.Exchanges.Trading;

/// <summary>
/// Brings an order onto a venue's grid and refuses what a filter would refuse, by the filter's name. Prices go to the nearest tick,
/// sizes always down.
/// </summary>
public static class OrderFitting
{
    private const int BasisPoints = 10_000;

    /// <summary>The order as it can be sent, or the filter that it breaks.</summary>
    /// <param name="rules">The rules of its symbol.</param>
    /// <param name="order">The order.</param>
    /// <param name="reference">The price now, for rules about market orders and price bands; null skips those, the venue checks them anyway.</param>
    public static VenueResult<OrderRequest> Fit(SymbolRules rules, OrderRequest order, decimal? reference = null)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(order);
        bool isMarket = order.Type is OrderType.Market or OrderType.Stop or OrderType.TrailingStop || (order.Type == OrderType.TakeProfit && order.Price == 0);
        OrderRequest fitted = order with
        {
            Price = Nearest(order.Price, rules.TickSize),
            Trigger = Nearest(order.Trigger, rules.TickSize),
            Quantity = Down(Down(order.Quantity, rules.StepSize), isMarket ? rules.MarketStepSize : 0),
            QuoteQuantity = Down(order.QuoteQuantity, rules.QuoteStep),
        };
        VenueError? error = Trading(rules, fitted) ?? Prices(rules, fitted, reference) ?? Sizes(rules, fitted, isMarket) ?? Values(rules, fitted, isMarket, reference);
        return error is null ? VenueResult<OrderRequest>.Ok(fitted) : VenueResult<OrderRequest>.Failed(error);
    }

    /// <summary>The nearest multiple of a step; a tie goes away from zero. Step 0 leaves the price alone.</summary>
    public static decimal Nearest(decimal price, decimal step) =>
        step > 0 ? decimal.Round(price / step, MidpointRounding.AwayFromZero) * step : price;

    /// <summary>The largest multiple of a step that is not above a size. Step 0 leaves the size alone.</summary>
    public static decimal Down(decimal size, decimal step) => step > 0 ? decimal.Floor(size / step) * step : size;

    private static VenueError Refused(VenueErrorKind kind, string filter, string message) =>
        new(kind, Outcome.NotDone, 0, $"{filter}: {message}") { Filter = filter };

    private static VenueError? Trading(SymbolRules rules, OrderRequest order)
    {
        string symbol = order.Symbol;
        return !rules.IsTrading ? Refused(VenueErrorKind.MarketClosed, "STATUS", $"{symbol} is {rules.Status}, which takes no new orders")
            : order.Type == OrderType.TrailingStop && !rules.CanTrail ? Refused(VenueErrorKind.NotSupported, "TYPE", $"{symbol} has no trailing stops")
            : order.QuoteQuantity > 0 && !rules.CanSizeInQuote ? Refused(VenueErrorKind.NotSupported, "TYPE", $"{symbol} has no orders sized in quote currency")
            : order.Type == OrderType.TrailingStop && rules.TrailingDelta.Most > 0 && OutOf(order.TrailingFraction * BasisPoints, rules.TrailingDelta)
                ? Refused(VenueErrorKind.InvalidOrder, "TRAILING_DELTA", $"{order.TrailingFraction} is not between {rules.TrailingDelta.Least} and {rules.TrailingDelta.Most} basis points")
            : null;
    }

    private static bool OutOf(decimal value, (int Least, int Most) range) => value < range.Least || value > range.Most;

    private static VenueError? Prices(SymbolRules rules, OrderRequest order, decimal? reference)
    {
        foreach (decimal price in (ReadOnlySpan<decimal>)[order.Price, order.Trigger])
        {
            if (price > 0 && ((rules.MinPrice > 0 && price < rules.MinPrice) || (rules.MaxPrice > 0 && price > rules.MaxPrice)))
            {
                return Refused(VenueErrorKind.InvalidOrder, "PRICE_FILTER", $"price {price} is not between {rules.MinPrice} and {rules.MaxPrice}");
            }
        }

        (decimal down, decimal up) = order.Side == OrderSide.Buy ? rules.BuyBand : rules.SellBand;
        return order.Price > 0 && reference is > 0 and decimal now && ((up > 0 && order.Price > now * up) || order.Price < now * down)
            ? Refused(VenueErrorKind.InvalidOrder, "PERCENT_PRICE", $"price {order.Price} is not within {down} to {up} times the price now, {now}")
            : null;
    }

    private static VenueError? Sizes(SymbolRules rules, OrderRequest order, bool isMarket)
    {
        if (order.QuoteQuantity > 0)
        {
            return null;
        }

        decimal size = order.Quantity;
        if (size <= 0 || size < rules.MinQuantity || (rules.MaxQuantity > 0 && size > rules.MaxQuantity))
        {
            return Refused(VenueErrorKind.InvalidOrder, "LOT_SIZE", $"size {size} is not between {rules.MinQuantity} and {rules.MaxQuantity}, step {rules.StepSize}");
        }

        if (order.PostOnly && rules.PostOnlyMaxQuantity > 0 && size > rules.PostOnlyMaxQuantity)
        {
            return Refused(VenueErrorKind.InvalidOrder, "LOT_SIZE", $"size {size} of a post-only order is above {rules.PostOnlyMaxQuantity}");
        }

        return isMarket && (size < rules.MarketMinQuantity || (rules.MarketMaxQuantity > 0 && size > rules.MarketMaxQuantity))
            ? Refused(VenueErrorKind.InvalidOrder, "MARKET_LOT_SIZE", $"size {size} is not between {rules.MarketMinQuantity} and {rules.MarketMaxQuantity}")
            : null;
    }

    private static VenueError? Values(SymbolRules rules, OrderRequest order, bool isMarket, decimal? reference)
    {
        // Reduce-only orders of contracts may close any rest, however small.
        bool checksMin = rules.MinNotional > 0 && (!isMarket || rules.MinNotionalForMarket) && !(order.ReduceOnly && rules.Definition.Kind != InstrumentKind.Spot);
        bool checksMax = rules.MaxNotional > 0 && (!isMarket || rules.MaxNotionalForMarket);
        decimal? price = order.Price > 0 ? order.Price : reference;
        decimal? value = order.QuoteQuantity > 0 ? order.QuoteQuantity : price * order.Quantity;
        return value is null ? null
            : checksMin && value < rules.MinNotional ? Refused(VenueErrorKind.InvalidOrder, rules.NotionalFilter, $"value {value} is below {rules.MinNotional}")
            : checksMax && value > rules.MaxNotional ? Refused(VenueErrorKind.InvalidOrder, rules.NotionalFilter, $"value {value} is above {rules.MaxNotional}")
            : null;
    }
}
