using Harrier.Domain;
using Harrier.Hosting.Accounts;

namespace Harrier.Hosting.Portfolio;

/// <summary>A portfolio bot decided on a conversion, or one ended.</summary>
/// <param name="Time">When.</param>
/// <param name="Account">Which account.</param>
/// <param name="Decision">The decision as it stands now.</param>
public sealed record DecisionChanged(Timestamp Time, string Account, PortfolioDecision Decision) : AccountEvent(Time, Account);
