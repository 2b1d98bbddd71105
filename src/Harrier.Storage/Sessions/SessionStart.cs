using Harrier.Domain;
using Harrier.Storage.Journal;

namespace Harrier.Storage.Sessions;

/// <summary>With what a session begins.</summary>
/// <param name="Plan">What its account is made of.</param>
/// <param name="State">The account's state.</param>
public sealed record SessionStart(SessionPlan Plan, ReadOnlyMemory<byte> State)
{
    private const string PastName = "past";

    /// <summary>Bars of the past by which what is new in the account was warmed up, for whoever proves the state.</summary>
    /// <value>None.</value>
    public IReadOnlyList<Bar> Past { get; init; } = [];

    /// <summary>Reads the bars of the past that a session keeps.</summary>
    /// <param name="session">Its folder.</param>
    /// <exception cref="JournalException">They are damaged.</exception>
    public static IReadOnlyList<Bar> PastOf(string session)
    {
        string folder = Path.Combine(session, PastName);
        return Directory.Exists(folder)
            ? [.. new JournalReader(folder).Records().Where(static record => record.Type == JournalRecordType.Bar).Select(static record => new StateReader(record.Payload.Span).ReadRaw<Bar>())]
            : [];
    }

    internal void WritePast(string session)
    {
        if (Past.Count == 0)
        {
            return;
        }

        using FileJournal journal = new(Path.Combine(session, PastName), Plan.Identity);
        foreach (Bar bar in Past)
        {
            journal.Append(in bar);
        }

        journal.Flush(toDisk: true);
    }
}
