using Harrier.Domain;
using Harrier.Engine.History;

namespace Harrier.Storage.Collection;

/// <summary>A collection as it goes, for a display.</summary>
/// <param name="venue">Whose data.</param>
/// <param name="symbols">Every symbol, in the order asked for.</param>
/// <param name="usage">What is used of the venue's limits.</param>
public sealed class CollectProgress(VenueId venue, IReadOnlyList<SymbolProgress> symbols, Func<HistoryUsage> usage)
{
    /// <summary>Whose data.</summary>
    public VenueId Venue { get; } = venue;

    /// <summary>Every symbol, in the order asked for.</summary>
    public IReadOnlyList<SymbolProgress> Symbols { get; } = symbols;

    /// <summary>What is used of the venue's limits now.</summary>
    public HistoryUsage Usage => usage();
}
