namespace Harrier.Exchanges.Trading;

/// <summary>
/// Finds which of the orders and cancels that wait at one moment may go out together: cancels of one symbol, as many as the venue takes in
/// one call. Nothing waits for company, and no cancel is overtaken by an order that was asked for after it.
/// </summary>
internal static class CancelBurst
{
    /// <summary>The calls to start, in turn; one with several items is a batch of cancels.</summary>
    /// <param name="waiting">What waits, oldest first.</param>
    /// <param name="limit">Cancels that fit in one call.</param>
    /// <param name="mayJoin">False for an order whose cancel needs a call of its own.</param>
    public static IEnumerable<IReadOnlyList<(TrackedOrder Order, bool IsCancel)>> Group(
        IReadOnlyList<(TrackedOrder Order, bool IsCancel)> waiting, int limit, Func<TrackedOrder, bool> mayJoin)
    {
        List<List<(TrackedOrder Order, bool IsCancel)>> open = [];
        foreach ((TrackedOrder Order, bool IsCancel) item in waiting)
        {
            if (item.IsCancel && limit > 1 && mayJoin(item.Order))
            {
                List<(TrackedOrder Order, bool IsCancel)>? group = open.Find(g => g.Count < limit && g[0].Order.Request.Symbol == item.Order.Request.Symbol);
                if (group is null)
                {
                    open.Add(group = []);
                }

                group.Add(item);
                continue;
            }

            foreach (List<(TrackedOrder, bool)> group in open)
            {
                yield return group;
            }

            open.Clear();
            yield return [item];
        }

        foreach (List<(TrackedOrder, bool)> group in open)
        {
            yield return group;
        }
    }
}
