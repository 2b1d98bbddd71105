using Harrier.Domain;
using Harrier.Storage.DuckDb;

namespace Harrier.Storage.Market.Formats;

/// <summary>How rows of one kind lie in the columns of files.</summary>
/// <typeparam name="TRow">A row with its numbers exactly as the source wrote them.</typeparam>
internal abstract class RowFormat<TRow>
    where TRow : struct
{
    /// <summary>The kind.</summary>
    public abstract SeriesKind Kind { get; }

    /// <summary>The columns; the first is the time, the last the exact text.</summary>
    public abstract IReadOnlyList<StoreColumn> Columns { get; }

    /// <summary>The order of rows: by time, then by what tells rows of one time apart; 0 for two rows of which only one can be true.</summary>
    public abstract int Compare(in TRow left, in TRow right);

    /// <summary>True when two rows say the same, however many zeros their numbers end with.</summary>
    public abstract bool AreEqual(in TRow left, in TRow right);

    /// <summary>When the row was.</summary>
    public abstract Timestamp TimeOf(in TRow row);

    /// <summary>Writes a row into the columns, except the last.</summary>
    public abstract void Encode(RowEncoder columns, in TRow row);

    /// <summary>Reads a row out of the columns.</summary>
    public abstract TRow Decode(RowDecoder columns);

    /// <summary>Writes a row as text, in the order of the columns without the last.</summary>
    public abstract void WriteText(CsvLine line, in TRow row);

    /// <summary>Counts the decimals of prices and volumes.</summary>
    public abstract void Measure(DecimalCounts counts, in TRow row);

    /// <summary>The columns with their types, as in CREATE TABLE.</summary>
    public string Definition => string.Join(", ", Columns.Select(column => $"{column.Name} {column.SqlType}"));

    /// <summary>The names of the columns, as in SELECT.</summary>
    public string Names => string.Join(", ", Columns.Select(column => column.Name));

    /// <summary>The types of the columns.</summary>
    public DuckType[] Types => [.. Columns.Select(column => column.Type)];
}
