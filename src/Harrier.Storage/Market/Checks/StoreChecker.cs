using Harrier.Domain;
using Harrier.Storage.Market.Formats;

namespace Harrier.Storage.Market.Checks;

/// <summary>Verifies what a store holds. It only reads.</summary>
/// <param name="context">The store.</param>
/// <param name="losesChanged">Whether the rows of a file that is not the one that was written count as lost, and are not looked at.</param>
internal sealed class StoreChecker(StoreContext context, bool losesChanged = false)
{
    /// <summary>Verifies a series.</summary>
    public SeriesCheck Run(SeriesKey key) => key.Kind switch
    {
        SeriesKind.Bars => RunBars(key),
        SeriesKind.Trades => Run(key, new FileChecker<HistoricalTrade>(context, TradeFormat.Instance, RowRules.Trade) { LosesChanged = losesChanged }),
        SeriesKind.Funding => Run(key, new FileChecker<HistoricalFunding>(context, FundingFormat.Instance, RowRules.Funding) { LosesChanged = losesChanged }),
        _ => Run(key, new FileChecker<BookRow>(context, BookFormat.Instance, RowRules.Book) { LosesChanged = losesChanged }),
    };

    private SeriesCheck RunBars(SeriesKey key)
    {
        BarSpec interval = key.Interval!.Value;
        FindingList findings = new();
        BarValueCheck values = new(interval, findings);
        FileChecker<HistoricalBar> files = new(context, BarFormat.Instance, RowRules.Bar) { LosesChanged = losesChanged };
        IReadOnlyList<TimeRange> lost = files.Run(key, findings, bar => values.Add(in bar));
        values.End();
        IReadOnlyList<TimeRange> covered = new SeriesStore<HistoricalBar>(context, BarFormat.Instance).FactsOf(key).Covered;
        IReadOnlyList<TimeRange> missing = BarGaps.Find([.. values.Times.Order()], interval, covered, lost, findings);
        return new SeriesCheck(key, context.Layout.PartitionsOf(key).Count, files.Rows, findings.ToList(), missing);
    }

    private SeriesCheck Run<TRow>(SeriesKey key, FileChecker<TRow> files)
        where TRow : struct
    {
        FindingList findings = new();
        IReadOnlyList<TimeRange> lost = files.Run(key, findings, static _ => { });
        return new SeriesCheck(key, context.Layout.PartitionsOf(key).Count, files.Rows, findings.ToList(), TimeRange.Union(lost));
    }
}
