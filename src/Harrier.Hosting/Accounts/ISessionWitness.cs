namespace Harrier.Hosting.Accounts;

/// <summary>Sees what an account does while its newest session is replayed at a start.</summary>
public interface ISessionWitness
{
    /// <summary>Told before the first input.</summary>
    /// <param name="session">Folder of the session.</param>
    /// <param name="account">The account with the state with which the session began.</param>
    void Begin(string session, TradingAccount account);

    /// <summary>Told after the last input, when what came out was compared with what was recorded.</summary>
    void End(TradingAccount account);
}
