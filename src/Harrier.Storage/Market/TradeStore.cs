using Harrier.Domain;
using Harrier.Storage.Market.Formats;

namespace Harrier.Storage.Market;

/// <summary>The trades of a store, a file for each UTC day. Two trades of one time and id are one.</summary>
public sealed class TradeStore
{
    private readonly SeriesStore<HistoricalTrade> _series;

    internal TradeStore(StoreContext context) => _series = new SeriesStore<HistoricalTrade>(context, TradeFormat.Instance);

    /// <summary>What a series holds.</summary>
    /// <exception cref="StoreException">A file of it is damaged or has other columns.</exception>
    public SeriesDescription Describe(SeriesKey key) => _series.Describe(key);

    /// <summary>What is known of a series beside its rows; nothing when it is not there.</summary>
    public SeriesFacts FactsOf(SeriesKey key) => _series.FactsOf(key);

    /// <summary>Sees that the files of a span are those that were written.</summary>
    /// <exception cref="StoreException">One is not the file that its manifest describes.</exception>
    public void RequireUnchanged(SeriesKey key, TimeRange range) => _series.RequireUnchanged(key, range);

    /// <summary>The trades of a span, oldest first; memory does not grow with their number.</summary>
    /// <exception cref="StoreException">A file is damaged or has other columns.</exception>
    public IEnumerable<HistoricalTrade> Read(SeriesKey key, TimeRange range) => _series.Read(key, range);

    /// <summary>Joins trades, in any order, with those that are stored.</summary>
    /// <exception cref="StoreException">Somebody else writes, a file is damaged, the disk is full, or the folder cannot be written; what was stored stays.</exception>
    public StoreWriteResult Write(SeriesKey key, IReadOnlyList<HistoricalTrade> trades, StoreWrite write) => _series.Write(key, trades, write);
}
