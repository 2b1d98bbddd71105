using System.Text.Json;
using Harrier.Domain;
using Harrier.Testnet.Binance.Shared;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Markets;

namespace Harrier.Testnet.Binance.Linear;

/// <summary>Prices by request: rolling days, best prices, marks and funding.</summary>
/// <param name="facts">The exchange.</param>
internal sealed class LinearPriceApi(MarketFacts facts)
{
    private readonly ExchangeCore _core = facts.Core;

    /// <summary>What can be asked.</summary>
    public IEnumerable<ApiEndpoint> Endpoints =>
    [
        new("GET", "/fapi/v1/ticker/24hr", ApiSecurity.None, 40, Day) { WeightOf = p => p.Has("symbol") ? 1 : 40 },
        new("GET", "/fapi/v1/ticker/price", ApiSecurity.None, 2, Last) { WeightOf = OneOrTwo },
        new("GET", "/fapi/v2/ticker/price", ApiSecurity.None, 2, Last) { WeightOf = OneOrTwo, SocketMethod = "ticker.price" },
        new("GET", "/fapi/v1/ticker/bookTicker", ApiSecurity.None, 5, Best) { WeightOf = p => p.Has("symbol") ? 2 : 5, SocketMethod = "ticker.book" },
        new("GET", "/fapi/v1/premiumIndex", ApiSecurity.None, 10, Mark) { WeightOf = p => p.Has("symbol") ? 1 : 10 },
        new("GET", "/fapi/v1/fundingRate", ApiSecurity.None, 1, FundingPaid),
        new("GET", "/fapi/v1/fundingInfo", ApiSecurity.None, 1, FundingTerms),
        new("GET", "/fapi/v1/openInterest", ApiSecurity.None, 1, OpenInterest),
    ];

    /// <summary>The rolling day of a contract, with the names of a request.</summary>
    public void WriteDay(Utf8JsonWriter json, ListedInstrument instrument)
    {
        TickerView day = facts.Tickers.Ticker(instrument.Symbol);
        json.WriteStartObject();
        json.WriteString("symbol"u8, instrument.Symbol);
        json.WritePrice("priceChange"u8, instrument, day.Change);
        json.WriteDigits("priceChangePercent"u8, day.ChangePercent, 3);
        json.WritePrice("weightedAvgPrice"u8, instrument, day.WeightedAverage);
        json.WritePrice("lastPrice"u8, instrument, day.LastPrice);
        json.WriteQuantity("lastQty"u8, instrument, day.LastQuantity);
        json.WritePrice("openPrice"u8, instrument, day.Open);
        json.WritePrice("highPrice"u8, instrument, day.High);
        json.WritePrice("lowPrice"u8, instrument, day.Low);
        json.WriteQuantity("volume"u8, instrument, day.Volume);
        json.WriteDigits("quoteVolume"u8, day.QuoteVolume, 2);
        json.WriteNumber("openTime"u8, day.OpenTime.UnixMilliseconds);
        json.WriteNumber("closeTime"u8, day.CloseTime.UnixMilliseconds);
        json.WriteNumber("firstId"u8, day.FirstTradeId);
        json.WriteNumber("lastId"u8, day.LastTradeId);
        json.WriteNumber("count"u8, day.TradeCount);
        json.WriteEndObject();
    }

    private static int OneOrTwo(ApiParameters request) => request.Has("symbol") ? 1 : 2;

    private ApiFault? Day(ApiCall call) => OneOrAll(call, WriteDay);

    private ApiFault? Last(ApiCall call) => OneOrAll(call, (json, instrument) =>
    {
        json.WriteStartObject();
        json.WriteString("symbol"u8, instrument.Symbol);
        json.WritePrice("price"u8, instrument, instrument.LastPrice);
        json.WriteNumber("time"u8, _core.Now.UnixMilliseconds);
        json.WriteEndObject();
    });

    private ApiFault? Best(ApiCall call) => OneOrAll(call, (json, instrument) =>
    {
        TopOfBook top = instrument.Book.Top;
        json.WriteStartObject();
        json.WriteString("symbol"u8, instrument.Symbol);
        json.WritePrice("bidPrice"u8, instrument, top.Bid);
        json.WriteQuantity("bidQty"u8, instrument, top.BidQuantity);
        json.WritePrice("askPrice"u8, instrument, top.Ask);
        json.WriteQuantity("askQty"u8, instrument, top.AskQuantity);
        json.WriteNumber("lastUpdateId"u8, instrument.LastUpdateId);
        json.WriteNumber("time"u8, _core.Now.UnixMilliseconds);
        json.WriteEndObject();
    });

    private ApiFault? Mark(ApiCall call) => OneOrAll(call, (json, instrument) =>
    {
        json.WriteStartObject();
        json.WriteString("symbol"u8, instrument.Symbol);
        json.WriteMoney("markPrice"u8, instrument.MarkPrice);
        json.WriteMoney("indexPrice"u8, instrument.IndexPrice);
        json.WriteMoney("estimatedSettlePrice"u8, instrument.IndexPrice);
        json.WriteMoney("lastFundingRate"u8, instrument.FundingRate);
        json.WriteString("interestRate"u8, "0.00010000");
        json.WriteNumber("nextFundingTime"u8, instrument.NextFunding.UnixMilliseconds);
        json.WriteNumber("time"u8, _core.Now.UnixMilliseconds);
        json.WriteEndObject();
    });

    private ApiFault? OpenInterest(ApiCall call)
    {
        if (LinearMarketApi.Instrument(_core, call.Parameters) is not { } instrument)
        {
            return call.Parameters.Fault;
        }

        decimal longs = _core.Accounts.Sum(a => Math.Max(0, a.Positions.Where(p => p.Instrument == instrument).Sum(p => p.Quantity)));
        call.Json.WriteStartObject();
        call.Json.WriteQuantity("openInterest"u8, instrument, longs);
        call.Json.WriteString("symbol"u8, instrument.Symbol);
        call.Json.WriteNumber("time"u8, _core.Now.UnixMilliseconds);
        call.Json.WriteEndObject();
        return null;
    }

    private ApiFault? FundingPaid(ApiCall call)
    {
        string? symbol = call.Parameters.Text("symbol");
        (Timestamp? start, Timestamp? end) = (call.TimeParameter("startTime"), call.TimeParameter("endTime"));
        int limit = call.Parameters.Limit("limit", 100, 1000);
        if (call.Parameters.Fault is { } fault)
        {
            return fault;
        }

        if (symbol is not null && _core.Find(symbol) is null)
        {
            return ApiFault.BadSymbol;
        }

        var stamps = _core.Listings.Where(l => symbol is null || l.Symbol == symbol)
            .SelectMany(l => _core.FundingHistory(l.Symbol).Select(s => (l.Symbol, Stamp: s)))
            .Where(s => (start is null || s.Stamp.Time >= start) && (end is null || s.Stamp.Time <= end))
            .OrderBy(s => s.Stamp.Time);
        call.Json.WriteStartArray();
        foreach ((string name, FundingStamp stamp) in start is null ? stamps.TakeLast(limit) : stamps.Take(limit))
        {
            call.Json.WriteStartObject();
            call.Json.WriteString("symbol"u8, name);
            call.Json.WriteNumber("fundingTime"u8, stamp.Time.UnixMilliseconds);
            call.Json.WriteMoney("fundingRate"u8, stamp.Rate);
            call.Json.WriteMoney("markPrice"u8, stamp.MarkPrice);
            call.Json.WriteEndObject();
        }

        call.Json.WriteEndArray();
        return null;
    }

    // The venue lists only contracts whose funding differs from every eight hours.
    private ApiFault? FundingTerms(ApiCall call)
    {
        int hours = (int)_core.Options.FundingInterval.TotalHours;
        call.Json.WriteStartArray();
        foreach (ListedInstrument instrument in _core.Listings.Where(_ => hours != 8))
        {
            call.Json.WriteStartObject();
            call.Json.WriteString("symbol"u8, instrument.Symbol);
            call.Json.WriteString("adjustedFundingRateCap"u8, "0.02000000");
            call.Json.WriteString("adjustedFundingRateFloor"u8, "-0.02000000");
            call.Json.WriteNumber("fundingIntervalHours"u8, hours);
            call.Json.WriteBoolean("disclaimer"u8, false);
            call.Json.WriteEndObject();
        }

        call.Json.WriteEndArray();
        return null;
    }

    private ApiFault? OneOrAll(ApiCall call, Action<Utf8JsonWriter, ListedInstrument> write)
    {
        string? symbol = call.Parameters.Text("symbol");
        if (call.Parameters.Fault is { } fault)
        {
            return fault;
        }

        ListedInstrument? one = symbol is null ? null : _core.Find(symbol);
        if (symbol is not null && one is null)
        {
            return ApiFault.BadSymbol;
        }

        LinearAnswers.WriteOneOrAll(call.Json, one, _core.Listings, write);
        return null;
    }
}
