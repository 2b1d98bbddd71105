using Harrier.Domain;
using Harrier.Exchanges.Binance.Wire;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Binance.Mapping;

/// <summary>Events of the private streams in our words. Pure.</summary>
internal static class UserEventMapping
{
    // How the venue names orders that it makes itself: liquidation, deleveraging, delisting, delivery.
    private static readonly string[] VenueMade = ["autoclose-", "adl_autoclose", "settlement_autoclose-", "delivery_autoclose-"];

    public static OrderUpdate Of(ExecutionReportMessage message)
    {
        OrderSide side = BinanceWords.Side(message.Side) ?? throw new ArgumentException($"side {message.Side}");
        Timestamp time = Timestamp.FromUnixMilliseconds(message.Time);
        bool isFill = message.ExecutionType == "TRADE" && message.LastQuantity > 0 && message.TradeId >= 0;
        decimal? quote = message.CumulativeQuote is < 0 ? null : message.CumulativeQuote;
        VenueOrder order = new()
        {
            Symbol = message.Symbol,

            // C holds the order's own id where c is the id of the cancel or amendment; it is empty everywhere else.
            ClientId = message.OriginalClientId is { Length: > 0 } own ? own : message.ClientId ?? "",
            VenueId = message.OrderId,
            Status = BinanceWords.Status(message.Status),
            RawStatus = message.Status ?? "",
            Side = side,
            Type = BinanceWords.SpotType(message.Type, trails: false),
            RawType = message.Type ?? "",
            TimeInForce = BinanceWords.Time(message.TimeInForce),
            PostOnly = message.Type == "LIMIT_MAKER",
            Quantity = message.Quantity,
            Executed = message.Cumulative,
            ExecutedQuote = quote,
            Price = BinanceWords.Price(message.Price),
            AveragePrice = message.Cumulative > 0 && quote > 0 ? quote / message.Cumulative : null,
            Trigger = BinanceWords.Price(message.StopPrice),
            Created = BinanceWords.Instant(message.Created),
            Updated = time,
        };
        return new OrderUpdate(time, KindOf(message.ExecutionType, isFill), order)
        {
            Trade = isFill ? TradeOf(message, side) : null,
            Reason = message.RejectReason is null or "NONE" ? message.ExpiryReason ?? "" : message.RejectReason,
        };
    }

    public static BalancesChanged Of(AccountPositionMessage message) => new(
        Timestamp.FromUnixMilliseconds(message.Time),
        [.. message.Balances.Select(b => new AssetBalance(new Asset(b.Asset), b.Free, b.Locked, b.Free + b.Locked))],
        "");

    public static MoneyMoved Of(BalanceDeltaMessage message) => new(Timestamp.FromUnixMilliseconds(message.Time), new Asset(message.Asset), message.Delta);

    public static OrderListChanged Of(ListStatusMessage message) =>
        new(Timestamp.FromUnixMilliseconds(message.Time), message.Symbol, message.ClientId ?? "", message.OrderStatus ?? "");

    public static OrderUpdate Of(LinearOrderEventMessage message)
    {
        OrderSide side = BinanceWords.Side(message.Side) ?? throw new ArgumentException($"side {message.Side}");
        Timestamp time = Timestamp.FromUnixMilliseconds(message.Time);
        bool isFill = message.ExecutionType is "TRADE" or "CALCULATED" && message.LastQuantity > 0 && message.TradeId > 0;
        string clientId = message.ClientId ?? "";
        string? type = message.OriginalType ?? message.Type;
        decimal? average = BinanceWords.Price(message.AveragePrice);
        bool venueMade = Array.Exists(VenueMade, p => clientId.StartsWith(p, StringComparison.Ordinal)) || message.Status is "NEW_INSURANCE" or "NEW_ADL";
        VenueOrder order = new()
        {
            Symbol = message.Symbol,
            ClientId = clientId,
            VenueId = message.OrderId,
            Status = BinanceWords.Status(message.Status),
            RawStatus = message.Status ?? "",
            Side = side,
            Type = BinanceWords.LinearType(type),
            RawType = type ?? "",
            TimeInForce = BinanceWords.Time(message.TimeInForce),
            PostOnly = message.TimeInForce == "GTX",
            ReduceOnly = message.ReduceOnly,
            Quantity = message.Quantity,
            Executed = message.Cumulative,
            ExecutedQuote = average * message.Cumulative,
            Trigger = BinanceWords.Price(message.StopPrice),
            Price = BinanceWords.Price(message.Price),
            AveragePrice = average,
            Updated = time,
        };
        return new OrderUpdate(time, venueMade ? OrderUpdateKind.Liquidation : KindOf(message.ExecutionType, isFill), order)
        {
            Trade = isFill ? TradeOf(message, side) : null,
            ParentId = message.ParentId > 0 ? message.ParentId : null,
            IsVenueMade = venueMade,
        };
    }

    public static OrderUpdate Of(AlgoEventMessage message, Timestamp time)
    {
        OrderUpdateKind kind = message.Status switch
        {
            "NEW" => OrderUpdateKind.Accepted,
            "TRIGGERING" or "TRIGGERED" => OrderUpdateKind.Triggered,
            "CANCELED" => OrderUpdateKind.Canceled,
            "REJECTED" => OrderUpdateKind.Rejected,
            "EXPIRED" => OrderUpdateKind.Expired,
            _ => OrderUpdateKind.Other,
        };
        VenueOrder order = new()
        {
            Symbol = message.Symbol,
            ClientId = message.ClientId ?? "",
            VenueId = message.AlgoId,
            Status = BinanceWords.AlgoStatus(message.Status),
            RawStatus = message.Status ?? "",
            Side = BinanceWords.Side(message.Side),
            Type = BinanceWords.LinearType(message.Type),
            RawType = message.Type ?? "",
            ReduceOnly = message.ReduceOnly,
            Quantity = message.Quantity ?? 0,
            Price = BinanceWords.Price(message.Price),
            Trigger = BinanceWords.Price(message.Trigger),
            Updated = time,
            IsConditional = true,
            ChildId = OrderMapping.IdOf(message.ChildId),
        };
        return new OrderUpdate(time, kind, order) { Reason = message.Reason ?? "" };
    }

    public static IReadOnlyList<AccountEvent> Of(AccountUpdateMessage message)
    {
        Timestamp time = Timestamp.FromUnixMilliseconds(message.Time);
        List<AccountEvent> events = [];
        if (message.Change is { Balances.Count: > 0 } wallets)
        {
            events.Add(new WalletsChanged(time, [.. wallets.Balances.Select(b => (new Asset(b.Asset), b.Wallet, b.Change))], wallets.Cause ?? "") { IsFunding = wallets.Cause == "FUNDING_FEE" });
        }

        if (message.Change is { Positions.Count: > 0 } change)
        {
            events.Add(new PositionsChanged(time, [.. change.Positions.Select(p => PositionOf(p, time))]));
        }

        return events;
    }

    public static OrderUpdate Of(TradeLiteMessage message)
    {
        OrderSide side = BinanceWords.Side(message.Side) ?? throw new ArgumentException($"side {message.Side}");
        Timestamp time = Timestamp.FromUnixMilliseconds(message.Time);
        VenueOrder order = new()
        {
            Symbol = message.Symbol,
            ClientId = message.ClientId ?? "",
            VenueId = message.OrderId,
            Status = VenueOrderStatus.Unknown,
            Side = side,
            Quantity = message.Quantity,
            Price = BinanceWords.Price(message.Price),
            Updated = time,
        };
        return new OrderUpdate(time, OrderUpdateKind.Traded, order)
        {
            IsPartial = true,
            Trade = new OwnTrade
            {
                Symbol = message.Symbol,
                TradeId = message.TradeId,
                OrderId = message.OrderId,
                Side = side,
                Price = message.LastPrice,
                Quantity = message.LastQuantity,
                Quote = message.LastPrice * message.LastQuantity,
                IsMaker = message.IsMaker,
                Time = time,
            },
        };
    }

    public static MarginWarning Of(MarginCallMessage message, Timestamp received) => new(received, [.. message.Positions.Select(p => p.Symbol)]);

    public static IReadOnlyList<AccountEvent> Of(AccountConfigUpdateMessage message) => message.Leverage is { } change
        ? [new LeverageChanged(Timestamp.FromUnixMilliseconds(message.Time), change.Symbol, change.Leverage)]
        : [];

    public static IReadOnlyList<AccountEvent> Of(TriggerRejectMessage message) => message.Order is not { } order ? [] :
    [
        new OrderUpdate(Timestamp.FromUnixMilliseconds(message.Time), OrderUpdateKind.Rejected, new VenueOrder
        {
            Symbol = order.Symbol,
            ClientId = "",
            VenueId = order.OrderId,
            Status = VenueOrderStatus.Rejected,
        })
        {
            Reason = order.Reason ?? "",
        },
    ];

    private static OrderUpdateKind KindOf(string? word, bool isFill) => word switch
    {
        "NEW" => OrderUpdateKind.Accepted,
        "TRADE" or "CALCULATED" => isFill ? OrderUpdateKind.Traded : OrderUpdateKind.Other,
        "CANCELED" => OrderUpdateKind.Canceled,
        "REPLACED" or "AMENDMENT" => OrderUpdateKind.Amended,
        "EXPIRED" => OrderUpdateKind.Expired,
        "REJECTED" => OrderUpdateKind.Rejected,
        _ => OrderUpdateKind.Other,
    };

    private static OwnTrade TradeOf(ExecutionReportMessage message, OrderSide side) => new()
    {
        Symbol = message.Symbol,
        TradeId = message.TradeId,
        OrderId = message.OrderId,
        Side = side,
        Price = message.LastPrice,
        Quantity = message.LastQuantity,
        Quote = message.LastQuote ?? message.LastPrice * message.LastQuantity,
        Fee = message.Commission ?? 0,
        FeeAsset = BinanceWords.AssetOf(message.CommissionAsset),
        IsMaker = message.IsMaker,
        Time = Timestamp.FromUnixMilliseconds(message.Time),
    };

    private static OwnTrade TradeOf(LinearOrderEventMessage message, OrderSide side) => new()
    {
        Symbol = message.Symbol,
        TradeId = message.TradeId,
        OrderId = message.OrderId,
        Side = side,
        Price = message.LastPrice,
        Quantity = message.LastQuantity,
        Quote = message.LastPrice * message.LastQuantity,
        Fee = message.Commission ?? 0,
        FeeAsset = BinanceWords.AssetOf(message.CommissionAsset),
        IsMaker = message.IsMaker,
        Time = Timestamp.FromUnixMilliseconds(message.Time),
        RealizedPnl = message.RealizedPnl,
    };

    private static VenuePosition PositionOf(PositionChangeMessage message, Timestamp time) => new()
    {
        Symbol = message.Symbol,
        Side = BinanceWords.PositionSideOf(message.PositionSide),
        Quantity = message.Quantity,
        EntryPrice = message.EntryPrice,
        UnrealizedPnl = message.UnrealizedPnl,
        IsIsolated = message.MarginType is null ? null : message.MarginType == "isolated",
        Updated = time,
    };
}
