using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Harrier.Hosting.Configuration;
using Harrier.Storage.Journal;
using Harrier.Storage.Sessions;

namespace Harrier.Hosting.Accounts;

/// <summary>What a session proved.</summary>
/// <param name="Outcome">The replay.</param>
/// <param name="StateHash">Digest of the state at its end, in hexadecimal; null for a session without a record.</param>
public sealed record ProvenSession(SessionOutcome Outcome, string? StateHash);

/// <summary>
/// Proves a session from what lies in its folder alone: settings and instruments as they were, the state it began with, its journal. The state at its end must
/// be, byte for byte, the state with which the next session began.
/// </summary>
/// <param name="reader">Reads settings with the strategies of this program.</param>
public sealed class SessionProof(SettingsReader reader)
{
    /// <summary>Proves a session.</summary>
    /// <param name="session">Its folder.</param>
    /// <param name="scratch">Folder for the replayed journal: empty, or not there yet.</param>
    /// <exception cref="JournalException">The journal is damaged.</exception>
    /// <exception cref="InvalidDataException">The saved state is damaged, or of another version.</exception>
    /// <exception cref="ConfigurationException">The settings name what this program does not have.</exception>
    /// <exception cref="FileNotFoundException">A part of the session is missing.</exception>
    public ProvenSession Run(string session, string scratch)
    {
        if (!SessionReplay.HasJournal(session))
        {
            return new ProvenSession(new SessionOutcome(0, 0, null, false), null);
        }

        using TradingAccount replayed = Open(session, scratch);
        SessionOutcome outcome = SessionReplay.Run(session, replayed);
        byte[] end = replayed.Save();
        if (outcome.Divergence is null && replayed.Differences() is [var first, ..])
        {
            outcome = outcome with { Divergence = first };
        }

        if (outcome.Divergence is null && SessionFolder.Next(session) is { } next)
        {
            outcome = outcome with { Divergence = DifferenceOf(next, replayed, scratch) };
        }

        return new ProvenSession(outcome, Convert.ToHexStringLower(SHA256.HashData(end)));
    }

    // The next session begins with the state in which this one ends, or with what an order to make the account anew leads from it to.
    private string? DifferenceOf(string next, TradingAccount replayed, string scratch)
    {
        AccountPlan plan = PlanOf(next);
        byte[] begun = SnapshotFile.Read(SessionFolder.SnapshotOf(next), plan.ConfigHash);
        if (plan.ConfigHash == replayed.Plan.ConfigHash)
        {
            return begun.AsSpan().SequenceEqual(replayed.Save()) ? null : $"{SessionFolder.SnapshotOf(next)}: the next session did not begin with the state in which this one ends";
        }

        if (replayed.Ordered != SettingsText.Of(plan.Settings).ToJsonString())
        {
            return $"{SessionPlanFile.Of(next)}: the next session is of an account that nobody ordered";
        }

        string made = scratch + ".next";
        try
        {
            using TradingAccount successor = AccountSuccession.Warm(plan, made, SessionStart.PastOf(next));
            AccountSuccession.Complete(successor, replayed);
            return begun.AsSpan().SequenceEqual(successor.Save()) ? null : $"{SessionFolder.SnapshotOf(next)}: the next session did not begin with what its order leads to";
        }
        finally
        {
            Directory.Delete(made, recursive: true);
        }
    }

    /// <summary>An account with the state with which a session began.</summary>
    /// <param name="session">Its folder, with a journal.</param>
    /// <param name="scratch">Folder for the journal of what the account does from then on: empty, or not there yet.</param>
    /// <exception cref="JournalException">The journal is damaged.</exception>
    /// <exception cref="InvalidDataException">The saved state is damaged, or of another version.</exception>
    /// <exception cref="ConfigurationException">The settings name what this program does not have.</exception>
    /// <exception cref="FileNotFoundException">A part of the session is missing.</exception>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The caller gets the account; where there is none to get, it is disposed of.")]
    public TradingAccount Open(string session, string scratch)
    {
        AccountPlan plan = PlanOf(session);
        TradingAccount opened = plan.NewAccount(scratch);
        try
        {
            opened.Restore(SnapshotFile.Read(SessionFolder.SnapshotOf(session), plan.ConfigHash));
            opened.Ordered = SessionPlanFile.Read(session).Ordered;
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>What the account of a session was made of.</summary>
    /// <param name="session">Its folder, with a journal.</param>
    /// <exception cref="JournalException">The journal is damaged.</exception>
    /// <exception cref="ConfigurationException">The settings name what this program does not have.</exception>
    /// <exception cref="FileNotFoundException">A part of the session is missing.</exception>
    public AccountPlan PlanOf(string session)
    {
        return AccountPlan.Of(SessionPlanFile.Read(session), reader);
    }
}
