using Harrier.Domain;

namespace Harrier.Storage.Market;

/// <summary>One file of a series.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Partition">The month, as 2024-01, or the day, as 2024-01-05, that it holds.</param>
/// <param name="Manifest">What it holds.</param>
public sealed record SeriesFile(string Path, string Partition, PartitionManifest Manifest);

/// <summary>A series as it lies in the store.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Facts">What is known beside its rows.</param>
/// <param name="Files">Its files, oldest first.</param>
public sealed record SeriesDescription(SeriesKey Key, SeriesFacts Facts, IReadOnlyList<SeriesFile> Files)
{
    /// <summary>Number of rows.</summary>
    public long Rows => Files.Sum(file => file.Manifest.Rows);

    /// <summary>Bytes of the Parquet files.</summary>
    public long Bytes => Files.Sum(file => file.Manifest.Bytes);

    /// <summary>Time of the first row; null when there is none.</summary>
    public Timestamp? First => Files.Count == 0 ? null : Files[0].Manifest.First;

    /// <summary>Time of the last row; null when there is none.</summary>
    public Timestamp? Last => Files.Count == 0 ? null : Files[^1].Manifest.Last;

    /// <summary>Spans between the first and the last bar in which bars are missing, as far as manifests tell; empty for anything but bars.</summary>
    public IReadOnlyList<TimeRange> Gaps
    {
        get
        {
            List<TimeRange> gaps = [];
            for (int i = 0; i < Files.Count; i++)
            {
                if (i > 0 && Key.Interval is { } interval)
                {
                    PartitionManifest.AddGap(gaps, Files[i - 1].Manifest.Last, Files[i].Manifest.First, interval);
                }

                gaps.AddRange(Files[i].Manifest.Gaps);
            }

            return gaps;
        }
    }

    /// <summary>Most decimals of a price.</summary>
    public int PriceDecimals => Files.Count == 0 ? 0 : Files.Max(file => file.Manifest.PriceDecimals);

    /// <summary>Most decimals of a volume or size in base currency.</summary>
    public int VolumeDecimals => Files.Count == 0 ? 0 : Files.Max(file => file.Manifest.VolumeDecimals);
}
