using System.Globalization;
using System.Text;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Storage.Recording;

namespace Harrier.Cli.Recording;

/// <summary>A recording at one moment.</summary>
/// <param name="Time">When.</param>
/// <param name="Venue">Whose data.</param>
/// <param name="Statistics">What was recorded.</param>
/// <param name="IsEnd">True for the last moment.</param>
internal sealed record RecordMoment(Timestamp Time, VenueId Venue, RecorderStatistics Statistics, bool IsEnd);

/// <summary>Shows a recording: lines, or JSON objects one per line.</summary>
/// <param name="output">Takes the moments.</param>
/// <param name="errors">Takes the warnings.</param>
/// <param name="isJson">True for JSON.</param>
internal sealed class RecordView(TextWriter output, TextWriter errors, bool isJson)
{
    private const double MegaByte = 1e6;

    /// <summary>Shows a moment.</summary>
    public void Show(RecordMoment moment)
    {
        output.WriteLine(isJson ? Json(moment) : Line(moment));
        output.Flush();
    }

    /// <summary>Shows that something went wrong.</summary>
    public void Warn(string line) => errors.WriteLine(line);

    private static string Line(RecordMoment moment)
    {
        RecorderStatistics now = moment.Statistics;
        double ratio = now.FileBytes > 0 ? now.TextBytes / (double)now.FileBytes : 0;
        string lost = now.Lost > 0 ? string.Create(CultureInfo.InvariantCulture, $", {now.Lost} MISSING in {now.Holes} holes") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{moment.Time.ToDateTimeOffset():yyyy-MM-dd'T'HH:mm:ss'Z'}  {moment.Venue}: {now.Records} records, {now.Snapshots} snapshots, {now.TextBytes / MegaByte:0.0} MB in {now.FileBytes / MegaByte:0.0} MB ({ratio:0.0} to 1), {now.Files} files{lost}");
    }

    private static string Json(RecordMoment moment)
    {
        RecorderStatistics now = moment.Statistics;
        using MemoryStream text = new();
        using (Utf8JsonWriter writer = new(text))
        {
            writer.WriteStartObject();
            writer.WriteString("type", moment.IsEnd ? "summary" : "status");
            writer.WriteString("time", moment.Time.ToString());
            writer.WriteString("venue", moment.Venue.Name);
            writer.WriteNumber("records", now.Records);
            writer.WriteNumber("snapshots", now.Snapshots);
            writer.WriteNumber("text_bytes", now.TextBytes);
            writer.WriteNumber("file_bytes", now.FileBytes);
            writer.WriteNumber("files", now.Files);
            writer.WriteNumber("missing_records", now.Lost);
            writer.WriteNumber("holes", now.Holes);
            writer.WriteString("fault", now.Fault);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }
}
