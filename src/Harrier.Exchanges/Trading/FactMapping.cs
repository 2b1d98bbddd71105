using Harrier.Domain;
using Harrier.Engine.Reconciliation;

namespace Harrier.Exchanges.Trading;

/// <summary>What venues tell, in the words of the reconciler.</summary>
internal static class FactMapping
{
    public static SymbolTerms TermsOf(Instrument instrument) => new(instrument.Kind, instrument.Base, instrument.Quote);

    /// <summary>An execution; a venue that gives no time is taken to tell it at once.</summary>
    public static FillFact Of(OwnTrade trade, SymbolTerms terms, string clientId, Timestamp now) => new()
    {
        Symbol = trade.Symbol,
        TradeId = trade.TradeId,
        OrderId = trade.OrderId,
        ClientId = clientId,
        Side = trade.Side,
        Quantity = trade.Quantity,
        Price = trade.Price,
        Quote = trade.Quote != 0 ? trade.Quote : trade.Price * trade.Quantity,
        Fee = trade.Fee ?? 0,
        FeeAsset = trade.FeeAsset ?? default,
        IsMaker = trade.IsMaker,
        Terms = terms,
        Time = trade.Time ?? now,
    };

    public static OrderFact Of(OrderRequest request, SymbolTerms terms, BotId bot) => new()
    {
        Symbol = request.Symbol,
        ClientId = request.ClientId,
        Side = request.Side,
        PositionSide = request.PositionSide,
        Quantity = request.Quantity,
        Price = request.Price,
        IsConditional = request.Type is not (OrderType.Market or OrderType.Limit),
        ReduceOnly = request.ReduceOnly,
        Terms = terms,
        Bot = bot,
        Standing = OrderStanding.Sent,
    };

    public static OrderFact Of(VenueOrder order, SymbolTerms terms, Timestamp now) => new()
    {
        Symbol = order.Symbol,
        ClientId = order.ClientId,
        VenueId = order.IsConditional ? order.ChildId : order.VenueId,
        Side = order.Side ?? OrderSide.Buy,
        Quantity = order.Quantity,
        Price = order.Price ?? 0,
        Executed = order.Executed,
        ExecutedQuote = order.ExecutedQuote ?? (order.AveragePrice * order.Executed),
        IsConditional = order.IsConditional,
        ReduceOnly = order.ReduceOnly ?? false,
        Terms = terms,
        Standing = StandingOf(order.Status),
        Created = order.Created ?? now,
        Changed = order.Updated ?? order.Created ?? now,
    };

    public static PositionFact Of(VenuePosition position) =>
        new(new PositionKey(position.Symbol, position.Side), position.Quantity, position.EntryPrice) { MarkPrice = position.MarkPrice };

    public static OrderStanding StandingOf(VenueOrderStatus status) => status switch
    {
        VenueOrderStatus.Filled => OrderStanding.Filled,
        VenueOrderStatus.Canceled => OrderStanding.Canceled,
        VenueOrderStatus.Expired => OrderStanding.Expired,
        VenueOrderStatus.Rejected => OrderStanding.Rejected,

        // A word that nobody knows is not an end.
        _ => OrderStanding.Working,
    };
}
