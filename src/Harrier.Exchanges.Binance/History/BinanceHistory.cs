using System.Text.Json.Serialization.Metadata;
using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Exchanges.Binance.Wire;
using Harrier.Exchanges.History;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Venues;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Binance.History;

/// <summary>The past of a market by its REST interface.</summary>
public sealed class BinanceHistory : VenueHistory
{
    private readonly BinanceMarket _market;
    private readonly VenueRequests _requests;
    private readonly JsonCalls _json;
    private readonly WireCensus _census = new();
    private readonly HistoryCalls _calls;
    private readonly BinanceBulkFiles? _files;
    private IReadOnlyList<BudgetRule> _limits;

    /// <summary>The past of a market; nothing is sent.</summary>
    /// <param name="market">Which market.</param>
    /// <param name="venue">The venue's id, <c>sim-...</c> for the built-in exchange.</param>
    /// <param name="requests">What its calls share, with the limits of <see cref="BinanceLimits"/>; disposed of with it.</param>
    /// <param name="surroundings">The outside world.</param>
    /// <param name="files">Its files of whole months, disposed of with it; null where the place has none.</param>
    public BinanceHistory(BinanceMarket market, VenueId venue, VenueRequests requests, VenueSurroundings surroundings, BinanceBulkFiles? files = null)
        : base(venue, requests)
    {
        _market = market;
        _requests = requests;
        _json = new JsonCalls(RestOf(requests.Place, new BinanceRestDialect(market), requests, surroundings), _census);
        _calls = new HistoryCalls(market);
        _limits = BinanceLimits.Defaults(market);
        _files = files;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<BarSpec> Intervals => _calls.Intervals;

    /// <inheritdoc/>
    public override int BarPageSize => HistoryCalls.PageSize;

    /// <inheritdoc/>
    public override IBulkHistory? Bulk => _files;

    /// <inheritdoc/>
    protected override BudgetRule Rule => Volatile.Read(ref _limits).First(static rule => rule.Name.StartsWith(BinanceLimits.WeightPrefix, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override async Task<HistoryAnswer<IReadOnlyDictionary<string, HistoryListing>>> ListingsAsync(IReadOnlyList<string> symbols, CancellationToken cancellation)
    {
        VenueResult<IReadOnlyDictionary<string, HistoryListing>> listed = await SendAsync(_calls.Listings(), BinanceJson.Default.ExchangeInfoMessage, message =>
        {
            message.Symbols.ForEach(_census.Note);
            Adopt(BinanceLimits.From(message));
            return HistoryMapping.Listings(_market, Venue, message, symbols);
        }, cancellation).ConfigureAwait(false);
        return HistoryFaults.Answer(listed);
    }

    /// <inheritdoc/>
    public override async Task<HistoryAnswer<HistoryPage<HistoricalBar>>> BarsAsync(BarHistoryQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (!Intervals.Contains(query.Interval))
        {
            return HistoryAnswer<HistoryPage<HistoricalBar>>.Failed(HistoryFaultKind.UnknownInterval, $"the venue makes no bars of {query.Interval}");
        }

        long bars = Math.Max(1, (query.To.Nanos - query.From.Nanos) / query.Interval.IntervalNanos);
        int limit = (int)Math.Min(HistoryCalls.PageSize, bars);
        VenueResult<List<HistoricalBar>> rows = await SendAsync(
            _calls.Bars(query, limit),
            BinanceJson.Default.ListKlineMessage,
            list => list.ConvertAll(row => HistoryMapping.Bar(row, query.Interval)),
            cancellation).ConfigureAwait(false);
        return rows.IsOk ? BarPages.Check(rows.Value, query, limit) : HistoryAnswer<HistoryPage<HistoricalBar>>.Failed(HistoryFaults.Of(rows.Error));
    }

    /// <inheritdoc/>
    public override async Task<HistoryAnswer<HistoryPage<HistoricalTrade>>> TradesAsync(TradeHistoryQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        VenueResult<List<HistoricalTrade>> rows = await ListAsync(_calls.Trades(query), BinanceJson.Default.ListAggregateTradeMessage, HistoryMapping.Trade, cancellation).ConfigureAwait(false);
        return rows.IsOk ? RowPages.Check(rows.Value, query, HistoryCalls.PageSize) : HistoryAnswer<HistoryPage<HistoricalTrade>>.Failed(HistoryFaults.Of(rows.Error));
    }

    /// <inheritdoc/>
    public override async Task<HistoryAnswer<HistoryPage<HistoricalFunding>>> FundingAsync(FundingHistoryQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (_market == BinanceMarket.Spot)
        {
            return HistoryAnswer<HistoryPage<HistoricalFunding>>.Failed(HistoryFaultKind.NotSupported, "funding is paid on perpetual contracts alone");
        }

        VenueResult<List<HistoricalFunding>> rows = await ListAsync(_calls.Funding(query), BinanceJson.Default.ListFundingRateMessage, HistoryMapping.Funding, cancellation).ConfigureAwait(false);
        return rows.IsOk ? RowPages.Check(rows.Value, query, HistoryCalls.PageSize) : HistoryAnswer<HistoryPage<HistoricalFunding>>.Failed(HistoryFaults.Of(rows.Error));
    }

    /// <inheritdoc/>
    public override async Task<HistoryAnswer<HistoricalBook>> BookAsync(string symbol, CancellationToken cancellation) => HistoryFaults.Answer(await SendAsync(
        _calls.Book(symbol), BinanceJson.Default.BookMessage, message => HistoryMapping.Book(message, Clock.Now()), cancellation).ConfigureAwait(false));

    /// <inheritdoc/>
    protected override Task<VenueResult<Timestamp>> AskTimeAsync(CancellationToken cancellation) =>
        SendAsync(_calls.Time(), BinanceJson.Default.ServerTimeMessage, static message => Timestamp.FromUnixMilliseconds(message.ServerTime), cancellation);

    /// <inheritdoc/>
    protected override void Dispose(bool isDisposing)
    {
        if (isDisposing)
        {
            _files?.Dispose();
        }

        base.Dispose(isDisposing);
    }

    private void Adopt(IReadOnlyList<BudgetRule> limits)
    {
        if (limits.Any(static rule => rule.Name.StartsWith(BinanceLimits.WeightPrefix, StringComparison.Ordinal)))
        {
            foreach (BudgetRule rule in limits)
            {
                _requests.Budget.Revise(rule);
            }

            Volatile.Write(ref _limits, limits);
        }
    }

    private Task<VenueResult<List<TRow>>> ListAsync<TWire, TRow>(BinanceCall call, JsonTypeInfo<List<TWire>> shape, Converter<TWire, TRow> map, CancellationToken cancellation)
        where TWire : WireMessage => SendAsync(call, shape, list =>
        {
            list.ForEach(_census.Note);
            return list.ConvertAll(map);
        }, cancellation);

    private Task<VenueResult<TValue>> SendAsync<TWire, TValue>(BinanceCall call, JsonTypeInfo<TWire> shape, Func<TWire, TValue> map, CancellationToken cancellation)
        where TWire : class => _json.SendAsync(
        new RestCall
        {
            Build = now => BinanceSigner.Build(null, call, now),
            Name = $"{call.Method} {call.Path}",
            Priority = call.Priority,
            Costs = BinanceLimits.CostsOf(call, Volatile.Read(ref _limits)),
        },
        shape,
        map,
        cancellation);
}
