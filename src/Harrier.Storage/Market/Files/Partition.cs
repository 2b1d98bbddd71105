using System.Globalization;
using Harrier.Domain;

namespace Harrier.Storage.Market.Files;

/// <summary>The paths of one file of rows and of what lies beside it.</summary>
/// <param name="Folder">The month's folder.</param>
/// <param name="Stem">The kind's name.</param>
/// <param name="Suffix">A dash and the day for kinds with a file for each day, else empty.</param>
internal sealed record Partition(string Folder, string Stem, string Suffix)
{
    /// <summary>The rows.</summary>
    public string Parquet => Path.Combine(Folder, $"{Stem}{Suffix}.parquet");

    /// <summary>The rows as text.</summary>
    public string Csv => Path.Combine(Folder, $"_{Stem}{Suffix}.csv");

    /// <summary>What the rows are.</summary>
    public string Manifest => Path.Combine(Folder, $"_manifest{Suffix}.json");

    /// <summary>The day, or else the month.</summary>
    public string Label => Suffix.Length > 0 ? Suffix[1..] : Path.GetFileName(Folder).Replace("month=", "", StringComparison.Ordinal);

    /// <summary>The time that rows of the file may have; empty when the folder is none of a month.</summary>
    public TimeRange Span
    {
        get
        {
            bool isDay = Suffix.Length > 0;
            return DateTime.TryParseExact(Label, isDay ? "yyyy-MM-dd" : "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime start)
                ? new TimeRange(Timestamp.From(start), Timestamp.From(isDay ? start.AddDays(1) : start.AddMonths(1)))
                : default;
        }
    }
}
