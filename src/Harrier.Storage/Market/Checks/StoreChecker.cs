using Harrier.Domain;
using Harrier.Storage.Market.Formats;

namespace Harrier.Storage.Market.Checks;

/// <summary>Verifies what a store holds. It only reads.</summary>
internal sealed class StoreChecker(StoreContext context)
{
    /// <summary>Verifies a series.</summary>
    public SeriesCheck Run(SeriesKey key) => key.Kind switch
    {
        SeriesKind.Bars => RunBars(key),
        SeriesKind.Trades => Run(key, new FileChecker<HistoricalTrade>(context, TradeFormat.Instance, RowRules.Trade)),
        SeriesKind.Funding => Run(key, new FileChecker<HistoricalFunding>(context, FundingFormat.Instance, RowRules.Funding)),
        _ => Run(key, new FileChecker<BookRow>(context, BookFormat.Instance, RowRules.Book)),
    };

    private SeriesCheck RunBars(SeriesKey key)
    {
        BarSpec interval = key.Interval!.Value;
        FindingList findings = new();
        BarValueCheck values = new(interval, findings);
        FileChecker<HistoricalBar> files = new(context, BarFormat.Instance, RowRules.Bar);
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
