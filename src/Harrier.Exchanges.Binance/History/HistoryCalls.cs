using System.Globalization;
using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Exchanges.Requests;

namespace Harrier.Exchanges.Binance.History;

/// <summary>The calls for the past of a market: path, parameters, weight. Weights from the documents of July 2026; all of them let others go first.</summary>
internal sealed class HistoryCalls(BinanceMarket market)
{
    /// <summary>The most bars, trades or payments of an answer.</summary>
    public const int PageSize = 1000;

    private const int WeekDays = 7;

    // What an answer of so many bars weighs on USD-M; spot has one weight for all.
    private static readonly (int Bars, int Weight)[] _barWeights = [(99, 1), (499, 2), (PageSize, 5)];

    private string Root => market == BinanceMarket.Spot ? "/api/v3/" : "/fapi/v1/";

    /// <summary>Lengths of bars, shortest first. Three days and months are left out: where the former begin is not documented, and the latter differ in length.</summary>
    public IReadOnlyList<BarSpec> Intervals { get; } = [.. (market == BinanceMarket.Spot ? ["1s"] : Array.Empty<string>())
        .Concat(["1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "1w"])
        .Select(static name => BarSpec.TryParse(name, out BarSpec spec) ? spec : default)];

    /// <summary>The venue's name of an interval.</summary>
    public static string NameOf(BarSpec interval) => interval.IntervalNanos == WeekDays * Timestamp.NanosPerDay ? "1w" : interval.ToString();

    public BinanceCall Time() => Call("time", new RequestParameters(), 1);

    public BinanceCall Listings() => Call("exchangeInfo", new RequestParameters(), market == BinanceMarket.Spot ? 20 : 1);

    /// <summary>Bars; the end is included by the venue, so the last millisecond before it is named.</summary>
    public BinanceCall Bars(BarHistoryQuery query, int limit) => Call("klines", Of(query.Symbol)
        .Add("interval", NameOf(query.Interval))
        .Add("startTime", query.From.UnixMilliseconds)
        .Add("endTime", query.To.UnixMilliseconds - 1)
        .Add("limit", (long)limit), market == BinanceMarket.Spot ? 2 : Array.Find(_barWeights, one => one.Bars >= limit).Weight);

    /// <summary>Aggregates from an id on, or from a time on.</summary>
    public BinanceCall Trades(TradeHistoryQuery query) => Call("aggTrades", Of(query.Symbol)
        .Add("fromId", query.FromId)
        .Add("startTime", query.FromId is null ? query.From.UnixMilliseconds : null)
        .Add("limit", (long)PageSize), market == BinanceMarket.Spot ? 4 : 20);

    public BinanceCall Funding(FundingHistoryQuery query) => Call("fundingRate", Of(query.Symbol)
        .Add("startTime", query.From.UnixMilliseconds)
        .Add("endTime", query.To.UnixMilliseconds - 1)
        .Add("limit", (long)PageSize), 1);

    public BinanceCall Book(string symbol) => market == BinanceMarket.Spot
        ? Call("depth", Of(symbol).Add("limit", 5000L), 250)
        : Call("depth", Of(symbol).Add("limit", 1000L), 20);

    private static RequestParameters Of(string symbol) => new RequestParameters().Add("symbol", symbol);

    private BinanceCall Call(string path, RequestParameters parameters, int weight) =>
        BinanceCall.Public(string.Create(CultureInfo.InvariantCulture, $"{Root}{path}"), parameters, weight) with { Priority = RequestPriority.Low };
}
