using Harrier.Domain;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Configuration;

namespace Harrier.Hosting.Changes;

/// <summary>An account that is ready to go on where another stands.</summary>
/// <param name="Account">The account, warmed up.</param>
/// <param name="Past">The bars by which it was.</param>
public sealed record PreparedAccount(TradingAccount Account, IReadOnlyList<Bar> Past)
{
    /// <summary>Market data of the instruments that are new; null when none is.</summary>
    public AccountFeed? Feed { get; init; }
}

/// <summary>Prepares what an account is to become, while the account goes on.</summary>
public interface IAccountPreparer
{
    /// <summary>Opens market data of symbols that are new, fetches the past of what begins without memory, and makes the account.</summary>
    /// <param name="now">Of what the account is made.</param>
    /// <param name="wanted">Of what it is to be made.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ConfigurationException">The venue has no such symbol, or the symbols do not fit together.</exception>
    /// <exception cref="AccountStateException">A strategy does not come back on the bars of the past.</exception>
    Task<PreparedAccount> PrepareAsync(AccountPlan now, AccountSettings wanted, CancellationToken cancellation);
}
