using System.Text.Json;
using Harrier.Domain;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Binance.Spot;

/// <summary>What happened to an order.</summary>
/// <param name="Order">The order in its new state.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Fill">The fill of a trade.</param>
/// <param name="Reason">Why the exchange ended it.</param>
internal readonly record struct SpotExecution(ExchangeOrder Order, OrderEventKind Kind, ExchangeFill? Fill, string? Reason)
{
    /// <value>The venue's time.</value>
    public Timestamp Now { get; init; }

    /// <value>Id of the execution.</value>
    public long Id { get; init; }
}

/// <summary>Events of accounts.</summary>
internal static class SpotEvents
{
    /// <summary><c>executionReport</c>.</summary>
    public static void WriteExecution(Utf8JsonWriter json, in SpotExecution execution)
    {
        ExchangeOrder order = execution.Order;
        NewOrder terms = order.Terms;
        json.WriteStartObject();
        json.WriteString("e"u8, "executionReport"u8);
        json.WriteNumber("E"u8, execution.Now.UnixMilliseconds);
        json.WriteString("s"u8, order.Instrument.Symbol);
        json.WriteString("c"u8, order.ClientId);
        json.WriteString("S"u8, SpotWords.Side(terms.IsSell));
        json.WriteString("o"u8, SpotWords.Type(terms));
        json.WriteString("f"u8, SpotWords.TimeInForce(terms));
        json.WriteFixed("q"u8, order.Quantity);
        json.WriteFixed("p"u8, order.Price);
        json.WriteFixed("P"u8, terms.StopPrice);
        json.WriteFixed("F"u8, terms.IcebergQuantity);
        json.WriteNumber("g"u8, -1);
        json.WriteString("C"u8, order.OriginalClientId);
        json.WriteString("x"u8, SpotWords.Execution(execution.Kind));
        json.WriteString("X"u8, SpotWords.Status(order.Status));
        json.WriteString("r"u8, execution.Kind == OrderEventKind.Rejected ? execution.Reason ?? "NONE" : "NONE");
        json.WriteNumber("i"u8, order.Id);
        WriteFill(json, execution);
        json.WriteBoolean("w"u8, order.IsOpen && order.IsWorking);
        json.WriteBoolean("m"u8, execution.Fill is { IsMaker: true });
        json.WriteBoolean("M"u8, false);
        json.WriteNumber("O"u8, order.Created.UnixMilliseconds);
        json.WriteFixed("Z"u8, order.ExecutedQuote);
        json.WriteFixed("Y"u8, execution.Fill?.QuoteQuantity ?? 0);
        json.WriteFixed("Q"u8, terms.QuoteQuantity);
        if (order.IsWorking)
        {
            json.WriteNumber("W"u8, order.WorkingSince.UnixMilliseconds);
        }

        json.WriteString("V"u8, SpotWords.SelfTrade(terms.Stp));
        WriteConditional(json, execution);
        json.WriteEndObject();
    }

    /// <summary><c>outboundAccountPosition</c>.</summary>
    public static void WritePosition(Utf8JsonWriter json, IReadOnlyList<AssetBalance> changed, Timestamp now)
    {
        json.WriteStartObject();
        json.WriteString("e"u8, "outboundAccountPosition"u8);
        json.WriteNumber("E"u8, now.UnixMilliseconds);
        json.WriteNumber("u"u8, now.UnixMilliseconds);
        json.WriteStartArray("B"u8);
        for (int i = 0; i < changed.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("a"u8, changed[i].Asset);
            json.WriteFixed("f"u8, changed[i].Free);
            json.WriteFixed("l"u8, changed[i].Locked);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary><c>balanceUpdate</c>.</summary>
    public static void WriteTransfer(Utf8JsonWriter json, string asset, decimal amount, Timestamp now)
    {
        json.WriteStartObject();
        json.WriteString("e"u8, "balanceUpdate"u8);
        json.WriteNumber("E"u8, now.UnixMilliseconds);
        json.WriteString("a"u8, asset);
        json.WriteFixed("d"u8, amount);
        json.WriteNumber("T"u8, now.UnixMilliseconds);
        json.WriteEndObject();
    }

    /// <summary><c>eventStreamTerminated</c>.</summary>
    public static void WriteTerminated(Utf8JsonWriter json, Timestamp now)
    {
        json.WriteStartObject();
        json.WriteString("e"u8, "eventStreamTerminated"u8);
        json.WriteNumber("E"u8, now.UnixMilliseconds);
        json.WriteEndObject();
    }

    private static void WriteFill(Utf8JsonWriter json, in SpotExecution execution)
    {
        ExchangeFill? fill = execution.Fill;
        json.WriteFixed("l"u8, fill?.Quantity ?? 0);
        json.WriteFixed("z"u8, execution.Order.Executed);
        json.WriteFixed("L"u8, fill?.Price ?? 0);
        if (fill is null)
        {
            json.WriteString("n"u8, "0"u8);
            json.WriteNull("N"u8);
        }
        else
        {
            json.WriteFixed("n"u8, fill.Fee);
            json.WriteString("N"u8, fill.FeeAsset);
        }

        json.WriteNumber("T"u8, (fill?.Time ?? execution.Order.Updated).UnixMilliseconds);
        json.WriteNumber("t"u8, fill?.TradeId ?? -1);
        json.WriteNumber("I"u8, execution.Id);
    }

    private static void WriteConditional(Utf8JsonWriter json, in SpotExecution execution)
    {
        ExchangeOrder order = execution.Order;
        if (order.Terms.TrailingDeltaBps > 0)
        {
            json.WriteNumber("d"u8, order.Terms.TrailingDeltaBps);
        }

        if (execution.Kind == OrderEventKind.TradePrevention)
        {
            json.WriteFixed("A"u8, order.Prevented);
            json.WriteFixed("B"u8, order.Prevented);
        }

        if (execution.Kind == OrderEventKind.Expired && execution.Reason is { } reason)
        {
            json.WriteString("eR"u8, reason);
        }
    }
}
