using Harrier.Domain;
using Harrier.Storage.DuckDb;

namespace Harrier.Storage.Market.Formats;

/// <summary>How bars lie in files.</summary>
internal sealed class BarFormat : RowFormat<HistoricalBar>
{
    /// <summary>The only one that is needed.</summary>
    public static readonly BarFormat Instance = new();

    /// <summary>Column of the volumes, the last of what prices and volumes are.</summary>
    public const int Volume = 5;

    /// <summary>Column of the trade counts.</summary>
    public const int TradeCount = 9;

    /// <inheritdoc/>
    public override SeriesKind Kind => SeriesKind.Bars;

    /// <inheritdoc/>
    public override IReadOnlyList<StoreColumn> Columns { get; } =
    [
        new("open_time", DuckType.TimestampTz), new("open", DuckType.Double), new("high", DuckType.Double), new("low", DuckType.Double), new("close", DuckType.Double),
        new("volume", DuckType.Double), new("quote_volume", DuckType.Double), new("taker_buy_volume", DuckType.Double), new("taker_buy_quote_volume", DuckType.Double),
        new("trade_count", DuckType.BigInt), new(StoreColumn.Exact, DuckType.Varchar),
    ];

    /// <inheritdoc/>
    public override int Compare(in HistoricalBar left, in HistoricalBar right) => left.OpenTime.CompareTo(right.OpenTime);

    /// <inheritdoc/>
    public override bool AreEqual(in HistoricalBar left, in HistoricalBar right) => left == right;

    /// <inheritdoc/>
    public override Timestamp TimeOf(in HistoricalBar row) => row.OpenTime;

    /// <inheritdoc/>
    public override void Encode(RowEncoder columns, in HistoricalBar row)
    {
        columns.Time(0, row.OpenTime);
        columns.Number(1, row.Open);
        columns.Number(2, row.High);
        columns.Number(3, row.Low);
        columns.Number(4, row.Close);
        columns.Number(5, row.Volume);
        columns.Number(6, row.QuoteVolume);
        columns.Number(7, row.TakerBuyVolume);
        columns.Number(8, row.TakerBuyQuoteVolume);
        columns.Integer(TradeCount, row.TradeCount);
    }

    /// <inheritdoc/>
    public override HistoricalBar Decode(RowDecoder columns) => new()
    {
        OpenTime = columns.Time(0),
        Open = columns.Number(1),
        High = columns.Number(2),
        Low = columns.Number(3),
        Close = columns.Number(4),
        Volume = columns.Number(5),
        QuoteVolume = columns.OptionalNumber(6),
        TakerBuyVolume = columns.OptionalNumber(7),
        TakerBuyQuoteVolume = columns.OptionalNumber(8),
        TradeCount = columns.Integer(TradeCount),
    };

    /// <inheritdoc/>
    public override void WriteText(CsvLine line, in HistoricalBar row)
    {
        line.Time(row.OpenTime);
        line.Number(row.Open);
        line.Number(row.High);
        line.Number(row.Low);
        line.Number(row.Close);
        line.Number(row.Volume);
        line.Number(row.QuoteVolume);
        line.Number(row.TakerBuyVolume);
        line.Number(row.TakerBuyQuoteVolume);
        line.Integer(row.TradeCount);
    }

    /// <inheritdoc/>
    public override void Measure(DecimalCounts counts, in HistoricalBar row)
    {
        counts.AddPrice(row.Open);
        counts.AddPrice(row.High);
        counts.AddPrice(row.Low);
        counts.AddPrice(row.Close);
        counts.AddVolume(row.Volume);
    }
}
