using Harrier.Engine.History;
using Harrier.Storage.Market;

namespace Harrier.Storage.Collection;

/// <summary>Collects one series.</summary>
internal abstract class SeriesCollection
{
    /// <summary>Rows that the venue's ids say there were and that it did not give when asked again.</summary>
    public virtual long Gaps => 0;

    /// <summary>The collection of a kind of rows.</summary>
    /// <param name="context">What the symbols of a run share.</param>
    /// <param name="progress">Hears how it goes.</param>
    /// <param name="listing">What the venue says of the symbol.</param>
    public static SeriesCollection Of(CollectContext context, SymbolProgress progress, HistoryListing listing) => context.Request.Kind switch
    {
        SeriesKind.Bars => new BarCollection(context, progress, listing),
        SeriesKind.Trades => new TradeCollection(context, progress, listing),
        SeriesKind.Funding => new FundingCollection(context, progress, listing),
        _ => new BookCollection(context, progress, listing),
    };

    /// <summary>Collects.</summary>
    /// <param name="missing">The spans that are wanted and not stored, oldest first.</param>
    /// <param name="cancellation">Stops between two questions.</param>
    /// <returns>Null, or what ended it early.</returns>
    /// <exception cref="StoreException">The store cannot be written or read.</exception>
    public abstract Task<HistoryFault?> RunAsync(IReadOnlyList<TimeRange> missing, CancellationToken cancellation);

    /// <summary>Writes what came and is not written yet.</summary>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public abstract void Flush();
}
