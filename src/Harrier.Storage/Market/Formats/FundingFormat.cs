using Harrier.Domain;
using Harrier.Storage.DuckDb;

namespace Harrier.Storage.Market.Formats;

/// <summary>How funding payments lie in files.</summary>
internal sealed class FundingFormat : RowFormat<HistoricalFunding>
{
    /// <summary>The only one that is needed.</summary>
    public static readonly FundingFormat Instance = new();

    /// <inheritdoc/>
    public override SeriesKind Kind => SeriesKind.Funding;

    /// <inheritdoc/>
    public override IReadOnlyList<StoreColumn> Columns { get; } =
        [new("time", DuckType.TimestampTz), new("rate", DuckType.Double), new("mark_price", DuckType.Double), new(StoreColumn.Exact, DuckType.Varchar)];

    /// <inheritdoc/>
    public override int Compare(in HistoricalFunding left, in HistoricalFunding right) => left.Time.CompareTo(right.Time);

    /// <inheritdoc/>
    public override bool AreEqual(in HistoricalFunding left, in HistoricalFunding right) => left == right;

    /// <inheritdoc/>
    public override Timestamp TimeOf(in HistoricalFunding row) => row.Time;

    /// <inheritdoc/>
    public override void Encode(RowEncoder columns, in HistoricalFunding row)
    {
        columns.Time(0, row.Time);
        columns.Number(1, row.Rate);
        columns.Number(2, row.MarkPrice);
    }

    /// <inheritdoc/>
    public override HistoricalFunding Decode(RowDecoder columns) => new()
    {
        Time = columns.Time(0),
        Rate = columns.Number(1),
        MarkPrice = columns.OptionalNumber(2),
    };

    /// <inheritdoc/>
    public override void WriteText(CsvLine line, in HistoricalFunding row)
    {
        line.Time(row.Time);
        line.Number(row.Rate);
        line.Number(row.MarkPrice);
    }

    /// <inheritdoc/>
    public override void Measure(DecimalCounts counts, in HistoricalFunding row)
    {
        if (row.MarkPrice is { } price)
        {
            counts.AddPrice(price);
        }
    }
}
