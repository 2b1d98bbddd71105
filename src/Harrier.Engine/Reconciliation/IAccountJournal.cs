namespace Harrier.Engine.Reconciliation;

/// <summary>Where the facts of an account outlive the process.</summary>
public interface IAccountJournal
{
    /// <summary>Appends a fact; it survives the end of the process.</summary>
    /// <exception cref="IOException">It could not be written; the journal takes nothing more.</exception>
    void Append(AccountFact fact);

    /// <summary>Makes what was appended survive a loss of power, as an intent must before it is sent.</summary>
    /// <exception cref="IOException">That failed; the journal takes nothing more.</exception>
    void Sync();
}
