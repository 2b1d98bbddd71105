using Harrier.Domain;

namespace Harrier.Engine.History;

/// <summary>
/// The past of a venue's markets, asked for page by page within the venue's limits. It is called from outside the engine's thread. No call throws for what a venue
/// does or does not do; each is safe to call from several threads at once.
/// </summary>
public interface IMarketHistory : IDisposable
{
    /// <summary>Whose past; <c>sim-...</c> when it comes from the built-in exchange.</summary>
    VenueId Venue { get; }

    /// <summary>Lengths of bars that the venue makes, shortest first.</summary>
    IReadOnlyList<BarSpec> Intervals { get; }

    /// <summary>The most bars of a page.</summary>
    int BarPageSize { get; }

    /// <summary>Whole months of bars as files; null where the place has none.</summary>
    IBulkHistory? Bulk { get; }

    /// <summary>What is used of the venue's limits now. Costs no request.</summary>
    HistoryUsage Usage { get; }

    /// <summary>The venue's time now: a bar is closed when this clock says so. Asks the venue only when its clock was not measured lately.</summary>
    Task<HistoryAnswer<Timestamp>> TimeAsync(CancellationToken cancellation);

    /// <summary>What the venue says about symbols, in one go. Symbols that it does not list, or no longer, are missing in the answer.</summary>
    Task<HistoryAnswer<IReadOnlyDictionary<string, HistoryListing>>> ListingsAsync(IReadOnlyList<string> symbols, CancellationToken cancellation);

    /// <summary>The next page of bars, closed and growing ones alike: which of them are closed, <see cref="TimeAsync"/> tells.</summary>
    Task<HistoryAnswer<HistoryPage<HistoricalBar>>> BarsAsync(BarHistoryQuery query, CancellationToken cancellation);

    /// <summary>The next page of trades, or of aggregates of them where the venue tells only these.</summary>
    Task<HistoryAnswer<HistoryPage<HistoricalTrade>>> TradesAsync(TradeHistoryQuery query, CancellationToken cancellation);

    /// <summary>The next page of funding payments of a perpetual contract.</summary>
    Task<HistoryAnswer<HistoryPage<HistoricalFunding>>> FundingAsync(FundingHistoryQuery query, CancellationToken cancellation);

    /// <summary>The book as it stands, as deep as the venue tells.</summary>
    Task<HistoryAnswer<HistoricalBook>> BookAsync(string symbol, CancellationToken cancellation);
}
