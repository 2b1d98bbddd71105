using Harrier.Engine.Execution;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Configuration;
using Harrier.Storage.Journal;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;
using Harrier.Storage.Sessions;

namespace Harrier.Hosting.Records;

/// <summary>Finds the fills and the ended positions of a session by replaying it.</summary>
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
        List<FillRow> fills = [];
        AccountPlan plan = now;
        void Note(Order? order, in ExecutionReport report) => fills.Add(RecordRows.Of(plan, order, in report));
        try
        {
            SessionPlan stored = SessionPlanFile.Read(session);
            plan = stored.Identity.ConfigHash == now.ConfigHash ? now.Named(stored.Identity.Run) : AccountPlan.Of(stored, reader);
            using TradingAccount account = plan.NewAccount(scratch);
            account.Filled = Note;
            account.Restore(SnapshotFile.Read(SessionFolder.SnapshotOf(session), plan.ConfigHash));
            SessionOutcome outcome = SessionReplay.Run(session, account, scratch);
            return outcome.Divergence is { } divergence
                ? throw new AccountStateException(plan.Settings.Name, divergence)
                : new RecordBatch { Fills = fills, Trades = [.. account.Engine.Portfolio.RoundTrips.Select(trip => RecordRows.Of(plan, trip))] };
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
