using Harrier.Domain;
using Harrier.Storage.Market.Formats;

namespace Harrier.Storage.Market;

/// <summary>The funding payments of a store, a file for each month.</summary>
public sealed class FundingStore
{
    private readonly SeriesStore<HistoricalFunding> _series;

    internal FundingStore(StoreContext context) => _series = new SeriesStore<HistoricalFunding>(context, FundingFormat.Instance);

    /// <summary>What a series holds.</summary>
    /// <exception cref="StoreException">A file of it is damaged or has other columns.</exception>
    public SeriesDescription Describe(SeriesKey key) => _series.Describe(key);

    /// <summary>What is known of a series beside its rows; nothing when it is not there.</summary>
    public SeriesFacts FactsOf(SeriesKey key) => _series.FactsOf(key);

    /// <summary>The payments of a span, oldest first; memory does not grow with their number.</summary>
    /// <exception cref="StoreException">A file is damaged or has other columns.</exception>
    public IEnumerable<HistoricalFunding> Read(SeriesKey key, TimeRange range) => _series.Read(key, range);

    /// <summary>Joins payments, in any order, with those that are stored.</summary>
    /// <exception cref="StoreException">Somebody else writes, a file is damaged, the disk is full, or the folder cannot be written; what was stored stays.</exception>
    public StoreWriteResult Write(SeriesKey key, IReadOnlyList<HistoricalFunding> payments, StoreWrite write) => _series.Write(key, payments, write);
}
