using Harrier.Domain;

namespace Harrier.Engine.Reconciliation;

/// <summary>Compares balances, last: executions, fees, profit and known transfers explain them.</summary>
internal static class BalanceComparison
{
    public static void Compare(Comparison comparison)
    {
        SortedDictionary<string, BalanceFact> shown = new(StringComparer.Ordinal);
        foreach (BalanceFact balance in comparison.Theirs.Balances)
        {
            shown[balance.Asset.Code] = balance;
        }

        foreach (BalanceFact balance in comparison.Draft.Holdings.Balances)
        {
            shown.TryAdd(balance.Asset.Code, new BalanceFact(balance.Asset, 0));
        }

        Dictionary<string, Timestamp> changed = comparison.Ours.Holdings.Balances.ToDictionary(static b => b.Asset.Code, static b => b.Changed, StringComparer.Ordinal);
        bool isInDoubt = comparison.Draft.Orders.Any(static o => o.Standing < OrderStanding.Working);
        bool hasContracts = comparison.Draft.Holdings.Positions.Any(static h => h.Kind != InstrumentKind.Spot);
        foreach (BalanceFact theirs in shown.Values)
        {
            decimal tolerance = Math.Max(comparison.Policy.BalanceTolerance, hasContracts ? Math.Abs(theirs.Total) * comparison.Policy.SettlementTolerance : 0);
            decimal ours = comparison.Draft.Holdings.Balance(theirs.Asset);
            bool isRecent = changed.TryGetValue(theirs.Asset.Code, out Timestamp at) && comparison.IsRecent(at);
            if (Math.Abs(ours - theirs.Total) > tolerance && !isRecent)
            {
                Add(comparison, ours, theirs, isInDoubt);
            }
        }
    }

    private static void Add(Comparison comparison, decimal ours, BalanceFact theirs, bool isInDoubt)
    {
        (string mine, string shown) = (Comparison.Text(ours), Comparison.Text(theirs.Total));
        Difference difference = new(DifferenceKind.BalanceDrift, theirs.Asset.Code, $"balance {theirs.Asset} {shown}", mine, shown, new Resolution(ResolutionKind.LookAgain));
        if (isInDoubt || !comparison.IsConfirmed(difference.Subject))
        {
            comparison.Add(difference);
            return;
        }

        VenueTradeId id = Comparison.IdOf($"balance {theirs.Asset} {mine} {shown} {comparison.Theirs.AskedAtVenue.Nanos}");
        BalanceStated fact = new(comparison.Now, id, theirs with { Changed = comparison.Now }, comparison.Theirs.AskedAtVenue, ours);
        comparison.Add(difference with
        {
            Resolution = comparison.Policy.TrustVenue ? new Resolution(ResolutionKind.AdjustBook, fact) : new Resolution(ResolutionKind.Escalate),
        });
    }
}
