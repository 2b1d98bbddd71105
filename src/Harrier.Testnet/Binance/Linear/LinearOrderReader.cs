using Harrier.Domain;
using Harrier.Testnet.Binance.Shared;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Binance.Linear;

/// <summary>Orders as requests ask for them. What is wrong stays in the parameters' <see cref="ApiParameters.Fault"/>.</summary>
internal static class LinearOrderReader
{
    private static readonly ApiFault _badSide = ApiFault.Bad(-1117, "Invalid side.");
    private static readonly ApiFault _badType = ApiFault.Bad(-1116, "Invalid orderType.");
    private static readonly ApiFault _badTimeInForce = ApiFault.Bad(-1115, "Invalid timeInForce.");
    private static readonly ApiFault _badWorkingType = ApiFault.Bad(-4115, "Invalid working type.");
    private static readonly ApiFault _badTrailing = ApiFault.Bad(-2007, "Invalid callBack rate.");
    private static readonly ApiFault _badGoodTill = ApiFault.Bad(-5038, "The goodTillDate timestamp must be greater than the current time plus 600 seconds and smaller than 253402300799000");

    /// <summary>A plain order. Conditional kinds are refused: they have endpoints of their own.</summary>
    public static NewOrder Plain(ApiParameters request, Timestamp now)
    {
        string type = request.Required("type");
        if (LinearWords.AlgoTypeOf(type) is not null)
        {
            request.Fail(LinearFaults.UseAlgo);
        }
        else if (request.Fault is null && type is not ("LIMIT" or "MARKET"))
        {
            request.Fail(_badType);
        }

        bool isLimit = type == "LIMIT";
        NewOrder order = Common(request) with
        {
            Type = isLimit ? ExchangeOrderType.Limit : ExchangeOrderType.Market,
            TimeInForce = isLimit ? TimeInForce(request, isRequired: true) : ExchangeTimeInForce.GTC,
            Quantity = request.RequiredDecimal("quantity"),
            Price = isLimit ? request.RequiredDecimal("price") : 0,
            ClientId = request.ClientId("newClientOrderId") ?? "",
        };
        return WithEnd(request, order, now);
    }

    /// <summary>A conditional order.</summary>
    public static NewOrder Conditional(ApiParameters request, Timestamp now)
    {
        if (request.Required("algoType") != "CONDITIONAL")
        {
            request.Fail(ApiFault.BadValue("algoType"));
        }

        string word = request.Required("type");
        if (LinearWords.AlgoTypeOf(word) is not { } type)
        {
            request.Fail(_badType);
            return default;
        }

        bool isLimit = type is ExchangeOrderType.StopLossLimit or ExchangeOrderType.TakeProfitLimit;
        bool closes = request.Flag("closePosition") ?? false;
        string working = request.Text("workingType") ?? "CONTRACT_PRICE";
        if (working is not ("CONTRACT_PRICE" or "MARK_PRICE"))
        {
            request.Fail(_badWorkingType);
        }

        NewOrder order = Common(request) with
        {
            Type = type,
            TimeInForce = TimeInForce(request, isRequired: false),
            Quantity = closes ? 0 : request.RequiredDecimal("quantity"),
            Price = isLimit ? request.RequiredDecimal("price") : 0,
            ClosePosition = closes,
            TriggerByMark = working == "MARK_PRICE",
            ClientId = request.ClientId("clientAlgoId") ?? "",
        };
        order = type == ExchangeOrderType.TrailingStop ? Trailing(request, order) : order with { StopPrice = request.RequiredDecimal("triggerPrice") };
        return WithEnd(request, order, now);
    }

    /// <summary>Which order is meant.</summary>
    public static OrderKey Key(ApiParameters request)
    {
        string symbol = request.Required("symbol");
        long? id = request.Integer("orderId");
        string? client = request.Text("origClientOrderId");
        if (id is null && client is null)
        {
            request.Fail(ApiFault.Bad(-1102, "Either orderId or origClientOrderId must be sent."));
        }

        return new OrderKey(symbol, id, client);
    }

    private static NewOrder Common(ApiParameters request)
    {
        string side = request.Required("side");
        if (request.Fault is null && side is not ("BUY" or "SELL"))
        {
            request.Fail(_badSide);
        }

        if (request.Text("positionSide") is { } position && position != "BOTH")
        {
            request.Fail(LinearFaults.PositionSide);
        }

        string mode = request.Text("selfTradePreventionMode") ?? "EXPIRE_MAKER";
        if (LinearWords.SelfTradeOf(mode) is not { } stp)
        {
            request.Fail(ApiFault.BadValue("selfTradePreventionMode"));
            stp = SelfTradePrevention.ExpireMaker;
        }

        return new NewOrder
        {
            Symbol = request.Required("symbol"),
            IsSell = side == "SELL",
            ReduceOnly = request.Flag("reduceOnly") ?? false,
            Stp = stp,
        };
    }

    private static ExchangeTimeInForce TimeInForce(ApiParameters request, bool isRequired)
    {
        string word = isRequired ? request.Required("timeInForce") : request.Text("timeInForce") ?? "GTC";
        if (LinearWords.TimeInForceOf(word) is { } found)
        {
            return found;
        }

        request.Fail(_badTimeInForce);
        return ExchangeTimeInForce.GTC;
    }

    private static NewOrder Trailing(ApiParameters request, in NewOrder order)
    {
        decimal percent = request.RequiredDecimal("callbackRate");
        if (request.Fault is null && percent is < 0.1m or > 10)
        {
            request.Fail(_badTrailing);
            return order;
        }

        return order with { TrailingDeltaBps = (int)(percent * 100), StopPrice = request.Decimal("activatePrice") ?? 0 };
    }

    private static NewOrder WithEnd(ApiParameters request, in NewOrder order, Timestamp now)
    {
        long? until = request.Integer("goodTillDate");
        if (order.TimeInForce != ExchangeTimeInForce.GTD)
        {
            return order;
        }

        if (until is not { } end || Timestamp.FromUnixMilliseconds(end) - now <= TimeSpan.FromSeconds(600))
        {
            request.Fail(_badGoodTill);
            return order;
        }

        return order with { GoodTill = Timestamp.FromUnixMilliseconds(end) };
    }
}
