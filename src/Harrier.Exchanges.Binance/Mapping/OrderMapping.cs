using Harrier.Domain;
using Harrier.Exchanges.Binance.Wire;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Binance.Mapping;

/// <summary>Orders and executions of REST answers in our words. Pure.</summary>
internal static class OrderMapping
{
    public static VenueOrder Of(SpotOrderMessage message)
    {
        OrderSide? side = BinanceWords.Side(message.Side);
        decimal executed = message.ExecutedQty ?? 0;
        decimal? quote = message.CummulativeQuoteQty is < 0 ? null : message.CummulativeQuoteQty;
        return new VenueOrder
        {
            Symbol = message.Symbol,

            // On a cancel's answer the order's own id is the original one, and the other is the cancel's.
            ClientId = message.OrigClientOrderId is { Length: > 0 } own ? own : message.ClientOrderId ?? "",
            VenueId = message.OrderId,
            Status = BinanceWords.Status(message.Status),
            RawStatus = message.Status ?? "",
            Side = side,
            Type = BinanceWords.SpotType(message.Type, message.TrailingDelta is > 0),
            RawType = message.Type ?? "",
            TimeInForce = BinanceWords.Time(message.TimeInForce),
            PostOnly = message.Type is null ? null : message.Type == "LIMIT_MAKER",
            Quantity = message.OrigQty ?? 0,
            Executed = executed,
            ExecutedQuote = quote,
            Price = BinanceWords.Price(message.Price),
            AveragePrice = executed > 0 && quote > 0 ? quote / executed : null,
            Trigger = BinanceWords.Price(message.StopPrice),
            Created = BinanceWords.Instant(message.Time ?? message.TransactTime ?? message.WorkingTime),
            Updated = BinanceWords.Instant(message.UpdateTime ?? message.TransactTime),
            Fills = message.Fills is null || side is null ? [] : [.. message.Fills.Select(f => Fill(message, f, side.Value))],
        };
    }

    public static VenueOrder Of(AmendedOrderMessage message) => new()
    {
        Symbol = message.Symbol,
        ClientId = message.OrigClientOrderId is { Length: > 0 } own ? own : message.ClientOrderId ?? "",
        VenueId = message.OrderId,
        Status = BinanceWords.Status(message.Status),
        RawStatus = message.Status ?? "",
        Side = BinanceWords.Side(message.Side),
        Type = BinanceWords.SpotType(message.Type, trails: false),
        RawType = message.Type ?? "",
        TimeInForce = BinanceWords.Time(message.TimeInForce),
        PostOnly = message.Type is null ? null : message.Type == "LIMIT_MAKER",
        Quantity = message.Qty ?? message.OrigQty ?? 0,
        Executed = message.ExecutedQty ?? 0,
        ExecutedQuote = message.CumulativeQuoteQty ?? message.CummulativeQuoteQty,
        Price = BinanceWords.Price(message.Price),
        Updated = BinanceWords.Instant(message.UpdateTime ?? message.WorkingTime),
    };

    public static VenueOrder Of(LinearOrderMessage message)
    {
        string? type = message.OrigType ?? message.Type;
        decimal executed = message.ExecutedQty ?? 0;
        decimal? average = BinanceWords.Price(message.AvgPrice);
        return new VenueOrder
        {
            Symbol = message.Symbol,
            ClientId = message.ClientOrderId ?? "",
            VenueId = message.OrderId,
            Status = BinanceWords.Status(message.Status),
            RawStatus = message.Status ?? "",
            Side = BinanceWords.Side(message.Side),
            Type = BinanceWords.LinearType(type),
            RawType = type ?? "",
            TimeInForce = BinanceWords.Time(message.TimeInForce),
            PostOnly = message.TimeInForce is null ? null : message.TimeInForce == "GTX",
            ReduceOnly = message.ReduceOnly,
            Quantity = message.OrigQty ?? 0,
            Executed = executed,
            ExecutedQuote = message.CumQuote ?? (executed > 0 ? average * executed : executed),
            Price = BinanceWords.Price(message.Price),
            AveragePrice = average ?? (executed > 0 && message.CumQuote > 0 ? message.CumQuote / executed : null),
            Trigger = BinanceWords.Price(message.StopPrice),
            Created = BinanceWords.Instant(message.Time ?? message.UpdateTime),
            Updated = BinanceWords.Instant(message.UpdateTime),
        };
    }

    public static VenueOrder Of(AlgoOrderMessage message) => new()
    {
        Symbol = message.Symbol,
        ClientId = message.ClientAlgoId ?? "",
        VenueId = message.AlgoId,
        Status = BinanceWords.AlgoStatus(message.AlgoStatus),
        RawStatus = message.AlgoStatus ?? "",
        Side = BinanceWords.Side(message.Side),
        Type = BinanceWords.LinearType(message.OrderType),
        RawType = message.OrderType ?? "",
        TimeInForce = BinanceWords.Time(message.TimeInForce),
        PostOnly = message.TimeInForce is null ? null : message.TimeInForce == "GTX",
        ReduceOnly = message.ReduceOnly,
        Quantity = message.Quantity ?? 0,
        Executed = 0,
        Price = BinanceWords.Price(message.Price),
        Trigger = BinanceWords.Price(message.TriggerPrice ?? message.ActivatePrice),
        Created = BinanceWords.Instant(message.CreateTime),
        Updated = BinanceWords.Instant(message.UpdateTime),
        IsConditional = true,
        ChildId = IdOf(message.ActualOrderId),
    };

    public static OwnTrade Of(SpotOwnTradeMessage message) => new()
    {
        Symbol = message.Symbol,
        TradeId = message.Id,
        OrderId = message.OrderId,
        Side = message.IsBuyer ? OrderSide.Buy : OrderSide.Sell,
        Price = message.Price,
        Quantity = message.Qty,
        Quote = message.QuoteQty,
        Fee = message.Commission,
        FeeAsset = BinanceWords.AssetOf(message.CommissionAsset),
        IsMaker = message.IsMaker,
        Time = BinanceWords.Instant(message.Time),
    };

    public static OwnTrade Of(LinearOwnTradeMessage message) => new()
    {
        Symbol = message.Symbol,
        TradeId = message.Id,
        OrderId = message.OrderId,
        Side = BinanceWords.Side(message.Side) ?? OrderSide.Buy,
        Price = message.Price,
        Quantity = message.Qty,
        Quote = message.QuoteQty,
        Fee = message.Commission,
        FeeAsset = BinanceWords.AssetOf(message.CommissionAsset),
        IsMaker = message.Maker,
        Time = BinanceWords.Instant(message.Time),
        RealizedPnl = message.RealizedPnl,
    };

    /// <summary>An id in text; null when there is none yet.</summary>
    public static long? IdOf(string? text) => long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long id) && id > 0 ? id : null;

    private static OwnTrade Fill(SpotOrderMessage order, SpotFillMessage fill, OrderSide side) => new()
    {
        Symbol = order.Symbol,
        TradeId = fill.TradeId,
        OrderId = order.OrderId,
        Side = side,
        Price = fill.Price,
        Quantity = fill.Qty,
        Quote = fill.Price * fill.Qty,
        Fee = fill.Commission,
        FeeAsset = BinanceWords.AssetOf(fill.CommissionAsset),

        // What trades while the order is being placed takes.
        IsMaker = false,
        Time = BinanceWords.Instant(order.TransactTime),
    };
}
