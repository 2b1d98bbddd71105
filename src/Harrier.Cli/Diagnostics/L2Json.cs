using System.Text.Json;

namespace Harrier.Cli.Diagnostics;

/// <summary>One JSON object per line: each record, and at the end the summary.</summary>
internal sealed class L2Json(TextWriter output, TextWriter errors) : IL2View
{
    public void Show(L2Snapshot snapshot)
    {
    }

    public void Record(DiagnosticRecord record)
    {
        output.Write(record.ToJson());
        output.Write('\n');
        output.Flush();
    }

    public void End(DiagnosticSession session)
    {
        output.Write(JsonSerializer.Serialize(new
        {
            summary = true,
            events = session.Events,
            top_reasons = session.TopReasons.Select(one => new { reason = one.Reason, count = one.Count }),
        }));
        output.Write('\n');
        output.Flush();
    }

    public void Warn(string line) => errors.WriteLine(line);

    public void Dispose()
    {
    }
}
