using Harrier.Domain;

namespace Harrier.Engine.Reconciliation;

/// <summary>
/// Compares our book of an account with what the venue shows and says what is to be done. It reads both and changes neither: the same two
/// give the same differences in the same order, and a book that took the facts of all resolutions has none left.
/// </summary>
public static class Reconciler
{
    /// <summary>Compares.</summary>
    /// <param name="ours">The book, as it is after the venue was read.</param>
    /// <param name="theirs">What the venue shows.</param>
    /// <param name="policy">What may be concluded.</param>
    /// <param name="now">When, by our clock.</param>
    /// <returns>The differences in the order in which they are to be resolved: executions, orders, positions, balances.</returns>
    public static IReadOnlyList<Difference> Compare(AccountBook ours, AccountPicture theirs, ReconciliationPolicy policy, Timestamp now)
    {
        ArgumentNullException.ThrowIfNull(ours);
        ArgumentNullException.ThrowIfNull(theirs);
        ArgumentNullException.ThrowIfNull(policy);
        Comparison comparison = new(ours, theirs, policy, now);
        FillComparison.Compare(comparison);
        OrderComparison.Compare(comparison);
        if (theirs.Complete.HasFlag(PictureParts.Positions))
        {
            PositionComparison.Compare(comparison);
        }

        if (theirs.Complete.HasFlag(PictureParts.Balances) && ours.Baseline is not null)
        {
            BalanceComparison.Compare(comparison);
        }

        return comparison.Found;
    }

    /// <summary>
    /// Our orders that a list of open orders leaves out and that have to be asked after one by one, before it may be concluded that they are not
    /// open. Oldest first.
    /// </summary>
    /// <param name="ours">The book.</param>
    /// <param name="open">The venue's open orders.</param>
    /// <param name="policy">What may be concluded.</param>
    public static IReadOnlyList<OrderFact> Unlisted(AccountBook ours, AccountPicture open, ReconciliationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(ours);
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(policy);
        if (!open.Complete.HasFlag(PictureParts.OpenOrders))
        {
            return [];
        }

        HashSet<string> listed = new(open.Orders.Select(static o => o.ClientId), StringComparer.Ordinal);
        return
        [
            .. ours.Working.Where(o => !listed.Contains(o.ClientId) && (o.Standing == OrderStanding.Working || o.Changed <= open.Asked + -policy.Grace))
                .OrderBy(static o => o.Created.Nanos).ThenBy(static o => o.ClientId, StringComparer.Ordinal),
        ];
    }
}
