using System.Text.Json;
using Harrier.Domain;
using Harrier.Testnet.Binance.Shared;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Markets;

namespace Harrier.Testnet.Binance.Linear;

/// <summary>Market data by request: contracts, books, trades, candles.</summary>
/// <param name="facts">The exchange.</param>
/// <param name="limits">Its limits, told in <c>exchangeInfo</c>.</param>
internal sealed class LinearMarketApi(MarketFacts facts, RequestLimits limits)
{
    private static readonly int[] _depths = [5, 10, 20, 50, 100, 500, 1000];
    private static readonly ApiFault _badDepth = ApiFault.Bad(-4021, "Invalid depth limit.");
    private static readonly ApiFault _badInterval = ApiFault.Bad(-1120, "Invalid interval.");

    private readonly ExchangeCore _core = facts.Core;
    private readonly long _onboarded = facts.Core.Now.UnixMilliseconds;

    /// <summary>What can be asked.</summary>
    public IEnumerable<ApiEndpoint> Endpoints =>
    [
        new("GET", "/fapi/v1/ping", ApiSecurity.None, 1, static call => Empty(call)) { SocketMethod = "ping" },
        new("GET", "/fapi/v1/time", ApiSecurity.None, 1, Time) { SocketMethod = "time" },
        new("GET", "/fapi/v1/exchangeInfo", ApiSecurity.None, 1, Describe),
        new("GET", "/fapi/v1/depth", ApiSecurity.None, 5, Depth) { SocketMethod = "depth", WeightOf = WeightOfDepth },
        new("GET", "/fapi/v1/trades", ApiSecurity.None, 5, Trades),
        new("GET", "/fapi/v1/historicalTrades", ApiSecurity.Key, 20, Trades),
        new("GET", "/fapi/v1/aggTrades", ApiSecurity.None, 20, Aggregates),
        new("GET", "/fapi/v1/klines", ApiSecurity.None, 5, call => Candles(call, isMark: false)) { WeightOf = WeightOfCandles },
        new("GET", "/fapi/v1/markPriceKlines", ApiSecurity.None, 5, call => Candles(call, isMark: true)) { WeightOf = WeightOfCandles },
    ];

    /// <summary>The contract of a symbol that must be sent; a fault of the call otherwise.</summary>
    public static ListedInstrument? Instrument(ExchangeCore core, ApiParameters request)
    {
        string symbol = request.Required("symbol");
        ListedInstrument? found = core.Find(symbol);
        if (found is null)
        {
            request.Fail(ApiFault.BadSymbol);
        }

        return found;
    }

    private static int WeightOfDepth(ApiParameters request) => request.Peek("limit") switch
    {
        "5" or "10" or "20" or "50" => 2,
        "100" => 5,
        "1000" => 20,
        _ => 10,
    };

    private static int WeightOfCandles(ApiParameters request) => !int.TryParse(request.Peek("limit"), out int limit) ? 5 : limit switch
    {
        < 100 => 1,
        < 500 => 2,
        <= 1000 => 5,
        _ => 10,
    };

    private static ApiFault? Empty(ApiCall call)
    {
        LinearAnswers.WriteEmpty(call.Json);
        return null;
    }

    private ApiFault? Time(ApiCall call)
    {
        call.Json.WriteStartObject();
        call.Json.WriteNumber("serverTime"u8, _core.Now.UnixMilliseconds);
        call.Json.WriteEndObject();
        return null;
    }

    private ApiFault? Describe(ApiCall call)
    {
        Utf8JsonWriter json = call.Json;
        json.WriteStartObject();
        json.WriteString("timezone"u8, "UTC");
        json.WriteNumber("serverTime"u8, _core.Now.UnixMilliseconds);
        json.WriteString("futuresType"u8, "U_MARGINED");
        json.WriteStartArray("rateLimits"u8);
        foreach (RateRule rule in limits.Rules.Where(r => r.Type != "RAW_REQUESTS"))
        {
            SocketApiServer.WriteLimit(json, rule, count: null);
        }

        json.WriteEndArray();
        json.WriteStartArray("exchangeFilters"u8);
        json.WriteEndArray();
        json.WriteStartArray("assets"u8);
        foreach (string asset in _core.Listings.Select(l => l.Quote).Distinct())
        {
            json.WriteStartObject();
            json.WriteString("asset"u8, asset);
            json.WriteBoolean("marginAvailable"u8, true);
            json.WriteString("autoAssetExchange"u8, "0");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("symbols"u8);
        foreach (ListedInstrument instrument in _core.Listings)
        {
            LinearListingText.Write(json, instrument, facts.Candles.Earliest(instrument.Symbol)?.UnixMilliseconds ?? _onboarded);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return null;
    }

    private ApiFault? Depth(ApiCall call)
    {
        ListedInstrument? instrument = Instrument(_core, call.Parameters);
        int limit = call.Parameters.Limit("limit", 500, 1000);
        if (!_depths.Contains(limit))
        {
            call.Parameters.Fail(_badDepth);
        }

        if (call.Parameters.Fault is { } fault || instrument is null)
        {
            return call.Parameters.Fault;
        }

        DepthView view = _core.Depth(instrument.Symbol, limit);
        long now = _core.Now.UnixMilliseconds;
        call.Json.WriteStartObject();
        call.Json.WriteNumber("lastUpdateId"u8, view.LastUpdateId);
        call.Json.WriteNumber("E"u8, now);
        call.Json.WriteNumber("T"u8, now);
        call.Json.WriteLevels("bids"u8, instrument, view.Bids);
        call.Json.WriteLevels("asks"u8, instrument, view.Asks);
        call.Json.WriteEndObject();
        return null;
    }

    private ApiFault? Trades(ApiCall call)
    {
        ListedInstrument? instrument = Instrument(_core, call.Parameters);
        int limit = call.Parameters.Limit("limit", 500, 1000);
        long? from = call.Parameters.Integer("fromId");
        if (call.Parameters.Fault is { } fault || instrument is null)
        {
            return call.Parameters.Fault;
        }

        call.Json.WriteStartArray();
        foreach (PublicTrade trade in _core.RecentTrades(instrument.Symbol, limit, from))
        {
            call.Json.WriteStartObject();
            call.Json.WriteNumber("id"u8, trade.Id);
            call.Json.WritePrice("price"u8, instrument, trade.Price);
            call.Json.WriteQuantity("qty"u8, instrument, trade.Quantity);
            call.Json.WritePlain("quoteQty"u8, trade.Price * trade.Quantity);
            call.Json.WriteNumber("time"u8, trade.Time.UnixMilliseconds);
            call.Json.WriteBoolean("isBuyerMaker"u8, trade.IsSell);
            call.Json.WriteEndObject();
        }

        call.Json.WriteEndArray();
        return null;
    }

    private ApiFault? Aggregates(ApiCall call)
    {
        ListedInstrument? instrument = Instrument(_core, call.Parameters);
        int limit = call.Parameters.Limit("limit", 500, 1000);
        long? from = call.Parameters.Integer("fromId");
        (Timestamp? start, Timestamp? end) = (call.TimeParameter("startTime"), call.TimeParameter("endTime"));
        if (call.Parameters.Fault is { } fault || instrument is null)
        {
            return call.Parameters.Fault;
        }

        IEnumerable<LinearAggregate> all = LinearAggregate.Of(_core.RecentTrades(instrument.Symbol, int.MaxValue))
            .Where(a => (from is null || a.Id >= from) && (start is null || a.Time >= start) && (end is null || a.Time <= end));
        call.Json.WriteStartArray();
        foreach (LinearAggregate aggregate in from is null && start is null ? all.TakeLast(limit) : all.Take(limit))
        {
            call.Json.WriteStartObject();
            aggregate.WriteMembers(call.Json, instrument);
            call.Json.WriteEndObject();
        }

        call.Json.WriteEndArray();
        return null;
    }

    // The mark price follows the last price closely here: its candles are those of the trades, without volumes.
    private ApiFault? Candles(ApiCall call, bool isMark)
    {
        ListedInstrument? instrument = Instrument(_core, call.Parameters);
        CandleInterval? interval = CandleInterval.Find(call.Parameters.Required("interval"));
        CandleRange range = new(call.TimeParameter("startTime"), call.TimeParameter("endTime"), call.Parameters.Limit("limit", 500, 1500));
        if (interval is null || interval == CandleInterval.Second)
        {
            call.Parameters.Fail(_badInterval);
        }

        if (call.Parameters.Fault is { } fault || instrument is null || interval is null)
        {
            return call.Parameters.Fault;
        }

        call.Json.WriteStartArray();
        foreach (Candle candle in facts.Candles.Candles(instrument.Symbol, interval, range))
        {
            Write(call.Json, instrument, candle, isMark);
        }

        call.Json.WriteEndArray();
        return null;
    }

    private static void Write(Utf8JsonWriter json, ListedInstrument instrument, in Candle candle, bool isMark)
    {
        int price = InstrumentNumbers.DigitsOf(instrument.TickSize);
        int quantity = isMark ? 0 : InstrumentNumbers.DigitsOf(instrument.LotSize);
        decimal volumes = isMark ? 0 : 1;
        json.WriteStartArray();
        json.WriteNumberValue(candle.OpenTime.UnixMilliseconds);
        json.WriteDigits(candle.Open, price);
        json.WriteDigits(candle.High, price);
        json.WriteDigits(candle.Low, price);
        json.WriteDigits(candle.Close, price);
        json.WriteDigits(candle.Volume * volumes, quantity);
        json.WriteNumberValue(candle.CloseTime.UnixMilliseconds);
        json.WriteDigits(candle.QuoteVolume * volumes, isMark ? 0 : InstrumentNumbers.MoneyDigits);
        json.WriteNumberValue(candle.TradeCount);
        json.WriteDigits(candle.TakerBuyVolume * volumes, quantity);
        json.WriteDigits(candle.TakerBuyQuoteVolume * volumes, isMark ? 0 : InstrumentNumbers.MoneyDigits);
        json.WriteStringValue("0"u8);
        json.WriteEndArray();
    }
}
