using Harrier.Engine.Strategies;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Accounts.Venues;

namespace Harrier.Hosting.Configuration;

/// <summary>What becomes of the orders of an account, by the word that a configuration has for it.</summary>
public sealed class AccountKind
{
    private readonly Func<AccountPlan, string, TradingAccount> _make;

    private AccountKind(string name, Func<AccountPlan, string, TradingAccount> make) => (Name, _make) = (name, make);

    /// <summary>The simulator fills orders against the venue's prices; the venue knows nothing of it.</summary>
    public static AccountKind Paper { get; } = new("paper", OnPaper);

    /// <summary>As live with the venue's account before the eyes, but the simulator fills the orders and none is sent.</summary>
    public static AccountKind DryRun { get; } = new("dry-run", OnPaper) { SeesVenue = true };

    /// <summary>Orders go to a place where no real money is: the built-in exchange, or a venue's test environment.</summary>
    public static AccountKind Demo { get; } = new("demo", static (plan, journal) => new VenueAccount(plan, journal)) { SeesVenue = true, SendsOrders = true, RefusesRealMoney = true };

    /// <summary>Orders go to the venue.</summary>
    public static AccountKind Live { get; } = new("live", static (plan, journal) => new VenueAccount(plan, journal)) { SeesVenue = true, SendsOrders = true, IsGuarded = true };

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<AccountKind> All { get; } = [Paper, DryRun, Demo, Live];

    /// <summary>The word.</summary>
    public string Name { get; }

    /// <summary>True where an account at the venue is read, which takes a key.</summary>
    public bool SeesVenue { get; private init; }

    /// <summary>True where orders are sent.</summary>
    public bool SendsOrders { get; private init; }

    /// <summary>True where the venue itself is no place to trade at, only its test environment.</summary>
    public bool RefusesRealMoney { get; private init; }

    /// <summary>True where what a configuration leaves out is chosen carefully, and a key that may do too much is refused.</summary>
    public bool IsGuarded { get; private init; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static TradingAccount OnPaper(AccountPlan plan, string journal) =>
        plan.Settings.Resolution == MarketResolution.Bars ? new PaperAccount(plan, journal) : new BookPaperAccount(plan, journal);

    /// <summary>An account before its first input.</summary>
    internal TradingAccount Make(AccountPlan plan, string journal) => _make(plan, journal);
}
