namespace Harrier.Engine.Reconciliation;

/// <summary>Where the facts of an account outlive the process.</summary>
public interface IAccountJournal
{
    /// <summary>Appends a fact.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="toDisk">True when it must survive a loss of power before the call returns, as an intent must before it is sent.</param>
    /// <exception cref="IOException">It could not be written; the journal takes nothing more.</exception>
    void Append(AccountFact fact, bool toDisk);
}
