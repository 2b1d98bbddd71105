using System.Globalization;
using System.Text.Json;
using Harrier.Testnet.Binance.Shared;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Markets;

namespace Harrier.Testnet.Binance.Spot;

/// <summary>Public summaries of prices.</summary>
/// <param name="market">The market.</param>
internal sealed class SpotTickers(SpotMarket market)
{
    /// <summary>Cost of the rolling day, by the number of symbols.</summary>
    public static int DayWeight(ApiParameters parameters) => SpotMarket.CountSymbols(parameters) switch { <= 20 => 2, <= 100 => 40, _ => 80 };

    /// <summary>Cost of prices.</summary>
    public static int PriceWeight(ApiParameters parameters) => parameters.Has("symbol") ? 2 : 4;

    /// <summary>Cost of windows and trading days: 4 for each symbol, at most 200.</summary>
    public static int WindowWeight(ApiParameters parameters) => (int)Math.Min(200, 4L * SpotMarket.CountSymbols(parameters));

    /// <summary><c>ticker/24hr</c>.</summary>
    public ApiFault? Day(ApiCall call) => WriteAll(call, needsOne: false, hasType: true, (ticker, isFull) =>
    {
        call.Json.WriteStartObject();
        call.Json.WriteString("symbol"u8, ticker.Symbol);
        if (isFull)
        {
            WriteChange(call.Json, ticker);
            call.Json.WriteFixed("prevClosePrice"u8, ticker.PreviousClose);
        }

        call.Json.WriteFixed("lastPrice"u8, ticker.LastPrice);
        if (isFull)
        {
            call.Json.WriteFixed("lastQty"u8, ticker.LastQuantity);
            WriteTop(call.Json, new TopOfBook(ticker.Bid, ticker.BidQuantity, ticker.Ask, ticker.AskQuantity));
        }

        WriteRange(call, ticker);
        call.Json.WriteEndObject();
    });

    /// <summary><c>ticker/tradingDay</c>: since midnight UTC.</summary>
    public ApiFault? TradingDay(ApiCall call)
    {
        // Only UTC, as with candles.
        if (call.Parameters.Text("timeZone") is not (null or "0" or "00:00" or "+00:00"))
        {
            call.Parameters.Fail(ApiFault.BadValue("timeZone"));
        }

        return Windowed(call, instrument => market.Facts.Candles.Growing(instrument.Symbol, CandleInterval.Day) is { } day ? [day] : []);
    }

    /// <summary><c>ticker</c>: a rolling window of minutes, hours or days.</summary>
    public ApiFault? Window(ApiCall call)
    {
        string size = call.Parameters.Text("windowSize") ?? "1d";
        if (MinutesOf(size) is not { } minutes)
        {
            call.Parameters.Fail(ApiFault.BadValue("windowSize"));
            return call.Parameters.Fault;
        }

        return Windowed(call, instrument => market.Facts.Candles.Candles(instrument.Symbol, CandleInterval.Minute, new CandleRange(null, null, minutes)));
    }

    /// <summary><c>ticker/price</c>.</summary>
    public ApiFault? Price(ApiCall call) => WriteEach(call, (json, instrument) =>
    {
        json.WriteStartObject();
        json.WriteString("symbol"u8, instrument.Symbol);
        json.WriteFixed("price"u8, instrument.LastPrice);
        json.WriteEndObject();
    });

    /// <summary><c>ticker/bookTicker</c>.</summary>
    public ApiFault? Book(ApiCall call) => WriteEach(call, (json, instrument) =>
    {
        json.WriteStartObject();
        json.WriteString("symbol"u8, instrument.Symbol);
        WriteTop(json, instrument.Book.Top);
        json.WriteEndObject();
    });

    private static void WriteTop(Utf8JsonWriter json, in TopOfBook top)
    {
        json.WriteFixed("bidPrice"u8, top.Bid);
        json.WriteFixed("bidQty"u8, top.BidQuantity);
        json.WriteFixed("askPrice"u8, top.Ask);
        json.WriteFixed("askQty"u8, top.AskQuantity);
    }

    private static void WriteChange(Utf8JsonWriter json, TickerView ticker)
    {
        json.WriteFixed("priceChange"u8, ticker.Change);
        json.WriteString("priceChangePercent"u8, ticker.ChangePercent.ToString("F3", CultureInfo.InvariantCulture));
        json.WriteFixed("weightedAvgPrice"u8, ticker.WeightedAverage);
    }

    private static void WriteRange(ApiCall call, TickerView ticker)
    {
        Utf8JsonWriter json = call.Json;
        json.WriteFixed("openPrice"u8, ticker.Open);
        json.WriteFixed("highPrice"u8, ticker.High);
        json.WriteFixed("lowPrice"u8, ticker.Low);
        json.WriteFixed("volume"u8, ticker.Volume);
        json.WriteFixed("quoteVolume"u8, ticker.QuoteVolume);
        json.WriteNumber("openTime"u8, call.TimeOf(ticker.OpenTime));
        json.WriteNumber("closeTime"u8, call.TimeOf(ticker.CloseTime));
        json.WriteNumber("firstId"u8, ticker.FirstTradeId);
        json.WriteNumber("lastId"u8, ticker.LastTradeId);
        json.WriteNumber("count"u8, ticker.TradeCount);
    }

    private static int? MinutesOf(string size)
    {
        if (size.Length < 2 || !int.TryParse(size.AsSpan(0, size.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count))
        {
            return null;
        }

        return (size[^1], count) switch
        {
            ('m', >= 1 and <= 59) => count,
            ('h', >= 1 and <= 23) => count * 60,
            ('d', >= 1 and <= 7) => count * 1440,
            _ => null,
        };
    }

    private static TickerView Join(string symbol, IReadOnlyList<Candle> pieces)
    {
        if (pieces.Count == 0)
        {
            return new TickerView { Symbol = symbol, FirstTradeId = -1, LastTradeId = -1 };
        }

        return new TickerView
        {
            Symbol = symbol,
            Open = pieces[0].Open,
            High = pieces.Max(p => p.High),
            Low = pieces.Min(p => p.Low),
            LastPrice = pieces[^1].Close,
            Volume = pieces.Sum(p => p.Volume),
            QuoteVolume = pieces.Sum(p => p.QuoteVolume),
            OpenTime = pieces[0].OpenTime,
            CloseTime = pieces[^1].CloseTime,
            FirstTradeId = pieces.Select(p => p.FirstTradeId).FirstOrDefault(id => id >= 0, -1),
            LastTradeId = pieces.Select(p => p.LastTradeId).LastOrDefault(id => id >= 0, -1),
            TradeCount = pieces.Sum(p => (long)p.TradeCount),
        };
    }

    private ApiFault? Windowed(ApiCall call, Func<ListedInstrument, IReadOnlyList<Candle>> piecesOf) => WriteAll(
        call,
        needsOne: true,
        hasType: true,
        (ticker, isFull) =>
        {
            call.Json.WriteStartObject();
            call.Json.WriteString("symbol"u8, ticker.Symbol);
            if (isFull)
            {
                WriteChange(call.Json, ticker);
            }

            call.Json.WriteFixed("lastPrice"u8, ticker.LastPrice);
            WriteRange(call, ticker);
            call.Json.WriteEndObject();
        },
        instrument => Join(instrument.Symbol, piecesOf(instrument)));

    private ApiFault? WriteAll(
        ApiCall call, bool needsOne, bool hasType, Action<TickerView, bool> write, Func<ListedInstrument, TickerView>? read = null)
    {
        IReadOnlyList<ListedInstrument> instruments = market.Instruments(call, out bool isList, needsOne);
        string type = (hasType ? call.Parameters.Text("type") : null) ?? "FULL";
        if (type is not ("FULL" or "MINI"))
        {
            call.Parameters.Fail(ApiFault.BadValue("type"));
        }

        if (call.Parameters.Finish() is { } fault)
        {
            return fault;
        }

        if (isList)
        {
            call.Json.WriteStartArray();
        }

        foreach (ListedInstrument instrument in instruments)
        {
            write(read?.Invoke(instrument) ?? market.Facts.Tickers.Ticker(instrument.Symbol), type == "FULL");
        }

        if (isList)
        {
            call.Json.WriteEndArray();
        }

        return null;
    }

    private ApiFault? WriteEach(ApiCall call, Action<Utf8JsonWriter, ListedInstrument> write)
    {
        IReadOnlyList<ListedInstrument> instruments = market.Instruments(call, out bool isList);
        if (call.Parameters.Finish() is { } fault)
        {
            return fault;
        }

        if (isList)
        {
            call.Json.WriteStartArray();
        }

        foreach (ListedInstrument instrument in instruments)
        {
            write(call.Json, instrument);
        }

        if (isList)
        {
            call.Json.WriteEndArray();
        }

        return null;
    }
}
