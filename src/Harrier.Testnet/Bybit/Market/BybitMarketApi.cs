using System.Globalization;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Testnet.Bybit.Requests;
using Harrier.Testnet.Bybit.Streams;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Markets;

namespace Harrier.Testnet.Bybit.Market;

/// <summary>Time, books, trades, candles, tickers.</summary>
/// <param name="markets">Spot and linear.</param>
internal sealed class BybitMarketApi(BybitMarkets markets)
{
    private const int MostCandles = 1000;
    private const int UsualCandles = 200;
    private const int MostSpotTrades = 60;
    private const int MostTrades = 1000;
    private const int UsualLinearLevels = 25;

    /// <summary>What can be asked.</summary>
    public IReadOnlyList<BybitEndpoint> Endpoints =>
    [
        new("GET", "/v5/market/time", BybitSecurity.None, Time),
        new("GET", "/v3/public/time", BybitSecurity.None, Time),
        new("GET", "/v5/market/orderbook", BybitSecurity.None, Book),
        new("GET", "/v5/market/recent-trade", BybitSecurity.None, Trades),
        new("GET", "/v5/market/kline", BybitSecurity.None, Candles),
        new("GET", "/v5/market/tickers", BybitSecurity.None, Tickers),
    ];

    /// <summary>The instrument that a request names, or why there is none.</summary>
    public static BybitFault? Instrument(BybitCall call, out ListedInstrument instrument)
    {
        string symbol = call.Parameters.Required("symbol");
        ListedInstrument? found = call.Market?.Find(symbol);
        instrument = found!;
        return call.Market is null ? BybitFault.BadCategory : call.Parameters.Fault ?? (found is null ? BybitFault.BadSymbol : null);
    }

    /// <summary>One level of a book.</summary>
    public static void WriteLevels(Utf8JsonWriter json, ReadOnlySpan<byte> name, ListedInstrument instrument, IEnumerable<DepthLevel> levels)
    {
        int digits = InstrumentNumbers.DigitsOf(instrument.TickSize);
        int lotDigits = InstrumentNumbers.DigitsOf(instrument.LotSize);
        json.WriteStartArray(name);
        foreach (DepthLevel level in levels)
        {
            json.WriteStartArray();
            json.WriteDigits(level.Price, digits);
            if (level.Quantity == 0)
            {
                json.WriteStringValue("0"u8);
            }
            else
            {
                json.WriteDigits(level.Quantity, lotDigits);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private BybitFault? Time(BybitCall call)
    {
        long nanos = markets.Spot.Core.Now.Nanos;
        call.Json.WriteString("timeSecond"u8, (nanos / Timestamp.NanosPerSecond).ToString(CultureInfo.InvariantCulture));
        call.Json.WriteString("timeNano"u8, nanos.ToString(CultureInfo.InvariantCulture));
        return null;
    }

    private static BybitFault? Book(BybitCall call)
    {
        if (Instrument(call, out ListedInstrument instrument) is { } fault)
        {
            return fault;
        }

        BybitMarket market = call.Named;
        int limit = call.Parameters.Limit(market.IsSpot ? 1 : UsualLinearLevels, BybitBooks.Deepest);
        DepthView view = market.Core.Depth(instrument.Symbol, limit);
        Utf8JsonWriter json = call.Json;
        json.WriteString("s"u8, instrument.Symbol);
        WriteLevels(json, "b"u8, instrument, view.Bids);
        WriteLevels(json, "a"u8, instrument, view.Asks);
        json.WriteNumber("ts"u8, call.Now.UnixMilliseconds);
        json.WriteNumber("u"u8, market.BookUpdates[instrument.Index]);
        json.WriteNumber("seq"u8, view.LastUpdateId);
        json.WriteNumber("cts"u8, call.Now.UnixMilliseconds);
        return null;
    }

    private static BybitFault? Trades(BybitCall call)
    {
        if (Instrument(call, out ListedInstrument instrument) is { } fault)
        {
            return fault;
        }

        BybitMarket market = call.Named;
        int limit = market.IsSpot ? call.Parameters.Limit(MostSpotTrades, MostSpotTrades) : call.Parameters.Limit(UsualCandles, MostTrades);
        Utf8JsonWriter json = call.Json;
        json.WriteString("category"u8, market.Category);
        json.WriteStartArray("list"u8);
        foreach (PublicTrade trade in market.Core.RecentTrades(instrument.Symbol, limit).Reverse())
        {
            json.WriteStartObject();
            json.WriteString("execId"u8, market.Ids.OfTrade(instrument, trade.Id));
            json.WriteString("symbol"u8, instrument.Symbol);
            json.WritePrice("price"u8, instrument, trade.Price);
            json.WriteQuantity("size"u8, instrument, trade.Quantity);
            json.WriteString("side"u8, trade.IsSell ? "Sell" : "Buy");
            json.WriteString("time"u8, trade.Time.UnixMilliseconds.ToString(CultureInfo.InvariantCulture));
            json.WriteBoolean("isBlockTrade"u8, false);
            json.WriteBoolean("isRPITrade"u8, false);
            json.WriteString("seq"u8, trade.Id.ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        return null;
    }

    private static BybitFault? Candles(BybitCall call)
    {
        if (Instrument(call, out ListedInstrument instrument) is { } fault)
        {
            return fault;
        }

        if (BybitIntervals.Find(call.Parameters.Required("interval")) is not { } interval)
        {
            return call.Parameters.Fault ?? BybitFault.Invalid("interval");
        }

        BybitMarket market = call.Named;
        IReadOnlyList<Candle> candles = Range(market, instrument, interval, call.Parameters);
        Utf8JsonWriter json = call.Json;
        json.WriteString("category"u8, market.Category);
        json.WriteString("symbol"u8, instrument.Symbol);
        json.WriteStartArray("list"u8);
        foreach (Candle candle in candles.Reverse())
        {
            WriteCandle(json, instrument, candle, hasVolume: true);
        }

        json.WriteEndArray();
        return null;
    }

    /// <summary>Candles of a request, oldest first: the newest of those in its range.</summary>
    public static IReadOnlyList<Candle> Range(BybitMarket market, ListedInstrument instrument, CandleInterval interval, BybitParameters parameters)
    {
        int limit = parameters.Limit(UsualCandles, MostCandles);
        Timestamp? start = parameters.Integer("start") is { } from ? Timestamp.FromUnixMilliseconds(from) : null;
        Timestamp? end = parameters.Integer("end") is { } to ? Timestamp.FromUnixMilliseconds(to) : null;
        if (start is not null && end is null)
        {
            // From a start on the oldest are meant.
            return market.Facts.Candles.Candles(instrument.Symbol, interval, new CandleRange(start, null, limit));
        }

        return [.. market.Facts.Candles.Candles(instrument.Symbol, interval, new CandleRange(null, end, limit)).Where(c => start is null || c.OpenTime >= start)];
    }

    /// <summary>One candle.</summary>
    public static void WriteCandle(Utf8JsonWriter json, ListedInstrument instrument, in Candle candle, bool hasVolume)
    {
        int digits = InstrumentNumbers.DigitsOf(instrument.TickSize);
        json.WriteStartArray();
        json.WriteStringValue(candle.OpenTime.UnixMilliseconds.ToString(CultureInfo.InvariantCulture));
        json.WriteDigits(candle.Open, digits);
        json.WriteDigits(candle.High, digits);
        json.WriteDigits(candle.Low, digits);
        json.WriteDigits(candle.Close, digits);
        if (hasVolume)
        {
            json.WriteDigits(candle.Volume, InstrumentNumbers.DigitsOf(instrument.LotSize));
            json.WriteDigits(candle.QuoteVolume, InstrumentNumbers.MoneyDigits);
        }

        json.WriteEndArray();
    }

    private static BybitFault? Tickers(BybitCall call)
    {
        if (call.Market is not { } market)
        {
            return BybitFault.BadCategory;
        }

        string? symbol = call.Parameters.Text("symbol");
        if (symbol is not null && market.Find(symbol) is null)
        {
            return BybitFault.BadSymbol;
        }

        Utf8JsonWriter json = call.Json;
        json.WriteString("category"u8, market.Category);
        json.WriteStartArray("list"u8);
        foreach (ListedInstrument instrument in market.Core.Listings.Where(i => i.Status != ListingStatus.Delisted && (symbol is null || i.Symbol == symbol)))
        {
            json.WriteStartObject();
            foreach ((string name, string text) in BybitTicker.Of(market, instrument, isStream: false))
            {
                json.WriteString(name, text);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        return null;
    }
}
