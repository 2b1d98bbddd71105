using Harrier.Hosting.Accounts;
using Harrier.Hosting.Configuration;
using Harrier.Storage.Journal;
using Harrier.Storage.Records;
using Harrier.Storage.Sessions;

namespace Harrier.Hosting.Records;

/// <summary>Finds the orders, fills and ended positions of a session by replaying it.</summary>
internal static class SessionRecords
{
    /// <summary>What the records of a session are.</summary>
    /// <param name="session">Its folder.</param>
    /// <param name="now">Of what the account is made now; the session may be of other bots.</param>
    /// <param name="scratch">Folder for the replayed journal; made, and deleted.</param>
    /// <param name="reader">Reads settings with the strategies of this program.</param>
    /// <exception cref="AccountStateException">The session cannot be replayed.</exception>
    public static RecordBatch Of(string session, AccountPlan now, string scratch, SettingsReader reader)
    {
        AccountPlan plan = now;
        RecoveredRecords seen = new();
        try
        {
            SessionPlan stored = SessionPlanFile.Read(session);
            plan = stored.Identity.ConfigHash == now.ConfigHash ? now.Named(stored.Identity.Run) : AccountPlan.Of(stored, reader);
            using TradingAccount account = plan.NewAccount(scratch);
            account.Restore(SnapshotFile.Read(SessionFolder.SnapshotOf(session), plan.ConfigHash));
            seen.Begin(session, account);
            SessionOutcome outcome = SessionReplay.Run(session, account);
            seen.End(account);
            return outcome.Divergence is { } divergence ? throw new AccountStateException(plan.Settings.Name, divergence) : seen.Batch;
        }
        catch (Exception fault) when (fault is InvalidDataException or JournalException or EndOfStreamException or IOException or ConfigurationException)
        {
            throw new AccountStateException(plan.Settings.Name, $"it cannot be read for the records: {fault.Message}");
        }
        finally
        {
            if (Directory.Exists(scratch))
            {
                Directory.Delete(scratch, recursive: true);
            }
        }
    }
}
