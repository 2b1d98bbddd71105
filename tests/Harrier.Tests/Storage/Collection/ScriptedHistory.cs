using Harrier.Domain;
using Harrier.Engine.History;

namespace Harrier.Tests.Storage.Collection;

/// <summary>A venue with a known past, whose answers a test can spoil.</summary>
internal sealed class ScriptedHistory : IMarketHistory
{
    public static readonly BarSpec Hour = new(3600 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue);

    private readonly Lock _gate = new();

    public ScriptedHistory(params string[] symbols)
    {
        foreach (string symbol in symbols)
        {
            Listings[symbol] = Listing(symbol);
            Bars[symbol] = [];
        }
    }

    public VenueId Venue { get; init; } = new("sim-scripted");

    public IReadOnlyList<BarSpec> Intervals { get; } = [Hour];

    public int BarPageSize { get; init; } = 1000;

    public IBulkHistory? Bulk { get; init; }

    public Timestamp Now { get; set; } = Timestamp.From(new DateTimeOffset(2026, 3, 20, 10, 30, 0, TimeSpan.Zero));

    public Dictionary<string, HistoryListing> Listings { get; } = [];

    /// <summary>The truth, oldest first; the newest may still grow.</summary>
    public Dictionary<string, List<HistoricalBar>> Bars { get; } = [];

    public Dictionary<string, List<HistoricalTrade>> Trades { get; } = [];

    /// <summary>Spoils the answer to a question for bars; its number counts from 1.</summary>
    public Func<BarHistoryQuery, int, HistoryAnswer<HistoryPage<HistoricalBar>>, HistoryAnswer<HistoryPage<HistoricalBar>>>? Spoil { get; set; }

    /// <summary>Every question for bars.</summary>
    public List<BarHistoryQuery> Asked { get; } = [];

    public int TimesListed { get; private set; }

    public HistoryFault? NoTime { get; init; }

    public HistoryUsage Usage => new(Asked.Count + TimesListed, 0, 6000, TimeSpan.FromMinutes(1));

    public static HistoryListing Listing(string symbol) =>
        new() { Symbol = symbol, Kind = InstrumentKind.Spot, TickSize = 0.01m, LotSize = 0.00001m, Status = "TRADING", IsTrading = true };

    /// <summary>An hour whose numbers follow from its time alone.</summary>
    public static HistoricalBar Bar(Timestamp open)
    {
        decimal price = 100m + (open.Nanos / Hour.IntervalNanos % 977) + 0.25m;
        return new HistoricalBar
        {
            OpenTime = open,
            Open = price,
            High = price + 1.5m,
            Low = price - 0.75m,
            Close = price + 0.5m,
            Volume = 12.34567m,
            QuoteVolume = 1234.56789012m,
            TradeCount = 42,
            TakerBuyVolume = 6.1m,
            TakerBuyQuoteVolume = 610.00000001m,
        };
    }

    /// <summary>Hours without a hole.</summary>
    public static List<HistoricalBar> Hours(Timestamp from, Timestamp to)
    {
        List<HistoricalBar> bars = [];
        for (Timestamp open = from; open < to; open = new Timestamp(open.Nanos + Hour.IntervalNanos))
        {
            bars.Add(Bar(open));
        }

        return bars;
    }

    public Task<HistoryAnswer<Timestamp>> TimeAsync(CancellationToken cancellation) =>
        Task.FromResult(NoTime is { } fault ? HistoryAnswer<Timestamp>.Failed(fault) : HistoryAnswer<Timestamp>.Of(Now));

    public Task<HistoryAnswer<IReadOnlyDictionary<string, HistoryListing>>> ListingsAsync(IReadOnlyList<string> symbols, CancellationToken cancellation)
    {
        TimesListed++;
        return Task.FromResult(HistoryAnswer<IReadOnlyDictionary<string, HistoryListing>>.Of(Listings.Where(pair => symbols.Contains(pair.Key)).ToDictionary()));
    }

    public Task<HistoryAnswer<HistoryPage<HistoricalBar>>> BarsAsync(BarHistoryQuery query, CancellationToken cancellation)
    {
        lock (_gate)
        {
            Asked.Add(query);
            List<HistoricalBar> inside = [.. Bars[query.Symbol].Where(bar => bar.OpenTime >= query.From && bar.OpenTime < query.To).Take(BarPageSize)];
            bool isFull = inside.Count == BarPageSize;
            Timestamp until = isFull ? new Timestamp(inside[^1].OpenTime.Nanos + Hour.IntervalNanos) : query.To;
            HistoryAnswer<HistoryPage<HistoricalBar>> answer = Page(inside, until, isFull);
            return Task.FromResult(Spoil is { } spoil ? spoil(query, Asked.Count, answer) : answer);
        }
    }

    public static HistoryAnswer<HistoryPage<HistoricalBar>> Page(IReadOnlyList<HistoricalBar> rows, Timestamp until, bool isFull = false) =>
        HistoryAnswer<HistoryPage<HistoricalBar>>.Of(new HistoryPage<HistoricalBar>(rows, until, isFull));

    public Task<HistoryAnswer<HistoryPage<HistoricalTrade>>> TradesAsync(TradeHistoryQuery query, CancellationToken cancellation)
    {
        List<HistoricalTrade> rows = [.. Trades[query.Symbol].Where(trade => query.FromId is { } id ? trade.Id >= id : trade.Time >= query.From).Take(BarPageSize)];
        Asked.Add(new BarHistoryQuery(query.Symbol, Hour, query.From, query.From));
        return Task.FromResult(HistoryAnswer<HistoryPage<HistoricalTrade>>.Of(
            new HistoryPage<HistoricalTrade>(rows, rows.Count > 0 ? rows[^1].Time : query.From, rows.Count == BarPageSize)));
    }

    public Task<HistoryAnswer<HistoryPage<HistoricalFunding>>> FundingAsync(FundingHistoryQuery query, CancellationToken cancellation) =>
        Task.FromResult(HistoryAnswer<HistoryPage<HistoricalFunding>>.Failed(HistoryFaultKind.NotSupported, "no funding"));

    public Task<HistoryAnswer<HistoricalBook>> BookAsync(string symbol, CancellationToken cancellation) => Task.FromResult(HistoryAnswer<HistoricalBook>.Of(new HistoricalBook
    {
        Time = Now,
        UpdateId = 7,
        Bids = [new HistoricalLevel(99.5m, 1m), new HistoricalLevel(99m, 2m)],
        Asks = [new HistoricalLevel(100.5m, 3m)],
    }));

    public void Dispose()
    {
    }
}
