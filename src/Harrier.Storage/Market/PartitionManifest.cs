using Harrier.Domain;

namespace Harrier.Storage.Market;

/// <summary>What a file of the store holds; kept beside it.</summary>
public sealed record PartitionManifest
{
    /// <summary>The version of the columns that this program writes.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Version of the columns.</summary>
    public required int Schema { get; init; }

    /// <summary>Number of rows, above 0.</summary>
    public required long Rows { get; init; }

    /// <summary>Time of the first row.</summary>
    public required Timestamp First { get; init; }

    /// <summary>Time of the last row.</summary>
    public required Timestamp Last { get; init; }

    /// <summary>Bytes of the Parquet file.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the Parquet file in lower case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Where the rows came from.</summary>
    public required string Source { get; init; }

    /// <summary>When the file was written.</summary>
    public required Timestamp WrittenAt { get; init; }

    /// <summary>Spans between the first and the last row in which bars are missing; empty for anything but bars.</summary>
    public required IReadOnlyList<TimeRange> Gaps { get; init; }

    /// <summary>Most decimals of a price.</summary>
    public required int PriceDecimals { get; init; }

    /// <summary>Most decimals of a volume or size in base currency.</summary>
    public required int VolumeDecimals { get; init; }

    /// <summary>Notes the bars that are missing between two.</summary>
    internal static void AddGap(List<TimeRange> gaps, Timestamp before, Timestamp after, BarSpec interval)
    {
        Timestamp expected = new(before.Nanos + interval.IntervalNanos);
        if (after > expected)
        {
            gaps.Add(new TimeRange(expected, after));
        }
    }
}
