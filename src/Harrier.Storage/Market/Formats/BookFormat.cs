using Harrier.Domain;
using Harrier.Storage.DuckDb;

namespace Harrier.Storage.Market.Formats;

/// <summary>One level of a snapshot.</summary>
/// <param name="Time">When the snapshot was taken.</param>
/// <param name="UpdateId">The venue's number of the last change in it.</param>
/// <param name="IsAsk">True for sales.</param>
/// <param name="Level">0 for the best price of its side.</param>
/// <param name="Price">Price in quote currency.</param>
/// <param name="Quantity">Size in base currency.</param>
internal readonly record struct BookRow(Timestamp Time, long UpdateId, bool IsAsk, int Level, decimal Price, decimal Quantity);

/// <summary>How book snapshots lie in files: a row for each level.</summary>
internal sealed class BookFormat : RowFormat<BookRow>
{
    /// <summary>The only one that is needed.</summary>
    public static readonly BookFormat Instance = new();

    /// <inheritdoc/>
    public override SeriesKind Kind => SeriesKind.Book;

    /// <inheritdoc/>
    public override IReadOnlyList<StoreColumn> Columns { get; } =
    [
        new("time", DuckType.TimestampTz), new("side", DuckType.Varchar), new("level", DuckType.Integer), new("price", DuckType.Double), new("quantity", DuckType.Double),
        new("last_update_id", DuckType.BigInt), new(StoreColumn.Exact, DuckType.Varchar),
    ];

    /// <inheritdoc/>
    public override int Compare(in BookRow left, in BookRow right) =>
        (left.Time.Nanos, left.UpdateId, left.IsAsk, left.Level).CompareTo((right.Time.Nanos, right.UpdateId, right.IsAsk, right.Level));

    /// <inheritdoc/>
    public override bool AreEqual(in BookRow left, in BookRow right) => left == right;

    /// <inheritdoc/>
    public override Timestamp TimeOf(in BookRow row) => row.Time;

    /// <inheritdoc/>
    public override void Encode(RowEncoder columns, in BookRow row)
    {
        columns.Time(0, row.Time);
        columns.Word(1, row.IsAsk ? "ask"u8 : "bid"u8);
        columns.Small(2, row.Level);
        columns.Number(3, row.Price);
        columns.Number(4, row.Quantity);
        columns.Integer(5, row.UpdateId);
    }

    /// <inheritdoc/>
    public override BookRow Decode(RowDecoder columns) => new(
        columns.Time(0),
        columns.Integer(5) ?? throw new FormatException("last_update_id is missing"),
        columns.Is(1, "ask"u8),
        columns.Small(2),
        columns.Number(3),
        columns.Number(4));

    /// <inheritdoc/>
    public override void WriteText(CsvLine line, in BookRow row)
    {
        line.Time(row.Time);
        line.Word(row.IsAsk ? "ask" : "bid");
        line.Integer(row.Level);
        line.Number(row.Price);
        line.Number(row.Quantity);
        line.Integer(row.UpdateId);
    }

    /// <inheritdoc/>
    public override void Measure(DecimalCounts counts, in BookRow row)
    {
        counts.AddPrice(row.Price);
        counts.AddVolume(row.Quantity);
    }
}
