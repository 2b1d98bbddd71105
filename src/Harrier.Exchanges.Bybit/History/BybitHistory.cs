using System.Text.Json;
using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Exchanges.Bybit.Wire;
using Harrier.Exchanges.History;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Venues;

namespace Harrier.Exchanges.Bybit.History;

/// <summary>The past of a market by its REST interface. The venue keeps no trades beyond the latest thousand.</summary>
public sealed class BybitHistory : VenueHistory
{
    private readonly BybitMarket _market;
    private readonly HistoryCalls _calls;
    private readonly BybitCalls _sender;
    private readonly BudgetRule _rule;

    /// <summary>The past of a market; nothing is sent.</summary>
    /// <param name="market">Which market.</param>
    /// <param name="venue">The venue's id, <c>sim-...</c> for the built-in exchange.</param>
    /// <param name="requests">What its calls share, with the limits of <see cref="BybitLimits"/>; disposed of with it.</param>
    /// <param name="surroundings">The outside world.</param>
    public BybitHistory(BybitMarket market, VenueId venue, VenueRequests requests, VenueSurroundings surroundings)
        : base(venue, requests)
    {
        _market = market;
        _calls = new HistoryCalls(market);
        _rule = BybitLimits.Of(market).First(static rule => rule.Name == BybitLimits.Address);
        RestClient rest = RestOf(requests.Place, new BybitRestDialect(), requests, surroundings);
        _sender = new BybitCalls(new BybitConnection(rest, Signer: null, new BybitSymbols(market, venue), requests.Clock));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<BarSpec> Intervals => HistoryCalls.Intervals;

    /// <inheritdoc/>
    public override int BarPageSize => HistoryCalls.BarPage;

    /// <inheritdoc/>
    protected override BudgetRule Rule => _rule;

    /// <inheritdoc/>
    public override async Task<HistoryAnswer<IReadOnlyDictionary<string, HistoryListing>>> ListingsAsync(IReadOnlyList<string> symbols, CancellationToken cancellation)
    {
        VenueResult<IReadOnlyList<InstrumentMessage>> listed = await _sender.PagesAsync(
            _calls.Listings, BybitJson.Default.Instruments, int.MaxValue, cancellation).ConfigureAwait(false);
        return listed.IsOk
            ? HistoryAnswer<IReadOnlyDictionary<string, HistoryListing>>.Of(HistoryMapping.Listings(_market, Venue, listed.Value, symbols))
            : HistoryAnswer<IReadOnlyDictionary<string, HistoryListing>>.Failed(HistoryFaults.Of(listed.Error));
    }

    /// <inheritdoc/>
    public override async Task<HistoryAnswer<HistoryPage<HistoricalBar>>> BarsAsync(BarHistoryQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (!Intervals.Contains(query.Interval))
        {
            return HistoryAnswer<HistoryPage<HistoricalBar>>.Failed(HistoryFaultKind.UnknownInterval, $"the venue makes no bars of {query.Interval}");
        }

        Timestamp end = HistoryCalls.EndOfPage(query);
        VenueResult<List<HistoricalBar>> rows = await _sender.SendAsync(
            _calls.Bars(query, end), BybitJson.Default.Klines, answer => HistoryMapping.Bars(Needed(answer), query.Symbol), cancellation).ConfigureAwait(false);
        return rows.IsOk
            ? BarPages.Check(rows.Value, query with { To = end }, HistoryCalls.BarPage, end)
            : HistoryAnswer<HistoryPage<HistoricalBar>>.Failed(HistoryFaults.Of(rows.Error));
    }

    /// <inheritdoc/>
    public override Task<HistoryAnswer<HistoryPage<HistoricalTrade>>> TradesAsync(TradeHistoryQuery query, CancellationToken cancellation) =>
        Task.FromResult(HistoryAnswer<HistoryPage<HistoricalTrade>>.Failed(
            HistoryFaultKind.NotSupported, "the venue tells its latest trades alone, none by id or time: record them as they come"));

    /// <inheritdoc/>
    public override async Task<HistoryAnswer<HistoryPage<HistoricalFunding>>> FundingAsync(FundingHistoryQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (_market == BybitMarket.Spot)
        {
            return HistoryAnswer<HistoryPage<HistoricalFunding>>.Failed(HistoryFaultKind.NotSupported, "funding is paid on perpetual contracts alone");
        }

        Timestamp end = HistoryCalls.EndOfPage(query);
        VenueResult<List<HistoricalFunding>> rows = await _sender.SendAsync(
            _calls.Funding(query, end), BybitJson.Default.FundingRates, static answer => HistoryMapping.Funding(Needed(answer)), cancellation).ConfigureAwait(false);
        return rows.IsOk
            ? RowPages.Check(rows.Value, query with { To = end }, HistoryCalls.FundingPage, end)
            : HistoryAnswer<HistoryPage<HistoricalFunding>>.Failed(HistoryFaults.Of(rows.Error));
    }

    /// <inheritdoc/>
    public override async Task<HistoryAnswer<HistoricalBook>> BookAsync(string symbol, CancellationToken cancellation) => HistoryFaults.Answer(await _sender.SendAsync(
        _calls.Book(symbol), BybitJson.Default.OrderBook, static answer => HistoryMapping.Book(Needed(answer)), cancellation).ConfigureAwait(false));

    /// <inheritdoc/>
    protected override Task<VenueResult<Timestamp>> AskTimeAsync(CancellationToken cancellation) => _sender.SendAsync(
        HistoryCalls.Time(), BybitJson.Default.AnswerMessageServerTimeMessage, static answer => new Timestamp(Needed(answer).TimeNano), cancellation);

    private static T Needed<T>(AnswerMessage<T> answer)
        where T : class => answer.Result ?? throw new JsonException("the answer has no result");
}
