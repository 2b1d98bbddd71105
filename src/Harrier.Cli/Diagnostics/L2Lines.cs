using System.Globalization;

namespace Harrier.Cli.Diagnostics;

/// <summary>Plain lines for files and pipes: one a second, and one per event of a wall.</summary>
internal sealed class L2Lines(TextWriter output, TextWriter errors) : IL2View
{
    public void Show(L2Snapshot snapshot)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{snapshot.Time} {L2Text.Book(snapshot)} walls {snapshot.Walls.Count} {L2Text.Activity(snapshot)}"));
        output.Flush();
    }

    public void Record(DiagnosticRecord record)
    {
        if (record.Component == "density")
        {
            output.WriteLine(L2Text.Event(record));
        }
    }

    public void End(DiagnosticSession session)
    {
        output.WriteLine(L2Text.Summary(session));
        output.Flush();
    }

    public void Warn(string line) => errors.WriteLine(line);

    public void Dispose()
    {
    }
}
