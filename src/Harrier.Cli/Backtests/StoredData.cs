using Harrier.Domain;
using Harrier.Storage.Bars;
using Harrier.Storage.Market;
using Harrier.Storage.Market.Serving;

namespace Harrier.Cli.Backtests;

/// <summary>Bars of a market store for a backtest.</summary>
internal static class StoredData
{
    // Ten symbols that are read at once need a tenth of it.
    private const int MemoryMiB = 512;

    /// <summary>True for a folder that is a store: its first level names venues.</summary>
    public static bool IsStore(string path) => Directory.Exists(path) && Directory.EnumerateDirectories(path, "venue=*").Any();

    /// <summary>The store of a home when it has every symbol asked for, else null.</summary>
    public static string? OfHome(string home, IReadOnlyList<string> symbols)
    {
        string root = Path.Combine(home, "data");
        if (symbols.Count == 0 || !IsStore(root))
        {
            return null;
        }

        using MarketStore store = MarketStore.Open(root);
        HashSet<string> stored = [.. store.List().Where(key => key.Kind is SeriesKind.Bars or SeriesKind.Trades).Select(key => key.Symbol)];
        return symbols.All(symbol => SymbolText.TryParse(symbol, out Asset baseAsset, out Asset quoteAsset) && stored.Contains(baseAsset.Code + quoteAsset.Code)) ? root : null;
    }

    /// <summary>Opens a store and finds what is asked for.</summary>
    /// <exception cref="BarDataException">It is not there, or not unambiguous.</exception>
    /// <exception cref="StoreException">The store is damaged.</exception>
    public static BacktestData Read(string root, BarReadOptions reading, VenueId? venue)
    {
        MarketStore store = MarketStore.Open(root, new StoreOptions { MemoryMiB = MemoryMiB });
        try
        {
            IReadOnlyList<StoredHistory> found = StoredHistories.Find(store, reading, venue);
            BarHistory[] series = [.. found.Select(one => one.History)];
            return new BacktestData
            {
                Series = series,
                Summary = Lines(store.Root, found),
                Checks = BarKindCheck.Of(series),
                Provenance = () => ProvenanceOf(store.Root, found),
                Open = store,
            };
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private static IEnumerable<string> Lines(string root, IReadOnlyList<StoredHistory> found)
    {
        yield return $"store {root}";
        foreach (StoredHistory one in found)
        {
            InstrumentDefinition definition = one.History.Instrument.Definition;
            BarExtent extent = one.History.Extent;
            string origin = definition.Venue.IsSimulated ? " (synthetic or simulated, not a real market)" : "";
            string made = one.Stored == one.History ? "" : $" of {one.Source.IntervalName ?? "trades"}";
            yield return FormattableString.Invariant(
                $"{definition.Venue} {definition.Symbol} {one.History.Spec}{made}{origin}: {extent.Count} bars from {extent.First.OpenTime} to {extent.Last.CloseTime}, {one.StoredRows} rows stored");
            yield return FormattableString.Invariant($"grid: tick {definition.TickSize}, lot {definition.LotSize}, {one.Stored?.SnappedPrices ?? 0} prices snapped to it within 1e-9");
            if (one.OtherTickSize is { } tick)
            {
                yield return FormattableString.Invariant($"note: the venue tells a tick of {tick}; --tick {tick} trades on it");
            }
        }
    }

    private static IReadOnlyList<KeyValuePair<string, object?>> ProvenanceOf(string root, IReadOnlyList<StoredHistory> found) =>
    [
        new("data_store", root),
        .. found.Select(one => new KeyValuePair<string, object?>($"data_{one.History.Instrument.Symbol}", one.Stored == one.History ? one.Source.ToString() : $"{one.History.Spec} of {one.Source}")),
        new("snapped_prices", found.Sum(one => one.Stored?.SnappedPrices ?? 0)),
    ];
}
