using System.Globalization;
using System.Text.Json;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Markets;

namespace Harrier.Testnet.Binance.Spot;

/// <summary>Payloads of market streams.</summary>
internal static class SpotStreamText
{
    /// <summary><c>trade</c>.</summary>
    public static void WriteTrade(Utf8JsonWriter json, string symbol, PublicTrade trade, long now)
    {
        Start(json, "trade"u8, symbol, now);
        json.WriteNumber("t"u8, trade.Id);
        json.WriteFixed("p"u8, trade.Price);
        json.WriteFixed("q"u8, trade.Quantity);
        json.WriteNumber("T"u8, trade.Time.UnixMilliseconds);
        json.WriteBoolean("m"u8, trade.IsSell);
        json.WriteBoolean("M"u8, true);
        json.WriteEndObject();
    }

    /// <summary><c>aggTrade</c>.</summary>
    public static void WriteAggregate(Utf8JsonWriter json, string symbol, in AggregateTrade trade, long now)
    {
        Start(json, "aggTrade"u8, symbol, now);
        SpotMarketData.WriteAggregate(json, trade, trade.Time.UnixMilliseconds);
        json.WriteEndObject();
    }

    /// <summary><c>bookTicker</c>, which has neither type nor time.</summary>
    public static void WriteTop(Utf8JsonWriter json, string symbol, long updateId, in TopOfBook top)
    {
        json.WriteStartObject();
        json.WriteNumber("u"u8, updateId);
        json.WriteString("s"u8, symbol);
        json.WriteFixed("b"u8, top.Bid);
        json.WriteFixed("B"u8, top.BidQuantity);
        json.WriteFixed("a"u8, top.Ask);
        json.WriteFixed("A"u8, top.AskQuantity);
        json.WriteEndObject();
    }

    /// <summary><c>depthUpdate</c>.</summary>
    public static void WriteDepth(Utf8JsonWriter json, string symbol, in DepthChange change, long now)
    {
        Start(json, "depthUpdate"u8, symbol, now);
        json.WriteNumber("U"u8, change.FirstId);
        json.WriteNumber("u"u8, change.FinalId);
        json.WriteStartArray("b"u8);
        SpotMarketData.WriteLevels(json, change.Bids);
        json.WriteEndArray();
        json.WriteStartArray("a"u8);
        SpotMarketData.WriteLevels(json, change.Asks);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary><c>kline</c>.</summary>
    public static void WriteKline(Utf8JsonWriter json, (string Symbol, string Interval) of, in Candle candle, bool isClosed, long now)
    {
        Start(json, "kline"u8, of.Symbol, now);
        json.WriteStartObject("k"u8);
        json.WriteNumber("t"u8, candle.OpenTime.UnixMilliseconds);
        json.WriteNumber("T"u8, candle.CloseTime.UnixMilliseconds);
        json.WriteString("s"u8, of.Symbol);
        json.WriteString("i"u8, of.Interval);
        json.WriteNumber("f"u8, candle.FirstTradeId);
        json.WriteNumber("L"u8, candle.LastTradeId);
        json.WriteFixed("o"u8, candle.Open);
        json.WriteFixed("c"u8, candle.Close);
        json.WriteFixed("h"u8, candle.High);
        json.WriteFixed("l"u8, candle.Low);
        json.WriteFixed("v"u8, candle.Volume);
        json.WriteNumber("n"u8, candle.TradeCount);
        json.WriteBoolean("x"u8, isClosed);
        json.WriteFixed("q"u8, candle.QuoteVolume);
        json.WriteFixed("V"u8, candle.TakerBuyVolume);
        json.WriteFixed("Q"u8, candle.TakerBuyQuoteVolume);
        json.WriteString("B"u8, "0"u8);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary><c>24hrTicker</c>.</summary>
    public static void WriteTicker(Utf8JsonWriter json, TickerView ticker, long now)
    {
        Start(json, "24hrTicker"u8, ticker.Symbol, now);
        json.WriteFixed("p"u8, ticker.Change);
        json.WriteString("P"u8, ticker.ChangePercent.ToString("F3", CultureInfo.InvariantCulture));
        json.WriteFixed("w"u8, ticker.WeightedAverage);
        json.WriteFixed("x"u8, ticker.PreviousClose);
        json.WriteFixed("c"u8, ticker.LastPrice);
        json.WriteFixed("Q"u8, ticker.LastQuantity);
        json.WriteFixed("b"u8, ticker.Bid);
        json.WriteFixed("B"u8, ticker.BidQuantity);
        json.WriteFixed("a"u8, ticker.Ask);
        json.WriteFixed("A"u8, ticker.AskQuantity);
        json.WriteFixed("o"u8, ticker.Open);
        json.WriteFixed("h"u8, ticker.High);
        json.WriteFixed("l"u8, ticker.Low);
        json.WriteFixed("v"u8, ticker.Volume);
        json.WriteFixed("q"u8, ticker.QuoteVolume);
        json.WriteNumber("O"u8, ticker.OpenTime.UnixMilliseconds);
        json.WriteNumber("C"u8, ticker.CloseTime.UnixMilliseconds);
        json.WriteNumber("F"u8, ticker.FirstTradeId);
        json.WriteNumber("L"u8, ticker.LastTradeId);
        json.WriteNumber("n"u8, ticker.TradeCount);
        json.WriteEndObject();
    }

    /// <summary><c>24hrMiniTicker</c>.</summary>
    public static void WriteMini(Utf8JsonWriter json, TickerView ticker, long now)
    {
        Start(json, "24hrMiniTicker"u8, ticker.Symbol, now);
        json.WriteFixed("c"u8, ticker.LastPrice);
        json.WriteFixed("o"u8, ticker.Open);
        json.WriteFixed("h"u8, ticker.High);
        json.WriteFixed("l"u8, ticker.Low);
        json.WriteFixed("v"u8, ticker.Volume);
        json.WriteFixed("q"u8, ticker.QuoteVolume);
        json.WriteEndObject();
    }

    /// <summary><c>avgPrice</c>.</summary>
    public static void WriteAverage(Utf8JsonWriter json, string symbol, decimal price, long now)
    {
        Start(json, "avgPrice"u8, symbol, now);
        json.WriteString("i"u8, "5m"u8);
        json.WriteFixed("w"u8, price);
        json.WriteNumber("T"u8, now);
        json.WriteEndObject();
    }

    private static void Start(Utf8JsonWriter json, ReadOnlySpan<byte> type, string symbol, long now)
    {
        json.WriteStartObject();
        json.WriteString("e"u8, type);
        json.WriteNumber("E"u8, now);
        json.WriteString("s"u8, symbol);
    }
}
