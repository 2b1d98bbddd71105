using Harrier.Exchanges.Requests;

namespace Harrier.Exchanges.Bybit;

/// <summary>
/// The venue's limits: one for all calls of an address, and one per kind of call and account, each over a rolling second. From its documents
/// of July 2026; the headers of each answer tell how much of an account's limit is left.
/// </summary>
public static class BybitLimits
{
    internal const string Address = "address";
    internal const string Create = "create";
    internal const string Amend = "amend";
    internal const string Cancel = "cancel";
    internal const string CancelAll = "cancel-all";
    internal const string Realtime = "realtime";
    internal const string History = "history";
    internal const string Executions = "executions";
    internal const string Positions = "positions";
    internal const string Wallet = "wallet";
    internal const string Settings = "settings";
    internal const string Fees = "fees";
    internal const string Keys = "keys";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>How long the venue shuts an address out that went over its limit, at least.</summary>
    internal static readonly TimeSpan Ban = TimeSpan.FromMinutes(10);

    /// <summary>The limits of a market.</summary>
    public static IReadOnlyList<BudgetRule> Of(BybitMarket market)
    {
        int orders = market == BybitMarket.Spot ? 20 : 10;
        return
        [
            new BudgetRule(Address, 600, TimeSpan.FromSeconds(5), PerAccount: false),
            Account(Create, orders), Account(Amend, 10), Account(Cancel, orders), Account(CancelAll, orders),
            Account(Realtime, 50), Account(History, 50), Account(Executions, 50), Account(Positions, 50), Account(Wallet, 50),
            Account(Settings, 10), Account(Fees, 5), Account(Keys, 10),
        ];
    }

    internal static RequestCost[] CostsOf(BybitCall call) =>
        call.Rule is { } rule ? [new RequestCost(Address, 1), new RequestCost(rule, call.Orders)] : [new RequestCost(Address, 1)];

    private static BudgetRule Account(string name, int limit) => new(name, limit, Second, PerAccount: true);
}
