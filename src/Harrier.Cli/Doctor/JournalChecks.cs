using System.Globalization;
using Harrier.Hosting.Accounts;
using Harrier.Storage.Journal;

namespace Harrier.Cli.Doctor;

/// <summary>Reads the newest journal of each account, checking every record. Nothing is replayed: verify does that.</summary>
internal static class JournalChecks
{
    /// <summary>All findings of a home.</summary>
    /// <param name="home">Reads the home.</param>
    public static IEnumerable<Finding> Of(HomeReader home)
    {
        foreach (string account in home.Accounts)
        {
            IReadOnlyList<string> sessions = home.Sessions(account);
            yield return sessions.Count == 0 ? new Finding($"journal {account}", Health.Ok, "no session yet") : Newest(account, sessions);
        }
    }

    private static Finding Newest(string account, IReadOnlyList<string> sessions)
    {
        try
        {
            long records = new JournalReader(sessions[^1]).PassingRecords().LongCount();
            return new Finding($"journal {account}", Health.Ok, string.Create(CultureInfo.InvariantCulture, $"{sessions.Count} sessions, {records} records in the newest"));
        }
        catch (Exception fault) when (fault is JournalException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return new Finding($"journal {account}", Health.Fault, fault.Message, $"restore the home from a backup; harrier verify --journal {sessions[^1]} says more");
        }
    }
}
