namespace Harrier.Cli.Diagnostics;

/// <summary>Takes the records of a session, hands them on, and counts the reasons.</summary>
/// <param name="onRecord">Called with each record.</param>
internal sealed class DiagnosticSession(Action<DiagnosticRecord> onRecord)
{
    private const int Top = 10;

    private readonly Dictionary<string, long> _reasons = new(StringComparer.Ordinal);

    /// <summary>Records so far.</summary>
    public long Events { get; private set; }

    /// <summary>The most frequent reasons, most frequent first; those of one count by name.</summary>
    public IReadOnlyList<(string Reason, long Count)> TopReasons =>
        [.. _reasons.OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal).Take(Top).Select(one => (one.Key, one.Value))];

    /// <summary>Takes a record.</summary>
    public void Add(DiagnosticRecord record)
    {
        Events++;
        if (record.Reason is { } reason)
        {
            _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
        }

        onRecord(record);
    }
}
