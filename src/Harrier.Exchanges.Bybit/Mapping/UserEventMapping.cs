using Harrier.Domain;
using Harrier.Exchanges.Bybit.Wire;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Bybit.Mapping;

/// <summary>News of the private stream in our words. Pure.</summary>
internal static class UserEventMapping
{
    public static OrderUpdate Of(OrderMessage message, Timestamp received)
    {
        VenueOrder order = OrderMapping.Of(message);
        bool isVenueMade = BybitWords.IsVenueMade(message.CreateType);
        OrderUpdateKind kind = isVenueMade ? OrderUpdateKind.Liquidation : order.Status switch
        {
            VenueOrderStatus.Waiting or VenueOrderStatus.Open => OrderUpdateKind.Accepted,
            VenueOrderStatus.PartiallyFilled or VenueOrderStatus.Filled => OrderUpdateKind.Traded,
            VenueOrderStatus.Triggered => OrderUpdateKind.Triggered,
            VenueOrderStatus.Canceled => OrderUpdateKind.Canceled,
            VenueOrderStatus.Expired => OrderUpdateKind.Expired,
            VenueOrderStatus.Rejected => OrderUpdateKind.Rejected,
            _ => OrderUpdateKind.Other,
        };
        return new OrderUpdate(order.Updated ?? received, kind, order) { Reason = BybitWords.Reason(message.RejectReason), IsVenueMade = isVenueMade };
    }

    /// <summary>An execution, which says nothing of where its order stands: another message does.</summary>
    public static OrderUpdate Of(ExecutionMessage message, Instrument? instrument, Timestamp received)
    {
        OwnTrade trade = OrderMapping.TradeOf(message, instrument);
        bool isVenueMade = BybitWords.IsVenueMadeExecution(message.ExecType);
        return new OrderUpdate(trade.Time ?? received, isVenueMade ? OrderUpdateKind.Liquidation : OrderUpdateKind.Traded, OwnerOf(message, trade))
        {
            Trade = trade,
            IsExecutionOnly = true,
            IsVenueMade = isVenueMade,
        };
    }

    /// <summary>An execution told early, without its fee.</summary>
    public static OrderUpdate Announced(ExecutionMessage message, Timestamp received)
    {
        OwnTrade trade = OrderMapping.TradeOf(message, instrument: null);
        return new OrderUpdate(trade.Time ?? received, OrderUpdateKind.Traded, OwnerOf(message, trade)) { Trade = trade, IsPartial = true };
    }

    /// <summary>Money that an execution which is no trade moved: funding, settlement; null for others.</summary>
    /// <param name="message">The execution.</param>
    /// <param name="asset">What its symbol is settled in; null when that is not known.</param>
    /// <param name="received">When it came.</param>
    public static MoneyMoved? MoneyOf(ExecutionMessage message, Asset? asset, Timestamp received) => message.ExecType is "Funding" or "Settle" && asset is { } money
        ? new MoneyMoved(BybitWords.Instant(message.ExecTime) ?? received, money, (message.ExecPnl ?? 0) - (message.ExecFee ?? 0)) { IsFunding = message.ExecType == "Funding" }
        : null;

    /// <summary>A funding as the list of executions has it; null for one whose id or time cannot be read.</summary>
    /// <param name="message">The execution.</param>
    /// <param name="asset">What its symbol is settled in.</param>
    public static FundingPayment? FundingOf(ExecutionMessage message, Asset asset) =>
        VenueTradeId.TryParse(message.ExecId, out VenueTradeId id) && BybitWords.Instant(message.ExecTime) is { } time
            ? new FundingPayment(message.Symbol, id, new Money(-(message.ExecFee ?? 0), asset), time)
            : null;

    public static IReadOnlyList<AccountEvent> Of(IReadOnlyList<PositionMessage> messages, Timestamp received)
    {
        if (messages.Count == 0)
        {
            return [];
        }

        VenuePosition[] positions = [.. messages.Select(AccountMapping.Of)];
        Timestamp time = positions.Max(p => p.Updated ?? received);
        List<AccountEvent> events = [new PositionsChanged(time, positions)];
        if (messages.Any(m => m.PositionStatus is "Liq" or "Adl"))
        {
            events.Add(new MarginWarning(time, [.. messages.Where(m => m.PositionStatus is "Liq" or "Adl").Select(m => m.Symbol)]));
        }

        return events;
    }

    public static BalancesChanged Of(WalletMessage message, long created, Timestamp received) =>
        new(created > 0 ? Timestamp.FromUnixMilliseconds(created) : received, AccountMapping.Of(message), "");

    private static VenueOrder OwnerOf(ExecutionMessage message, OwnTrade trade) => new()
    {
        Symbol = message.Symbol,
        ClientId = message.OrderLinkId ?? "",
        VenueId = trade.OrderId,
        Status = VenueOrderStatus.Unknown,
        Side = trade.Side,
    };
}
