using System.Globalization;
using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Exchanges.Requests;

namespace Harrier.Exchanges.Bybit.History;

/// <summary>The calls for the past of a market; all of them let others go first.</summary>
internal sealed class HistoryCalls(BybitMarket market)
{
    /// <summary>The most bars of an answer.</summary>
    public const int BarPage = 1000;

    /// <summary>The most payments of an answer.</summary>
    public const int FundingPage = 200;

    private const int WeekDays = 7;
    private const long NanosPerMinute = 60 * Timestamp.NanosPerSecond;
    private const int DeepestBook = 1000;

    // No contract is funded more often.
    private static readonly TimeSpan _shortestFunding = TimeSpan.FromHours(1);

    /// <summary>Lengths of bars, shortest first; months are left out, as they differ in length.</summary>
    public static IReadOnlyList<BarSpec> Intervals { get; } =
        [.. new[] { "1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "12h", "1d", "1w" }.Select(static name => BarSpec.TryParse(name, out BarSpec spec) ? spec : default)];

    /// <summary>End of the time that one answer can hold: the venue gives the newest rows of what it is asked for, so no more may be asked for than fits.</summary>
    public static Timestamp EndOfPage(BarHistoryQuery query) => Earlier(query.To, new Timestamp(query.From.Nanos + (BarPage * query.Interval.IntervalNanos)));

    /// <summary>The same for funding.</summary>
    public static Timestamp EndOfPage(FundingHistoryQuery query) => Earlier(query.To, query.From + (FundingPage * _shortestFunding));

    public static BybitCall Time() => Low(BybitRequests.Time());

    public BybitCall Listings(string? cursor) => Low(new BybitRequests(market).Instruments(cursor));

    public BybitCall Bars(BarHistoryQuery query, Timestamp end) => Call("/v5/market/kline", query.Symbol, parameters => parameters
        .Add("interval", NameOf(query.Interval))
        .Add("start", query.From.UnixMilliseconds)
        .Add("end", end.UnixMilliseconds - 1)
        .Add("limit", (long)BarPage));

    public BybitCall Funding(FundingHistoryQuery query, Timestamp end) => Call("/v5/market/funding/history", query.Symbol, parameters => parameters
        .Add("startTime", query.From.UnixMilliseconds)
        .Add("endTime", end.UnixMilliseconds - 1)
        .Add("limit", (long)FundingPage));

    public BybitCall Book(string symbol) => Call("/v5/market/orderbook", symbol, static parameters => parameters.Add("limit", (long)DeepestBook));

    private static Timestamp Earlier(Timestamp left, Timestamp right) => left < right ? left : right;

    private static string NameOf(BarSpec interval) => interval.IntervalNanos switch
    {
        WeekDays * Timestamp.NanosPerDay => "W",
        Timestamp.NanosPerDay => "D",
        _ => (interval.IntervalNanos / NanosPerMinute).ToString(CultureInfo.InvariantCulture),
    };

    private static BybitCall Low(BybitCall call) => call with { Priority = RequestPriority.Low };

    private BybitCall Call(string path, string symbol, Action<RequestParameters> add)
    {
        RequestParameters parameters = new RequestParameters().Add("category", market.Category()).Add("symbol", symbol);
        add(parameters);
        return Low(BybitCall.Public(path, parameters));
    }
}
