using System.Globalization;
using Harrier.Domain;
using Harrier.Engine;

namespace Harrier.Hosting.Accounts;

/// <summary>Orders by hand in words: <c>side</c> (buy, sell, close, cancel), <c>quantity</c>, <c>price</c>, <c>reduce_only</c>, <c>order</c>.</summary>
public static class HandOrderText
{
    private static readonly string[] Sides = ["buy", "sell", "close", "cancel"];
    private static readonly string[] Keys = ["side", "quantity", "price", "reduce_only", "order"];

    /// <summary>Reads one.</summary>
    /// <param name="terms">Keys and values.</param>
    /// <param name="instrument">What is traded: quantity and price must lie on its grids.</param>
    /// <returns>The order; or all that is wrong, a line each: field, value, what is allowed.</returns>
    public static (HandOrder? Order, IReadOnlyList<string> Faults) Read(IReadOnlyList<KeyValuePair<string, string>> terms, Instrument instrument)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(instrument);
        List<string> faults = [.. terms.Where(static term => !Keys.Contains(term.Key)).Select(static term => $"{term.Key}: {term.Value}: one of {string.Join(", ", Keys)}")];
        string? Term(string key) => terms.FirstOrDefault(term => term.Key == key).Value;
        int side = Array.IndexOf(Sides, Term("side"));
        if (side < 0)
        {
            faults.Add($"side: {Term("side") ?? "none"}: one of {string.Join(", ", Sides)}");
        }

        HandOrder order = side switch
        {
            2 => new HandOrder(HandOrderKind.Close),
            3 => new HandOrder(HandOrderKind.Cancel) { Order = OrderOf(Term("order"), faults) },
            _ => new HandOrder(HandOrderKind.Place)
            {
                Side = side == 1 ? OrderSide.Sell : OrderSide.Buy,
                Size = SizeOf(Term("quantity"), instrument, faults),
                Limit = Term("price") is { } price ? PriceOf(price, instrument, faults) : null,
                ReduceOnly = Term("reduce_only") == "true",
            },
        };
        return faults.Count == 0 ? (order, []) : (null, faults);
    }

    /// <summary>One in the words of people: buy 0.5 BTCUSDT at 50000 for bot trend.</summary>
    public static string Of(HandOrder order, Instrument instrument, string bot)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(instrument);
        return order.Kind switch
        {
            HandOrderKind.Close => $"close {instrument.Symbol} at the market for bot {bot}",
            HandOrderKind.Cancel => $"order {order.Order} of bot {bot} is canceled",
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"{(order.Side == OrderSide.Buy ? "buy" : "sell")} {instrument.ToDecimal(order.Size)} {instrument.Symbol} at {(order.Limit is { } limit ? instrument.ToDecimal(limit) : "the market")} for bot {bot}"),
        };
    }

    private static SizeLots SizeOf(string? text, Instrument instrument, List<string> faults)
    {
        decimal lot = instrument.Definition.LotSize;
        if (text is not null && TryDecimal(text, out decimal size) && size > 0 && size % lot == 0 && size / lot <= instrument.MaxLots.Value)
        {
            return new SizeLots((long)(size / lot));
        }

        faults.Add(string.Create(CultureInfo.InvariantCulture, $"quantity: {text ?? "none"}: a number above 0, in steps of {lot}"));
        return default;
    }

    private static PriceTicks PriceOf(string text, Instrument instrument, List<string> faults)
    {
        decimal tick = instrument.Definition.TickSize;
        if (TryDecimal(text, out decimal price) && price > 0 && price % tick == 0 && price / tick <= long.MaxValue >> 8)
        {
            return new PriceTicks((long)(price / tick));
        }

        faults.Add(string.Create(CultureInfo.InvariantCulture, $"price: {text}: a number above 0, in steps of {tick}"));
        return default;
    }

    private static ClientOrderId OrderOf(string? text, List<string> faults)
    {
        if (ClientOrderId.TryParse(text, out ClientOrderId order))
        {
            return order;
        }

        faults.Add($"order: {text ?? "none"}: the id of an order");
        return default;
    }

    private static bool TryDecimal(string text, out decimal value) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
}
