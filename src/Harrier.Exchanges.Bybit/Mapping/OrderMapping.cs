using Harrier.Domain;
using Harrier.Exchanges.Bybit.Wire;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Bybit.Mapping;

/// <summary>Orders and executions in our words, from REST and from the private stream alike. Pure.</summary>
internal static class OrderMapping
{
    public static VenueOrder Of(OrderMessage message)
    {
        decimal executed = message.CumExecQty ?? 0;
        return new VenueOrder
        {
            Symbol = message.Symbol,
            ClientId = message.OrderLinkId ?? "",
            VenueId = BybitWords.OrderId(message.OrderId),
            Status = BybitWords.Status(message),
            RawStatus = message.OrderStatus ?? "",
            Side = BybitWords.Side(message.Side),
            Type = BybitWords.Type(message),
            RawType = message.StopOrderType is null or "" or "UNKNOWN" ? message.OrderType ?? "" : message.StopOrderType,
            TimeInForce = BybitWords.Time(message.TimeInForce),
            PostOnly = message.TimeInForce is null ? null : message.TimeInForce == "PostOnly",
            ReduceOnly = message.ReduceOnly,
            Quantity = message.Qty ?? 0,
            Executed = executed,
            ExecutedQuote = message.CumExecValue,
            Price = BybitWords.Price(message.Price),
            AveragePrice = BybitWords.Price(message.AvgPrice) ?? (executed > 0 ? message.CumExecValue / executed : null),
            Trigger = BybitWords.Price(message.TriggerPrice),
            Created = BybitWords.Instant(message.CreatedTime),
            Updated = BybitWords.Instant(message.UpdatedTime),
        };
    }

    /// <summary>The receipt of a write: the ids and nothing else.</summary>
    public static VenueOrder Of(ReceiptMessage message, string symbol) => new()
    {
        Symbol = symbol,
        ClientId = message.OrderLinkId ?? "",
        VenueId = BybitWords.OrderId(message.OrderId),
        Status = VenueOrderStatus.Unknown,
    };

    /// <summary>True for executions that change a position: trades of ours and of what the venue made.</summary>
    public static bool IsTrade(ExecutionMessage message) =>
        message.ExecQty > 0 && BybitWords.Side(message.Side) is not null && (message.ExecType is null or "Trade" || BybitWords.IsVenueMadeExecution(message.ExecType));

    /// <summary>The trade of an execution.</summary>
    /// <param name="message">The execution.</param>
    /// <param name="instrument">What it traded; tells what the fee was paid in where the message does not.</param>
    public static OwnTrade TradeOf(ExecutionMessage message, Instrument? instrument) => new()
    {
        Symbol = message.Symbol,
        TradeId = BybitWords.TradeId(message.ExecId),
        OrderId = BybitWords.OrderId(message.OrderId),
        ClientId = message.OrderLinkId ?? "",
        Side = BybitWords.Side(message.Side) ?? throw new ArgumentException($"side {message.Side}"),
        Price = message.ExecPrice,
        Quantity = message.ExecQty,
        Quote = message.ExecValue ?? message.ExecPrice * message.ExecQty,
        Fee = message.ExecFee,
        FeeAsset = BybitWords.AssetOf(message.FeeCurrency) ?? (instrument is null ? null : FeeAssetOf(message, instrument)),
        IsMaker = message.IsMaker ?? false,
        Time = BybitWords.Instant(message.ExecTime),
        RealizedPnl = message.ExecPnl,
    };

    // On spot one pays in what one gets. A rebate is the other way round: who rests gets it in what he gives.
    private static Asset FeeAssetOf(ExecutionMessage message, Instrument instrument)
    {
        bool isRebate = message.ExecFee < 0 && message.IsMaker == true;
        bool paysInBase = instrument.Kind == InstrumentKind.Spot && (message.Side == "Buy") != isRebate;
        return paysInBase ? instrument.Base : instrument.Quote;
    }
}
