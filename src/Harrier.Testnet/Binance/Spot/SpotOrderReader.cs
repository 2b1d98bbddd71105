using Harrier.Testnet.Binance.Shared;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Binance.Spot;

/// <summary>How much of a new order the answer shows.</summary>
internal enum SpotAnswer : byte
{
    /// <summary>Only its ids.</summary>
    Ack,

    /// <summary>All but its fills.</summary>
    Result,

    /// <summary>All.</summary>
    Full,
}

/// <summary>Reads new orders by the venue's rules for each type.</summary>
/// <param name="market">The market.</param>
internal sealed class SpotOrderReader(SpotMarket market)
{
    /// <summary>Reads the parameters of a new order; faults are left in the call.</summary>
    /// <param name="call">The request.</param>
    /// <param name="answer">How much the answer shows.</param>
    public NewOrder Read(ApiCall call, out SpotAnswer answer)
    {
        ApiParameters parameters = call.Parameters;
        ListedInstrument? instrument = market.Instrument(call);
        string side = parameters.Required("side");
        if (side is not ("BUY" or "SELL") && side.Length > 0)
        {
            parameters.Fail(ApiFault.Bad(-1117, "Invalid side."));
        }

        string word = parameters.Required("type");
        ExchangeOrderType? type = SpotWords.TypeOf(word);
        if (type is null && word.Length > 0)
        {
            parameters.Fail(ApiFault.Bad(-1116, "Invalid orderType."));
        }

        ExchangeOrderType known = type ?? ExchangeOrderType.Limit;
        NewOrder order = new()
        {
            Symbol = instrument?.Symbol ?? "",
            IsSell = side == "SELL",
            Type = known,
            TimeInForce = TimeInForce(parameters, known),
            Price = Price(parameters, known),
            StopPrice = parameters.Decimal("stopPrice") ?? 0,
            TrailingDeltaBps = (int)Math.Min(100_000, parameters.Integer("trailingDelta") ?? 0),
            IcebergQuantity = parameters.Decimal("icebergQty") ?? 0,
            ClientId = parameters.ClientId("newClientOrderId") ?? "",
            Stp = Prevention(parameters),
            Quantity = parameters.Decimal("quantity") ?? 0,
            QuoteQuantity = parameters.Decimal("quoteOrderQty") ?? 0,
        };
        Check(parameters, order, known);
        Tags(parameters);
        answer = Answer(parameters, known);
        return order;
    }

    private static bool IsConditional(ExchangeOrderType type) =>
        type is ExchangeOrderType.StopLoss or ExchangeOrderType.StopLossLimit or ExchangeOrderType.TakeProfit or ExchangeOrderType.TakeProfitLimit;

    private static ExchangeTimeInForce TimeInForce(ApiParameters parameters, ExchangeOrderType type)
    {
        string? word = parameters.Text("timeInForce");
        bool isWanted = type is ExchangeOrderType.Limit or ExchangeOrderType.StopLossLimit or ExchangeOrderType.TakeProfitLimit;
        if (isWanted && word is null)
        {
            parameters.Fail(ApiFault.Missing("timeInForce"));
        }
        else if (!isWanted && word is not null)
        {
            parameters.Fail(ApiFault.NotRequired("timeInForce"));
        }

        if (word is { Length: > 0 } && SpotWords.TimeInForceOf(word) is null)
        {
            parameters.Fail(ApiFault.Bad(-1115, "Invalid timeInForce."));
        }

        return SpotWords.TimeInForceOf(word ?? "GTC") ?? ExchangeTimeInForce.GTC;
    }

    private static decimal Price(ApiParameters parameters, ExchangeOrderType type)
    {
        if (type is ExchangeOrderType.Market or ExchangeOrderType.StopLoss or ExchangeOrderType.TakeProfit)
        {
            if (parameters.Has("price"))
            {
                parameters.Fail(ApiFault.NotRequired("price"));
            }

            return 0;
        }

        return parameters.RequiredDecimal("price");
    }

    private static SelfTradePrevention Prevention(ApiParameters parameters)
    {
        string word = parameters.Text("selfTradePreventionMode") ?? SpotWords.DefaultSelfTrade;
        if (SpotWords.SelfTradeOf(word) is { } prevention)
        {
            return prevention;
        }

        parameters.Fail(ApiFault.BadValue("selfTradePreventionMode"));
        return SelfTradePrevention.None;
    }

    private static void Check(ApiParameters parameters, in NewOrder order, ExchangeOrderType type)
    {
        bool hasQuantity = parameters.Has("quantity");
        bool hasQuote = parameters.Has("quoteOrderQty");
        if (type == ExchangeOrderType.Market && hasQuantity == hasQuote)
        {
            parameters.Fail(hasQuantity ? ApiFault.BadCombination : ApiFault.Bad(-1102, "Param 'quantity' or 'quoteOrderQty' must be sent, but both were empty/null!"));
        }
        else if (type != ExchangeOrderType.Market && hasQuote)
        {
            parameters.Fail(ApiFault.NotRequired("quoteOrderQty"));
        }
        else if (type != ExchangeOrderType.Market && !hasQuantity)
        {
            parameters.Fail(ApiFault.Missing("quantity"));
        }

        if (IsConditional(type))
        {
            if (order.StopPrice == 0 && order.TrailingDeltaBps == 0)
            {
                parameters.Fail(ApiFault.Bad(-1102, "Param 'stopPrice' or 'trailingDelta' must be sent, but both were empty/null!"));
            }
        }
        else if (parameters.Has("stopPrice") || parameters.Has("trailingDelta"))
        {
            parameters.Fail(ApiFault.NotRequired(parameters.Has("stopPrice") ? "stopPrice" : "trailingDelta"));
        }
    }

    // Tags of a strategy are checked and not kept.
    private static void Tags(ApiParameters parameters)
    {
        _ = parameters.Integer("strategyId");
        if (parameters.Integer("strategyType") is < 1_000_000)
        {
            parameters.Fail(ApiFault.BadValue("strategyType"));
        }
    }

    private static SpotAnswer Answer(ApiParameters parameters, ExchangeOrderType type)
    {
        switch (parameters.Text("newOrderRespType"))
        {
            case null:
                return type is ExchangeOrderType.Market or ExchangeOrderType.Limit ? SpotAnswer.Full : SpotAnswer.Ack;
            case "ACK":
                return SpotAnswer.Ack;
            case "RESULT":
                return SpotAnswer.Result;
            case "FULL":
                return SpotAnswer.Full;
            default:
                parameters.Fail(ApiFault.BadValue("newOrderRespType"));
                return SpotAnswer.Full;
        }
    }
}
