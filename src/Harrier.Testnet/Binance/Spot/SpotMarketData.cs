using System.Text.Json;
using Harrier.Domain;
using Harrier.Testnet.Binance.Shared;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Markets;

namespace Harrier.Testnet.Binance.Spot;

/// <summary>Public data: time, books, trades, candles.</summary>
/// <param name="market">The market.</param>
internal sealed class SpotMarketData(SpotMarket market)
{
    private const int MaxDepth = 5000;
    private const int MaxRows = 1000;

    /// <summary><c>ping</c>.</summary>
    public static ApiFault? Ping(ApiCall call)
    {
        if (call.Parameters.Finish() is { } fault)
        {
            return fault;
        }

        call.Json.WriteStartObject();
        call.Json.WriteEndObject();
        return null;
    }

    /// <summary><c>time</c>.</summary>
    public static ApiFault? Time(ApiCall call)
    {
        if (call.Parameters.Finish() is { } fault)
        {
            return fault;
        }

        call.Json.WriteStartObject();
        call.Json.WriteNumber("serverTime"u8, call.TimeOf(call.Now));
        call.Json.WriteEndObject();
        return null;
    }

    /// <summary>Cost of a book.</summary>
    public static int DepthWeight(ApiParameters parameters) => int.TryParse(parameters.Peek("limit"), out int limit)
        ? limit switch { <= 100 => 5, <= 500 => 25, <= 1000 => 50, _ => 250 }
        : 5;

    /// <summary><c>depth</c>.</summary>
    public ApiFault? Depth(ApiCall call)
    {
        ListedInstrument? instrument = market.Instrument(call);
        int limit = call.Parameters.Limit("limit", 100, MaxDepth);
        if (call.Parameters.Finish() is { } fault || instrument is null)
        {
            return call.Parameters.Fault;
        }

        DepthView depth = market.Core.Depth(instrument.Symbol, limit);
        call.Json.WriteStartObject();
        WriteDepth(call.Json, depth);
        call.Json.WriteEndObject();
        return null;
    }

    /// <summary>Members of a snapshot.</summary>
    public static void WriteDepth(Utf8JsonWriter json, DepthView depth)
    {
        json.WriteNumber("lastUpdateId"u8, depth.LastUpdateId);
        json.WriteStartArray("bids"u8);
        WriteLevels(json, depth.Bids);
        json.WriteEndArray();
        json.WriteStartArray("asks"u8);
        WriteLevels(json, depth.Asks);
        json.WriteEndArray();
    }

    /// <summary>Levels as pairs of price and quantity.</summary>
    public static void WriteLevels(Utf8JsonWriter json, IReadOnlyList<DepthLevel> levels)
    {
        for (int i = 0; i < levels.Count; i++)
        {
            json.WriteStartArray();
            json.WriteFixedValue(levels[i].Price);
            json.WriteFixedValue(levels[i].Quantity);
            json.WriteEndArray();
        }
    }

    /// <summary><c>trades</c>.</summary>
    public ApiFault? Trades(ApiCall call) => Trades(call, isHistorical: false);

    /// <summary><c>historicalTrades</c>.</summary>
    public ApiFault? HistoricalTrades(ApiCall call) => Trades(call, isHistorical: true);

    /// <summary><c>aggTrades</c>.</summary>
    public ApiFault? AggregateTrades(ApiCall call)
    {
        ListedInstrument? instrument = market.Instrument(call);
        int limit = call.Parameters.Limit("limit", 500, MaxRows);
        long? fromId = call.Parameters.Integer("fromId");
        Timestamp? start = call.TimeParameter("startTime");
        Timestamp? end = call.TimeParameter("endTime");
        if (fromId is not null && (start is not null || end is not null))
        {
            call.Parameters.Fail(ApiFault.BadCombination);
        }

        if (call.Parameters.Finish() is { } fault || instrument is null)
        {
            return call.Parameters.Fault;
        }

        IReadOnlyList<AggregateTrade> all = market.Tape.Of(instrument);
        List<AggregateTrade> wanted = [.. all.Where(t => (fromId is null || t.Id >= fromId) && (start is null || t.Time >= start) && (end is null || t.Time <= end))];
        bool isFromStart = fromId is not null || start is not null;
        int skip = isFromStart ? 0 : Math.Max(0, wanted.Count - limit);
        call.Json.WriteStartArray();
        foreach (AggregateTrade trade in wanted.Skip(skip).Take(limit))
        {
            call.Json.WriteStartObject();
            WriteAggregate(call.Json, trade, call.TimeOf(trade.Time));
            call.Json.WriteEndObject();
        }

        call.Json.WriteEndArray();
        return null;
    }

    /// <summary>Members of an aggregate, the same by request and by stream.</summary>
    public static void WriteAggregate(Utf8JsonWriter json, in AggregateTrade trade, long time)
    {
        json.WriteNumber("a"u8, trade.Id);
        json.WriteFixed("p"u8, trade.Price);
        json.WriteFixed("q"u8, trade.Quantity);
        json.WriteNumber("f"u8, trade.FirstId);
        json.WriteNumber("l"u8, trade.LastId);
        json.WriteNumber("T"u8, time);
        json.WriteBoolean("m"u8, trade.IsSell);
        json.WriteBoolean("M"u8, true);
    }

    /// <summary><c>klines</c> and <c>uiKlines</c>.</summary>
    public ApiFault? Klines(ApiCall call)
    {
        ListedInstrument? instrument = market.Instrument(call);
        string name = call.Parameters.Required("interval");
        int limit = call.Parameters.Limit("limit", 500, MaxRows);
        Timestamp? start = call.TimeParameter("startTime");
        Timestamp? end = call.TimeParameter("endTime");

        // Only UTC: no client of the built-in exchange has asked for another zone.
        if (call.Parameters.Text("timeZone") is not (null or "0" or "00:00" or "+00:00"))
        {
            call.Parameters.Fail(ApiFault.BadValue("timeZone"));
        }

        CandleInterval? interval = CandleInterval.Find(name);
        if (interval is null && name.Length > 0)
        {
            call.Parameters.Fail(ApiFault.Bad(-1120, "Invalid interval."));
        }

        if (call.Parameters.Finish() is { } fault || instrument is null || interval is null)
        {
            return call.Parameters.Fault;
        }

        call.Json.WriteStartArray();
        foreach (Candle candle in market.Facts.Candles.Candles(instrument.Symbol, interval, new CandleRange(start, end, limit)))
        {
            WriteKline(call, candle);
        }

        call.Json.WriteEndArray();
        return null;
    }

    /// <summary><c>avgPrice</c>.</summary>
    public ApiFault? AveragePrice(ApiCall call)
    {
        ListedInstrument? instrument = market.Instrument(call);
        if (call.Parameters.Finish() is { } fault || instrument is null)
        {
            return call.Parameters.Fault;
        }

        call.Json.WriteStartObject();
        call.Json.WriteNumber("mins"u8, 5);
        call.Json.WriteFixed("price"u8, market.Facts.Candles.AveragePrice(instrument.Symbol, 5));
        call.Json.WriteNumber("closeTime"u8, call.TimeOf(call.Now));
        call.Json.WriteEndObject();
        return null;
    }

    private static void WriteKline(ApiCall call, in Candle candle)
    {
        Utf8JsonWriter json = call.Json;
        json.WriteStartArray();
        json.WriteNumberValue(call.TimeOf(candle.OpenTime));
        json.WriteFixedValue(candle.Open);
        json.WriteFixedValue(candle.High);
        json.WriteFixedValue(candle.Low);
        json.WriteFixedValue(candle.Close);
        json.WriteFixedValue(candle.Volume);
        json.WriteNumberValue(call.TimeOf(candle.CloseTime));
        json.WriteFixedValue(candle.QuoteVolume);
        json.WriteNumberValue(candle.TradeCount);
        json.WriteFixedValue(candle.TakerBuyVolume);
        json.WriteFixedValue(candle.TakerBuyQuoteVolume);
        json.WriteStringValue("0"u8);
        json.WriteEndArray();
    }

    private ApiFault? Trades(ApiCall call, bool isHistorical)
    {
        ListedInstrument? instrument = market.Instrument(call);
        int limit = call.Parameters.Limit("limit", 500, MaxRows);
        long? fromId = isHistorical ? call.Parameters.Integer("fromId") : null;
        if (call.Parameters.Finish() is { } fault || instrument is null)
        {
            return call.Parameters.Fault;
        }

        Utf8JsonWriter json = call.Json;
        json.WriteStartArray();
        foreach (PublicTrade trade in market.Core.RecentTrades(instrument.Symbol, limit, fromId))
        {
            json.WriteStartObject();
            json.WriteNumber("id"u8, trade.Id);
            json.WriteFixed("price"u8, trade.Price);
            json.WriteFixed("qty"u8, trade.Quantity);
            json.WriteFixed("quoteQty"u8, trade.Price * trade.Quantity);
            json.WriteNumber("time"u8, call.TimeOf(trade.Time));
            json.WriteBoolean("isBuyerMaker"u8, trade.IsSell);
            json.WriteBoolean("isBestMatch"u8, true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        return null;
    }
}
