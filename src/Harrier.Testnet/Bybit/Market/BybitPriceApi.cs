using System.Globalization;
using System.Text.Json;
using Harrier.Testnet.Bybit.Requests;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Markets;

namespace Harrier.Testnet.Bybit.Market;

/// <summary>Funding, open interest, mark and index candles, coins, and the venue's own state.</summary>
/// <param name="markets">Spot and linear.</param>
internal sealed class BybitPriceApi(BybitMarkets markets)
{
    private const int MostStamps = 200;
    private const int UsualInterest = 50;

    /// <summary>What can be asked.</summary>
    public IReadOnlyList<BybitEndpoint> Endpoints =>
    [
        new("GET", "/v5/market/mark-price-kline", BybitSecurity.None, PriceCandles),
        new("GET", "/v5/market/index-price-kline", BybitSecurity.None, PriceCandles),
        new("GET", "/v5/market/funding/history", BybitSecurity.None, Funding),
        new("GET", "/v5/market/open-interest", BybitSecurity.None, Interest),
        new("GET", "/v5/market/price-limit", BybitSecurity.None, PriceLimit),
        new("GET", "/v5/system/status", BybitSecurity.None, Status),
        new("GET", "/v5/asset/coin/query-info", BybitSecurity.Signed, Coins) { PerSecond = (5, 5), Message = "" },
    ];

    private static BybitFault? Contract(BybitCall call, out ListedInstrument instrument)
    {
        BybitFault? fault = BybitMarketApi.Instrument(call, out instrument);
        return fault ?? (call.Named.IsSpot ? BybitFault.BadCategory : null);
    }

    // The exchange keeps candles of trades alone: mark and index candles are these, without volume.
    private static BybitFault? PriceCandles(BybitCall call)
    {
        if (Contract(call, out ListedInstrument instrument) is { } fault)
        {
            return fault;
        }

        if (BybitIntervals.Find(call.Parameters.Required("interval")) is not { } interval)
        {
            return call.Parameters.Fault ?? BybitFault.Invalid("interval");
        }

        IReadOnlyList<Candle> candles = BybitMarketApi.Range(call.Named, instrument, interval, call.Parameters);
        if (call.Parameters.Fault is { } malformed)
        {
            return malformed;
        }

        Utf8JsonWriter json = Start(call, instrument);
        foreach (Candle candle in candles.Reverse())
        {
            BybitMarketApi.WriteCandle(json, instrument, candle, hasVolume: false);
        }

        json.WriteEndArray();
        return null;
    }

    private static BybitFault? Funding(BybitCall call)
    {
        if (Contract(call, out ListedInstrument instrument) is { } fault)
        {
            return fault;
        }

        long? start = call.Parameters.Integer("startTime");
        long? end = call.Parameters.Integer("endTime");
        int limit = call.Parameters.Limit(MostStamps, MostStamps);
        if (call.Parameters.Fault is { } malformed)
        {
            return malformed;
        }

        if (start is not null && end is null)
        {
            return BybitFault.Parameter("startTime without endTime");
        }

        Utf8JsonWriter json = Start(call, instrument);
        foreach (FundingStamp stamp in call.Named.Core.FundingHistory(instrument.Symbol).Reverse()
            .Where(s => (start is null || s.Time.UnixMilliseconds >= start) && (end is null || s.Time.UnixMilliseconds <= end)).Take(limit))
        {
            json.WriteStartObject();
            json.WriteString("symbol"u8, instrument.Symbol);
            json.WritePlain("fundingRate"u8, stamp.Rate);
            json.WriteString("fundingRateTimestamp"u8, stamp.Time.UnixMilliseconds.ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        return null;
    }

    // Open interest is known as of now alone: every interval of the past has the same.
    private static BybitFault? Interest(BybitCall call)
    {
        if (Contract(call, out ListedInstrument instrument) is { } fault)
        {
            return fault;
        }

        TimeSpan? step = call.Parameters.Required("intervalTime") switch
        {
            "5min" => TimeSpan.FromMinutes(5),
            "15min" => TimeSpan.FromMinutes(15),
            "30min" => TimeSpan.FromMinutes(30),
            "1h" => TimeSpan.FromHours(1),
            "4h" => TimeSpan.FromHours(4),
            "1d" => TimeSpan.FromDays(1),
            _ => null,
        };
        int limit = call.Parameters.Limit(UsualInterest, MostStamps);
        if (step is not { } length)
        {
            return call.Parameters.Fault ?? BybitFault.Invalid("intervalTime");
        }

        Utf8JsonWriter json = Start(call, instrument);
        long milliseconds = (long)length.TotalMilliseconds;
        long newest = call.Now.UnixMilliseconds / milliseconds * milliseconds;
        for (int i = 0; i < limit; i++)
        {
            json.WriteStartObject();
            json.WriteQuantity("openInterest"u8, instrument, BybitTicker.OpenInterest(call.Named, instrument));
            json.WriteString("timestamp"u8, (newest - (i * milliseconds)).ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("nextPageCursor"u8, "");
        return null;
    }

    private static BybitFault? PriceLimit(BybitCall call)
    {
        if (BybitMarketApi.Instrument(call, out ListedInstrument instrument) is { } fault)
        {
            return fault;
        }

        decimal average = OrderChecks.Average(instrument);
        Utf8JsonWriter json = call.Json;
        json.WriteString("symbol"u8, instrument.Symbol);
        json.WritePrice("buyLmt"u8, instrument, Math.Min(instrument.MaxPrice, average * instrument.PriceBandUp));
        json.WritePrice("sellLmt"u8, instrument, Math.Max(instrument.MinPrice, average * instrument.PriceBandDown));
        json.WriteString("ts"u8, call.Now.UnixMilliseconds.ToString(CultureInfo.InvariantCulture));
        return null;
    }

    private static BybitFault? Status(BybitCall call)
    {
        call.Json.WriteStartArray("list"u8);
        call.Json.WriteEndArray();
        return null;
    }

    private BybitFault? Coins(BybitCall call)
    {
        string? wanted = call.Parameters.Text("coin");
        Utf8JsonWriter json = call.Json;
        json.WriteStartArray("rows"u8);
        foreach (string coin in markets.Spot.Core.Listings.SelectMany(l => new[] { l.Base, l.Quote }).Distinct(StringComparer.Ordinal).Where(c => wanted is null || c == wanted))
        {
            json.WriteStartObject();
            json.WriteString("name"u8, coin);
            json.WriteString("coin"u8, coin);
            json.WriteString("remainAmount"u8, "0");

            // Money comes and goes by the operator alone: there are no chains.
            json.WriteStartArray("chains"u8);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        return null;
    }

    private static Utf8JsonWriter Start(BybitCall call, ListedInstrument instrument)
    {
        Utf8JsonWriter json = call.Json;
        json.WriteString("category"u8, call.Named.Category);
        json.WriteString("symbol"u8, instrument.Symbol);
        json.WriteStartArray("list"u8);
        return json;
    }
}
