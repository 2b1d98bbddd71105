using Harrier.Domain;
using Harrier.Storage.DuckDb;

namespace Harrier.Storage.Market.Formats;

/// <summary>How trades lie in files.</summary>
internal sealed class TradeFormat : RowFormat<HistoricalTrade>
{
    /// <summary>The only one that is needed.</summary>
    public static readonly TradeFormat Instance = new();

    /// <inheritdoc/>
    public override SeriesKind Kind => SeriesKind.Trades;

    /// <inheritdoc/>
    public override IReadOnlyList<StoreColumn> Columns { get; } =
    [
        new("time", DuckType.TimestampTz), new("id", DuckType.BigInt), new("price", DuckType.Double), new("quantity", DuckType.Double), new("side", DuckType.Varchar),
        new("first_trade_id", DuckType.BigInt), new("last_trade_id", DuckType.BigInt), new(StoreColumn.Exact, DuckType.Varchar),
    ];

    /// <inheritdoc/>
    public override int Compare(in HistoricalTrade left, in HistoricalTrade right)
    {
        int byTime = left.Time.CompareTo(right.Time);
        return byTime != 0 ? byTime : left.Id.CompareTo(right.Id);
    }

    /// <inheritdoc/>
    public override bool AreEqual(in HistoricalTrade left, in HistoricalTrade right) => left == right;

    /// <inheritdoc/>
    public override Timestamp TimeOf(in HistoricalTrade row) => row.Time;

    /// <inheritdoc/>
    public override void Encode(RowEncoder columns, in HistoricalTrade row)
    {
        columns.Time(0, row.Time);
        columns.Integer(1, row.Id);
        columns.Number(2, row.Price);
        columns.Number(3, row.Quantity);
        columns.Word(4, row.IsSell ? "sell"u8 : "buy"u8);
        columns.Integer(5, row.FirstTradeId);
        columns.Integer(6, row.LastTradeId);
    }

    /// <inheritdoc/>
    public override HistoricalTrade Decode(RowDecoder columns) => new()
    {
        Time = columns.Time(0),
        Id = columns.Integer(1) ?? throw new FormatException("id is missing"),
        Price = columns.Number(2),
        Quantity = columns.Number(3),
        IsSell = columns.Is(4, "sell"u8),
        FirstTradeId = columns.Integer(5),
        LastTradeId = columns.Integer(6),
    };

    /// <inheritdoc/>
    public override void WriteText(CsvLine line, in HistoricalTrade row)
    {
        line.Time(row.Time);
        line.Integer(row.Id);
        line.Number(row.Price);
        line.Number(row.Quantity);
        line.Word(row.IsSell ? "sell" : "buy");
        line.Integer(row.FirstTradeId);
        line.Integer(row.LastTradeId);
    }

    /// <inheritdoc/>
    public override void Measure(DecimalCounts counts, in HistoricalTrade row)
    {
        counts.AddPrice(row.Price);
        counts.AddVolume(row.Quantity);
    }
}
