using Harrier.Domain;

namespace Harrier.Engine.History;

/// <summary>A page of the past, checked: rows oldest first, none twice, all of them inside of what was asked for.</summary>
/// <typeparam name="T">What a row is.</typeparam>
/// <param name="Rows">The rows; may be none.</param>
/// <param name="Until">
/// End of the time that the page speaks for, itself excluded: from the start of the query to here the venue named no other row. For trades that are asked for by id,
/// the time of the last of them.
/// </param>
/// <param name="IsFull">True when the venue gave as many rows as fit, so that more may follow at once.</param>
public sealed record HistoryPage<T>(IReadOnlyList<T> Rows, Timestamp Until, bool IsFull)
{
    /// <summary>Rows of the answer that were left out because they came twice or from outside of what was asked for, and rows put into order.</summary>
    public int Repairs { get; init; }
}
