using Harrier.Domain;
using Harrier.Storage.Market.Formats;

namespace Harrier.Storage.Market.Checks;

/// <summary>What a row of a kind must be, whatever its neighbors are.</summary>
/// <typeparam name="TRow">What a row is.</typeparam>
internal delegate void RowRule<TRow>(in TRow row, FindingList findings);

/// <summary>The rules of each kind.</summary>
internal static class RowRules
{
    /// <summary>A trade has a price and a size.</summary>
    public static void Trade(in HistoricalTrade row, FindingList findings) => PriceAndSize(row.Time, row.Price, row.Quantity, findings);

    /// <summary>A payment has a mark price above 0 where it has one.</summary>
    public static void Funding(in HistoricalFunding row, FindingList findings) => PriceAndSize(row.Time, row.MarkPrice ?? 1, 0, findings);

    /// <summary>A level has a price and a size.</summary>
    public static void Book(in BookRow row, FindingList findings) => PriceAndSize(row.Time, row.Price, row.Quantity, findings);

    /// <summary>High and low enclose open and close, prices are above 0 and volumes not below.</summary>
    public static void Bar(in HistoricalBar row, FindingList findings)
    {
        PriceAndSize(row.OpenTime, Math.Min(Math.Min(row.Open, row.Close), Math.Min(row.High, row.Low)), Math.Min(row.Volume, row.QuoteVolume ?? 0), findings);
        if (row.Low > Math.Min(row.Open, row.Close) || row.High < Math.Max(row.Open, row.Close))
        {
            findings.Add(StoreFindingKind.Inconsistent, row.OpenTime, FormattableString.Invariant($"open {row.Open}, high {row.High}, low {row.Low}, close {row.Close} at {row.OpenTime}"));
        }
    }

    private static void PriceAndSize(Timestamp time, decimal price, decimal size, FindingList findings)
    {
        if (price <= 0)
        {
            findings.Add(StoreFindingKind.Price, time, FormattableString.Invariant($"{price} at {time}"));
        }

        if (size < 0)
        {
            findings.Add(StoreFindingKind.Volume, time, FormattableString.Invariant($"{size} at {time}"));
        }
    }
}
