using Harrier.Domain;

namespace Harrier.Engine.History;

/// <summary>Whole months of bars that a venue offers as files, apart from its limits.</summary>
public interface IBulkHistory
{
    /// <summary>All bars of a month, checked against the venue's checksum of the file.</summary>
    /// <param name="symbol">The venue's symbol.</param>
    /// <param name="interval">Length of the bars, at most a day.</param>
    /// <param name="month">The month's first instant.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>
    /// The bars; or <see cref="HistoryFaultKind.NotSupported"/> where the venue has no such file (yet), and the venue's own calls are to be asked instead.
    /// </returns>
    Task<HistoryAnswer<HistoryPage<HistoricalBar>>> MonthAsync(string symbol, BarSpec interval, Timestamp month, CancellationToken cancellation);
}
