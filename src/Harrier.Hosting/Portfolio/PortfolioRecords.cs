using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;

namespace Harrier.Hosting.Portfolio;

/// <summary>
/// Writes decisions to the database. They are in the journal already: a database that is away holds nothing up, and what it missed is written when it is back, or at the next start.
/// </summary>
/// <param name="records">The database.</param>
/// <param name="account">The account, which the caller has claimed.</param>
/// <param name="warn">Told that the database fails, once until it works again.</param>
public sealed class PortfolioRecords(RecordStore records, string account, Action<string> warn)
{
    private readonly SortedDictionary<long, DecisionRow> _waiting = [];
    private bool _hasFailed;

    /// <summary>Decisions that are not in the database yet.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Writes a decision as it stands.</summary>
    public void Write(PortfolioDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        _waiting[decision.Number] = decision.ToRow();
        try
        {
            records.Write(account, new RecordBatch { Decisions = [.. _waiting.Values] });
            _waiting.Clear();
            _hasFailed = false;
        }
        catch (RecordStoreException fault) when (!_hasFailed)
        {
            _hasFailed = true;
            warn($"warning: {account}: decisions are in the journal, and not in the database yet: {fault.Message}");
        }
        catch (RecordStoreException)
        {
            // Told before.
        }
    }

    /// <summary>Brings the database to what the journal says, where it missed something.</summary>
    /// <param name="home">The account.</param>
    /// <exception cref="RecordStoreException">The database failed.</exception>
    public void CatchUp(PortfolioHome home)
    {
        ArgumentNullException.ThrowIfNull(home);
        IReadOnlyList<DecisionRow> newest = records.Decisions(new RecordFilter { Account = account, Newest = 1, WithArchived = true });
        IReadOnlyList<DecisionRow> pending = records.Decisions(new RecordFilter { Account = account, WithArchived = true }, PortfolioDecision.WordOf(DecisionStatus.Pending));
        long last = newest.Count > 0 ? newest.Max(static row => row.Number) : 0;
        bool isBehind = last < home.Account.LastNumber || pending.Any(row => home.Account.Pending.All(open => open.Number != row.Number));
        if (isBehind)
        {
            records.Write(account, new RecordBatch { Decisions = [.. home.AllDecisions().Select(static decision => decision.ToRow())] });
        }
    }
}
