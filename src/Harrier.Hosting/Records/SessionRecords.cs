using Harrier.Engine.Execution;
using Harrier.Hosting.Accounts;
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
    /// <param name="plan">The account.</param>
    /// <param name="scratch">Folder for the replayed journal; made, and deleted.</param>
    /// <exception cref="AccountStateException">The session cannot be replayed.</exception>
    public static RecordBatch Of(string session, AccountPlan plan, string scratch)
    {
        List<FillRow> fills = [];
        void Note(Order? order, in ExecutionReport report) => fills.Add(RecordRows.Of(plan, order, in report));
        try
        {
            AccountPlan recorded = SessionReplay.HasJournal(session) ? plan.Named(new JournalReader(session).Identity.Run) : plan;
            using TradingAccount account = recorded.NewAccount(scratch);
            account.Filled = Note;
            account.Restore(SnapshotFile.Read(SessionFolder.SnapshotOf(session), plan.ConfigHash));
            SessionOutcome outcome = SessionReplay.Run(session, account, scratch);
            return outcome.Divergence is { } divergence
                ? throw new AccountStateException(plan.Settings.Name, divergence)
                : new RecordBatch { Fills = fills, Trades = [.. account.Engine.Portfolio.RoundTrips.Select(trip => RecordRows.Of(plan, trip))] };
        }
        catch (Exception fault) when (fault is InvalidDataException or JournalException or EndOfStreamException or IOException)
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
