using Harrier.Testnet.Bybit.Requests;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Bybit.Trading;

/// <summary>An order as asked for.</summary>
/// <param name="Order">What the exchange is asked.</param>
/// <param name="Note">What the venue remembers besides.</param>
internal readonly record struct BybitAsked(NewOrder Order, BybitNote Note);

/// <summary>Reads new orders.</summary>
internal static class BybitOrderReader
{
    private const int LongestLinkId = 36;
    private const int Rising = 1;
    private const int Falling = 2;

    private static readonly System.Buffers.SearchValues<char> _linkIdLetters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Reads an order; the fault is in the parameters.</summary>
    public static BybitAsked Read(BybitMarket market, BybitParameters parameters)
    {
        string symbol = parameters.Required("symbol");
        bool isSell = OneOf(parameters, "side", ("Buy", false), ("Sell", true));
        bool isMarket = OneOf(parameters, "orderType", ("Limit", false), ("Market", true));
        decimal quantity = parameters.Decimal("qty") ?? 0;
        if (!parameters.Has("qty") || quantity < 0)
        {
            parameters.Fail(BybitFault.Missing("qty"));
        }

        decimal stop = parameters.Decimal("triggerPrice") ?? 0;
        ListedInstrument? instrument = market.Find(symbol);
        NewOrder order = new()
        {
            Symbol = symbol,
            IsSell = isSell,
            Type = stop > 0 ? StopType(market, instrument, parameters, (isSell, isMarket, stop)) : isMarket ? ExchangeOrderType.Market : ExchangeOrderType.Limit,
            TimeInForce = TimeInForce(parameters, isMarket),
            Price = isMarket ? 0 : Price(parameters),
            StopPrice = stop,
            TriggerByMark = ByMark(parameters, "triggerBy"),
            ClientId = LinkId(parameters, market.IsSpot),
            ReduceOnly = !market.IsSpot && parameters.Flag("reduceOnly"),
            ClosePosition = !market.IsSpot && stop > 0 && parameters.Flag("closeOnTrigger") && quantity == 0,
            Stp = SelfTrade(parameters),
        };
        ReviewModes(market, parameters);
        bool isByQuote = market.IsSpot && isMarket && IsByQuote(parameters, isSell);
        if (isByQuote && stop > 0)
        {
            parameters.Fail(BybitFault.NotOffered("a conditional order sized in quote coin"));
        }

        order = isByQuote ? order with { QuoteQuantity = quantity } : order with { Quantity = quantity };
        return new BybitAsked(order, Note(market, instrument, parameters));
    }

    /// <summary>Whether a trigger looks at the mark price.</summary>
    public static bool ByMark(BybitParameters parameters, string name)
    {
        switch (parameters.Text(name))
        {
            case null or "LastPrice":
                return false;
            case "MarkPrice":
                return true;
            case "IndexPrice":
                parameters.Fail(BybitFault.NotOffered(name + " IndexPrice"));
                return false;
            default:
                parameters.Fail(BybitFault.Invalid(name));
                return false;
        }
    }

    private static bool OneOf(BybitParameters parameters, string name, (string Text, bool Value) first, (string Text, bool Value) second)
    {
        string text = parameters.Required(name);
        if (text != first.Text && text != second.Text)
        {
            parameters.Fail(BybitFault.Invalid(name));
        }

        return text == second.Text ? second.Value : first.Value;
    }

    private static decimal Price(BybitParameters parameters)
    {
        if (parameters.Decimal("price") is > 0 and decimal price)
        {
            return price;
        }

        parameters.Fail(BybitFault.Missing("price"));
        return 0;
    }

    private static ExchangeOrderType StopType(BybitMarket market, ListedInstrument? instrument, BybitParameters parameters, (bool IsSell, bool IsMarket, decimal Stop) asked)
    {
        bool rises = asked.Stop >= (instrument?.LastPrice ?? 0);
        if (!market.IsSpot)
        {
            // Spot reads the direction off the last price; contracts have to be told.
            long? direction = parameters.Integer("triggerDirection");
            if (direction is not (Rising or Falling))
            {
                parameters.Fail(BybitFault.Parameter("TriggerDirection invalid."));
            }

            rises = direction == Rising;
        }

        return (rises != asked.IsSell, asked.IsMarket) switch
        {
            (true, true) => ExchangeOrderType.StopLoss,
            (true, false) => ExchangeOrderType.StopLossLimit,
            (false, true) => ExchangeOrderType.TakeProfit,
            _ => ExchangeOrderType.TakeProfitLimit,
        };
    }

    private static ExchangeTimeInForce TimeInForce(BybitParameters parameters, bool isMarket)
    {
        switch (parameters.Text("timeInForce"))
        {
            case null or "GTC":
                return ExchangeTimeInForce.GTC;
            case "IOC":
                return ExchangeTimeInForce.IOC;
            case "FOK":
                return ExchangeTimeInForce.FOK;
            case "PostOnly" when !isMarket:
                return ExchangeTimeInForce.PostOnly;
            default:
                parameters.Fail(BybitFault.Invalid("timeInForce"));
                return default;
        }
    }

    private static string LinkId(BybitParameters parameters, bool isSpot)
    {
        string id = parameters.Text("orderLinkId") ?? "";
        if (id.Length > LongestLinkId || id.AsSpan().ContainsAnyExcept(_linkIdLetters))
        {
            parameters.Fail(isSpot ? new BybitFault(170130, "Data sent for parameter 'orderLinkId' is not valid.") : BybitFault.Invalid("OrderLinkId"));
        }

        return id;
    }

    private static SelfTradePrevention SelfTrade(BybitParameters parameters)
    {
        switch (parameters.Text("smpType"))
        {
            case null or "None":
                return SelfTradePrevention.None;
            case "CancelMaker":
                return SelfTradePrevention.ExpireMaker;
            case "CancelTaker":
                return SelfTradePrevention.ExpireTaker;
            case "CancelBoth":
                return SelfTradePrevention.ExpireBoth;
            default:
                parameters.Fail(BybitFault.Invalid("smpType"));
                return default;
        }
    }

    private static bool IsByQuote(BybitParameters parameters, bool isSell)
    {
        switch (parameters.Text("marketUnit"))
        {
            case null:
                return !isSell;
            case "quoteCoin":
                return true;
            case "baseCoin":
                return false;
            default:
                parameters.Fail(BybitFault.Invalid("marketUnit"));
                return false;
        }
    }

    private static void ReviewModes(BybitMarket market, BybitParameters parameters)
    {
        if (parameters.Integer("positionIdx") is not (null or 0))
        {
            parameters.Fail(BybitFault.Parameter("position idx not match position mode"));
        }

        if (market.IsSpot && parameters.Flag("isLeverage"))
        {
            parameters.Fail(BybitFault.NotOffered("margin trading on spot"));
        }

        if (parameters.Has("slippageTolerance"))
        {
            parameters.Fail(BybitFault.NotOffered("slippageTolerance"));
        }

        if (parameters.Text("orderFilter") is { } filter && filter is not ("Order" or "tpslOrder" or "StopOrder"))
        {
            parameters.Fail(BybitFault.Invalid("orderFilter"));
        }
    }

    private static BybitNote Note(BybitMarket market, ListedInstrument? instrument, BybitParameters parameters)
    {
        decimal takeProfit = parameters.Decimal("takeProfit") ?? 0;
        decimal stopLoss = parameters.Decimal("stopLoss") ?? 0;
        if (takeProfit > 0 || stopLoss > 0)
        {
            if (market.IsSpot)
            {
                parameters.Fail(BybitFault.NotOffered("take profit and stop loss on a spot order"));
            }

            if (parameters.Flag("reduceOnly"))
            {
                parameters.Fail(BybitFault.Parameter("reduceOnly orders cannot have take profit or stop loss"));
            }

            if (parameters.Text("tpslMode") == "Partial")
            {
                parameters.Fail(BybitFault.NotOffered("tpslMode Partial"));
            }
        }

        return new BybitNote
        {
            StopOrderType = parameters.Text("orderFilter") == "tpslOrder" && parameters.Has("triggerPrice") ? "tpslOrder" : "",
            TakeProfit = takeProfit,
            StopLoss = stopLoss,
            TakeProfitByMark = ByMark(parameters, "tpTriggerBy"),
            StopLossByMark = ByMark(parameters, "slTriggerBy"),
            LastPrice = instrument?.LastPrice ?? 0,
        };
    }
}
